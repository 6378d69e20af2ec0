import { durationMs } from '../../model/election-spec.ts';
import type { InstanceId } from '../../model/ids.ts';
import type { Observed } from '../../model/observed.ts';
import type { SlotState } from '../../model/role-state.ts';
import { preferenceOf, rankingOf } from './ranking.ts';
import type { Able } from './standing.ts';
import { classOf } from './standing.ts';

/** How long a failover that an operator asked for waits for a successor. */
export const failoverWaitMs = 15 * 60_000;

/** Who stands for which slots. */
interface Ballot {
  readonly observed: Observed;
  /** In ascending order. */
  readonly slots: readonly SlotState[];
  /** Best first. */
  readonly able: readonly Able[];
  /** The slot that an instance holds already. */
  readonly held: ReadonlyMap<InstanceId, SlotState>;
  readonly canTake: (candidate: Able, slot: SlotState) => boolean;
  readonly nowMs: number;
}

/** Who got which slot, and what each of them is told about it. */
export interface Seating {
  readonly seats: Map<number, Able>;
  readonly notes: Map<InstanceId, string[]>;
}

/**
 * Gives each slot its holder. Whoever holds a slot and can go on keeps it at first; then come the operator's words, the
 * slots that are free, and last the holders for whom there is somebody better. Nobody is moved from one slot to another:
 * who loses a slot stands again at the next election.
 */
export function seat(ballot: Ballot): Seating {
  const seating: Seating = { seats: new Map(), notes: new Map() };
  for (const slot of ballot.slots) {
    const holder = ballot.able.find(({ instance }) => ballot.held.get(instance.instanceId) === slot);
    if (holder !== undefined && ballot.canTake(holder, slot)) seating.seats.set(slot.slot, holder);
  }
  const keepers = new Set(seating.seats.values());
  const free = () => {
    const seated = new Set(seating.seats.values());
    return ballot.able.filter((candidate) => !keepers.has(candidate) && !seated.has(candidate));
  };

  seatPinned(ballot, seating, free());
  handOver(ballot, seating, free());
  for (const slot of ballot.slots.filter((each) => !seating.seats.has(each.slot))) {
    const best = free().find((candidate) => ballot.canTake(candidate, slot));
    if (best !== undefined) seating.seats.set(slot.slot, best);
  }
  replaceWorst(ballot, seating, free);
  return seating;
}

/** The pinned instance has slot 0 at once, unless it has a slot already. */
function seatPinned({ observed, slots, canTake }: Ballot, { seats }: Seating, free: readonly Able[]): void {
  const pinned = free.find(({ instance }) => instance.instanceId === observed.state.words.pin?.instanceId);
  const [first] = slots;
  if (pinned !== undefined && first !== undefined && canTake(pinned, first)) seats.set(first.slot, pinned);
}

/**
 * The failover that an operator asked for, while it is in force: to whom they named and nobody else, or to the best, if
 * that one is no worse than the holder. A worse one would soon have to give the role back.
 */
function handOver(ballot: Ballot, { seats, notes }: Seating, free: readonly Able[]): void {
  const { failover, pin } = ballot.observed.state.words;
  if (failover === undefined || ballot.nowMs >= failover.atMs + failoverWaitMs) return;
  const slot = ballot.slots.find(
    (each) => each.slot === failover.slot && each.generation === failover.generation,
  );
  if (slot === undefined) return;
  const holder = seats.get(slot.slot);
  if (holder !== undefined && holder.instance.instanceId === pin?.instanceId) return;
  const successors = free.filter((candidate) => ballot.canTake(candidate, slot));
  const measure = holder ?? successors[0];
  if (measure === undefined) return;
  const eligible = successors.filter((each) => classOf(each) <= classOf(measure));
  const successor =
    failover.to === undefined
      ? eligible[0]
      : eligible.find(({ instance }) => instance.instanceId === failover.to);
  if (successor !== undefined) seats.set(slot.slot, successor);
  else if (holder !== undefined) {
    note(notes, holder, `asked to hand over by ${failover.by}, waiting for a successor`);
  }
}

/**
 * Replaces holders for whom there is somebody better, the worst of them first: at once where the holder is leaving, after
 * the cooldown otherwise.
 */
function replaceWorst(ballot: Ballot, { seats, notes }: Seating, free: () => readonly Able[]): void {
  const { observed, slots, held, canTake, nowMs } = ballot;
  const { election } = observed.role.spec;
  const ranking = rankingOf(election);
  const isBetter = betterThan(observed);
  const holders = slots
    .flatMap((slot) => {
      const holder = seats.get(slot.slot);
      return holder !== undefined && held.get(holder.instance.instanceId) === slot ? [{ slot, holder }] : [];
    })
    .filter(({ holder }) => holder.instance.instanceId !== observed.state.words.pin?.instanceId)
    .toSorted((a, b) => ranking(b.holder, a.holder));
  for (const { slot, holder } of holders) {
    const better = free().find((candidate) => isBetter(candidate, holder) && canTake(candidate, slot));
    if (better === undefined) continue;
    const cooldownEndsAtMs = slot.claimedAtMs + durationMs(election.cooldown);
    if (holder.leaving === undefined && nowMs < cooldownEndsAtMs) {
      const words = `cooldown until ${new Date(cooldownEndsAtMs).toISOString()}`;
      note(notes, holder, words);
      note(notes, better, words);
    } else {
      seats.set(slot.slot, better);
    }
  }
}

/** Whether a move is worth it: to a better class, or, where the spec fails back, to a good one that it prefers. */
function betterThan({ role }: Observed): (candidate: Able, holder: Able) => boolean {
  const { election } = role.spec;
  const preference = preferenceOf(election);
  const failsBack = election.failback && election.prefer !== 'incumbent';
  return (candidate, holder) => {
    const difference = classOf(candidate) - classOf(holder);
    if (difference !== 0) return difference < 0;
    return failsBack && classOf(candidate) === 0 && preference(candidate, holder) < 0;
  };
}

function note(notes: Seating['notes'], { instance }: Able, words: string): void {
  notes.set(instance.instanceId, [...(notes.get(instance.instanceId) ?? []), words]);
}
