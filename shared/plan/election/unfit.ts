import type { InstanceId } from '../../model/ids.ts';
import type { Unfit } from '../../model/role-state.ts';

/** How long an instance is left out the first time; twice as long each time that it is refused again, up to a day. */
const shortestMs = 600_000;
const longestMs = 86_400_000;
/** A group whose every new instance is refused must not fill the item of its role. */
const keptMax = 50;

/** Whether it is still left out of elections. */
export function isLeftOut({ untilMs }: Unfit, nowMs: number): boolean {
  return untilMs > nowMs;
}

/**
 * What is known of unfit instances once these were refused, for the reasons given. Whoever is left out already stays so
 * until then; whoever was let in again and refused again is left out for twice as long, so that a role with failback does
 * not leave a good holder every ten minutes for an instance that cannot take it.
 */
export function refusedAgain(
  known: readonly Unfit[],
  refused: ReadonlyMap<InstanceId, string>,
  nowMs: number,
): readonly Unfit[] {
  const unfit = new Map(known.map((each) => [each.instanceId, each]));
  for (const [instanceId, words] of refused) {
    const last = unfit.get(instanceId);
    if (last !== undefined && isLeftOut(last, nowMs)) continue;
    const durationMs = Math.min(2 * (last?.durationMs ?? shortestMs / 2), longestMs);
    unfit.set(instanceId, { instanceId, words, untilMs: nowMs + durationMs, durationMs });
  }
  return [...unfit.values()];
}

/** What is known once events told of the end of these instances: reads show it by the time that this is forgotten. */
export function toldOfEnd(
  known: readonly Unfit[],
  ended: ReadonlyMap<InstanceId, string>,
  nowMs: number,
): readonly Unfit[] {
  const untilMs = nowMs + shortestMs;
  const told = [...ended].map(([instanceId, words]) => ({ instanceId, words, untilMs }));
  return [...known.filter(({ instanceId }) => !ended.has(instanceId)), ...told];
}

/** What is worth keeping: the latest, until it is over; and a day more of whoever was refused, in case it is once more. */
export function worthKeeping(known: readonly Unfit[], nowMs: number): readonly Unfit[] {
  return known
    .filter(({ untilMs, durationMs }) => untilMs + (durationMs === undefined ? 0 : longestMs) > nowMs)
    .toSorted((a, b) => b.untilMs - a.untilMs)
    .slice(0, keptMax);
}
