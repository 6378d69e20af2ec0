import { describeChange } from '../shared/model/change.ts';
import type { InstanceId } from '../shared/model/ids.ts';
import type { Observed } from '../shared/model/observed.ts';
import type { Refusal, SlotPlan, Verdict } from '../shared/model/role-plan.ts';
import type { SlotState } from '../shared/model/role-state.ts';
import type { AddressStanding } from './address-standing.ts';
import { addressStandings } from './address-standing.ts';
import type { RecordStanding } from './record-standing.ts';
import { recordStandings, withZoneNames } from './record-standing.ts';

/** What each state of a role or slot means, the worst first; for the help too. */
export const conditionMeanings = {
  unreadable: 'AWS did not let it be read',
  moving: 'a claim is being applied',
  refused: 'a safety check said no to all of it',
  vacant: 'nobody can hold it',
  waiting: 'vacant, and a candidate is on its way',
  'partly refused': 'a safety check said no to some of it, the rest is done',
  frozen: 'something is to be done, and an operator froze it',
  drift: 'the next reconcile changes something',
  pending: 'never reconciled so far; the next resync begins',
  ok: 'as it should be',
} as const;
export type Condition = keyof typeof conditionMeanings;

export interface Finding {
  readonly condition: Condition;
  /** Why it is not ok, in one line; empty when it is. */
  readonly reason: string;
}

/** One slot as it stands, and what the next reconcile would make of it. */
export interface SlotOutlook extends Finding {
  readonly slot: number;
  /** As the last claim says. */
  readonly holder: InstanceId | undefined;
  readonly generation: number;
  readonly sinceMs: number | undefined;
  readonly next: { readonly holder: InstanceId | undefined; readonly generation: number };
  readonly changes: readonly string[];
  readonly refusals: readonly Refusal[];
  readonly addresses: readonly AddressStanding[];
  readonly records: readonly RecordStanding[];
}

/** What is to be said of all slots of a role. */
export interface Planned {
  readonly observed: Observed;
  readonly verdicts: readonly Verdict[];
  /** Somebody froze the role, and there is something to do. */
  readonly isFrozen: boolean;
}

/** The outlook of a slot that was planned. */
export function plannedSlotOutlook(planned: Planned, plan: SlotPlan): SlotOutlook {
  const { role } = planned.observed;
  const { before, holder } = plan;
  const { condition, reason } = findingOf(planned, plan);
  return {
    ...standingOf(planned.observed, before, plan.changes),
    condition,
    reason: withZoneNames(role, reason),
    next: { holder, generation: before.generation + (holder === before.holder ? 0 : 1) },
    changes: plan.changes.map(describeChange),
    refusals: plan.refusals.map((refusal) => ({ ...refusal, words: withZoneNames(role, refusal.words) })),
  };
}

/** The outlook of a slot of which only the state is known, because the role as a whole is in some condition. */
export function unplannedSlotOutlook(observed: Observed, slot: SlotState, finding: Finding): SlotOutlook {
  const { holder, generation } = slot;
  return {
    ...standingOf(observed, slot, []),
    ...finding,
    next: { holder, generation },
    changes: [],
    refusals: [],
  };
}

function standingOf(observed: Observed, slot: SlotState, changes: SlotPlan['changes']) {
  const { holder, generation, claimedAtMs } = slot;
  return {
    slot: slot.slot,
    holder,
    generation,
    sinceMs: claimedAtMs === 0 ? undefined : claimedAtMs,
    addresses: addressStandings(observed, slot),
    records: recordStandings(observed, slot, changes),
  };
}

function findingOf(planned: Planned, plan: SlotPlan): Finding {
  const { before, holder, refusals, changes, standing } = plan;
  const hasWork = holder !== before.holder || changes.length > 0 || before.intent.length > 0;
  if (planned.isFrozen && hasWork) return { condition: 'frozen', reason: workReason(planned, plan) };
  const [refusal] = refusals;
  if (refusal !== undefined) {
    const { associations, placements, records } = standing;
    const done = changes.length + associations.length + placements.length + records.length;
    const isPart = holder !== undefined && done > 0;
    return { condition: isPart ? 'partly refused' : 'refused', reason: refusal.words };
  }
  const isWanted = plan.slot < planned.observed.role.spec.slots;
  if (isWanted && holder === undefined) return vacancy(planned.verdicts);
  if (!hasWork) return { condition: 'ok', reason: '' };
  const isFirst = before.generation === 0 && before.intent.length === 0;
  return { condition: isFirst ? 'pending' : 'drift', reason: workReason(planned, plan) };
}

/** Why there is something to do; of a move, as the verdict on the old holder tells it. */
function workReason({ observed, verdicts }: Planned, { slot, before, holder, changes }: SlotPlan): string {
  const { slots } = observed.role.spec;
  if (slot >= slots) return `the role has ${slots === 1 ? 'one slot' : `${slots} slots`} by now`;
  if (holder === before.holder) {
    return changes.length > 0
      ? 'what was read differs from what it should be'
      : 'a claim was interrupted and is to be settled';
  }
  if (before.holder === undefined) {
    return before.generation === 0
      ? `${holder} is elected, and nobody has held it so far`
      : `${holder} is elected, and nobody holds it`;
  }
  const verdict = verdicts.find(({ instanceId }) => instanceId === before.holder);
  const why = `${before.holder} ${verdict?.words ?? 'is not there any more'}`;
  return holder === undefined ? why : `${why}, and ${holder} is elected`;
}

function vacancy(verdicts: readonly Verdict[]): Finding {
  const onTheWay = verdicts.find(({ kind }) => kind === 'waiting');
  if (onTheWay !== undefined) {
    return { condition: 'waiting', reason: `${onTheWay.instanceId} ${onTheWay.words}` };
  }
  if (verdicts.length === 0) return { condition: 'vacant', reason: 'no instance asks for it' };
  const areSeated = verdicts.every(({ kind }) => kind === 'holder');
  return {
    condition: 'vacant',
    reason: areSeated ? 'each of its candidates holds another slot' : 'none of its candidates can hold it',
  };
}
