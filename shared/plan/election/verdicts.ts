import type { Observed } from '../../model/observed.ts';
import type { Verdict } from '../../model/role-plan.ts';
import type { SlotState } from '../../model/role-state.ts';
import type { Seating } from './seating.ts';
import type { Able, ObstacleTo, Standing } from './standing.ts';
import { isAble, refused } from './standing.ts';

interface Result {
  readonly observed: Observed;
  readonly slots: readonly SlotState[];
  readonly seating: Seating;
  readonly obstacleTo: ObstacleTo;
}

/** What election says of one candidate, with everything that it still waits for. */
export function verdictOn(standing: Standing, result: Result): Verdict {
  const { instanceId } = standing.instance;
  const verdict = isAble(standing) ? { instanceId, ...verdictOnAble(standing, result) } : standing.verdict;
  const { pin } = result.observed.state.words;
  const pinned = pin?.instanceId === instanceId ? [`pinned by ${pin.by}`] : [];
  const words = [verdict.words, ...(result.seating.notes.get(instanceId) ?? []), ...pinned];
  return { ...verdict, words: words.join('; ') };
}

function verdictOnAble(
  candidate: Able,
  { observed, slots, seating, obstacleTo }: Result,
): Pick<Verdict, 'kind' | 'words'> {
  const { instance, leaving, announced } = candidate;
  const unhealthy = candidate.unhealthy && `unhealthy because ${candidate.unhealthy}`;
  const seat = slots.find(({ slot }) => seating.seats.get(slot) === candidate);
  if (seat !== undefined) {
    const place = observed.role.spec.slots > 1 ? `slot ${seat.slot} of the role` : 'the role';
    return { kind: 'holder', words: joined(`holds ${place}`, unhealthy, leaving, announced) };
  }
  const [first] = slots;
  const obstacle = first && obstacleTo(instance, first);
  if (obstacle !== undefined && slots.every((slot) => obstacleTo(instance, slot) !== undefined)) {
    return refused(obstacle);
  }
  if (unhealthy !== undefined) return { kind: 'unhealthy', words: joined(unhealthy, leaving, announced) };
  if (leaving !== undefined) return { kind: 'leaving', words: joined(leaving, announced) };
  return { kind: 'ready', words: joined('ready to step in', announced) };
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('; ');
}

const kinds: readonly Verdict['kind'][] = [
  'holder',
  'ready',
  'leaving',
  'unhealthy',
  'waiting',
  'stopped',
  'refused',
  'gone',
];

/** Holders, then whoever would step in next; the order within a kind stays. */
export function inOrder(verdicts: readonly Verdict[]): readonly Verdict[] {
  return verdicts.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}
