import type { InstanceId } from '../../model/ids.ts';
import type { Observed, ObservedInstance } from '../../model/observed.ts';
import type { Verdict } from '../../model/role-plan.ts';
import type { SlotState } from '../../model/role-state.ts';
import { rankingOf } from './ranking.ts';
import { seat } from './seating.ts';
import type { ObstacleTo } from './standing.ts';
import { isAble, standingOf } from './standing.ts';
import { inOrder, verdictOn } from './verdicts.ts';

export interface Election {
  /** Who should hold each of the slots; undefined leaves it vacant. */
  readonly holders: ReadonlyMap<number, InstanceId | undefined>;
  /** One per candidate: those who could hold the role first, best first. */
  readonly verdicts: readonly Verdict[];
}

/**
 * Who should hold each slot of the role: total, and the same whatever the order of the inputs. A candidate asks by its
 * tag, must be allowed and running, and have nothing in its way; `seat` tells who of several gets a slot.
 *
 * | class, best first     | holder keeps its slot             | candidate for a free slot |
 * |-----------------------|-----------------------------------|---------------------------|
 * | good                  | yes, except failback after cooldown | yes                     |
 * | leaving               | until somebody better is there    | if nobody is better       |
 * | unhealthy             | the same, after the cooldown      | if nobody is better       |
 * | unhealthy and leaving | until somebody better is there    | if nobody is better       |
 * | not ready yet         | it was ready once: it is good     | no                        |
 * | cannot, may not, gone | no                                | no                        |
 *
 * @param slots The slots that the spec wants.
 * @param incumbentOf Of a slot without holder that was never claimed: who carries its address already. No needless move.
 */
export function elect(
  observed: Observed,
  slots: readonly SlotState[],
  obstacleTo: ObstacleTo,
  nowMs: number,
  incumbentOf: (slot: SlotState) => InstanceId | undefined = () => undefined,
): Election {
  const ordered = slots.toSorted((a, b) => a.slot - b.slot);
  const held = heldSlots(ordered, incumbentOf);
  const instances = new Map(observed.instances.map((instance) => [instance.instanceId, instance]));
  const standings = [...instances.values()].map((instance) =>
    standingOf(observed, instance, held.get(instance.instanceId), nowMs),
  );
  const able = standings.filter(isAble).toSorted(rankingOf(observed.role.spec.election));
  const seating = seat({
    observed,
    slots: ordered,
    able,
    held,
    canTake: ({ instance }, slot) => obstacleTo(instance, slot) === undefined,
    nowMs,
  });
  const unable = standings.filter((each) => !isAble(each)).toSorted(byId);
  const verdicts = [...able, ...unable].map((each) =>
    verdictOn(each, { observed, slots: ordered, seating, obstacleTo }),
  );
  return {
    holders: new Map(ordered.map(({ slot }) => [slot, seating.seats.get(slot)?.instance.instanceId])),
    verdicts: inOrder(verdicts),
  };
}

/** One slot for each holder, the first if there should be several; to hold a slot comes before having what is another's. */
function heldSlots(
  slots: readonly SlotState[],
  incumbentOf: (slot: SlotState) => InstanceId | undefined,
): ReadonlyMap<InstanceId, SlotState> {
  const held = new Map<InstanceId, SlotState>();
  const claimed = slots.map((slot) => [slot, slot.holder] as const);
  const vacant = slots.filter(({ holder }) => holder === undefined);
  const found = vacant.map((slot) => [slot, incumbentOf(slot)] as const);
  for (const [slot, holder] of [...claimed, ...found]) {
    if (holder !== undefined && !held.has(holder)) held.set(holder, slot);
  }
  return held;
}

function byId(
  { instance: a }: { readonly instance: ObservedInstance },
  { instance: b }: { readonly instance: ObservedInstance },
): number {
  return a.instanceId < b.instanceId ? -1 : 1;
}
