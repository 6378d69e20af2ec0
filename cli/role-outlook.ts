import { describeChange } from '../shared/model/change.ts';
import type { ControllerError } from '../shared/model/errors.ts';
import type { InstanceId, RoleName } from '../shared/model/ids.ts';
import type { Observed } from '../shared/model/observed.ts';
import type { Refusal, RolePlan, SlotPlan, Verdict } from '../shared/model/role-plan.ts';
import { slotOf } from '../shared/model/role-state.ts';
import type { AddressStanding, RecordStanding } from './role-standing.ts';
import { addressStandings, recordStandings } from './role-standing.ts';

/**
 * Where a role stands, in a word:
 * - `healthy`: as it should be;
 * - `drift`: something differs, and the next reconcile changes it;
 * - `moving`: somebody is applying a claim right now;
 * - `waiting`: vacant, and a candidate is on its way;
 * - `vacant`: nobody can hold it;
 * - `refused`: a safety check said no;
 * - `unreadable`: AWS did not let it be read.
 */
export type Condition = 'healthy' | 'drift' | 'moving' | 'waiting' | 'vacant' | 'refused' | 'unreadable';

/** A role as it stands, and what the next reconcile would make of it. */
export interface RoleOutlook {
  readonly role: RoleName;
  readonly slot: number;
  readonly condition: Condition;
  /** Why it is not healthy, in one line; empty when it is. */
  readonly reason: string;
  /** As the last claim says. */
  readonly holder: InstanceId | undefined;
  readonly generation: number;
  readonly sinceMs: number | undefined;
  readonly next: { readonly holder: InstanceId | undefined; readonly generation: number };
  readonly changes: readonly string[];
  readonly verdicts: readonly Verdict[];
  readonly refusals: readonly Refusal[];
  readonly addresses: readonly AddressStanding[];
  readonly records: readonly RecordStanding[];
}

/** Reads the outlook of one role off its plan. */
export function outlookOf(observed: Observed, plan: RolePlan): RoleOutlook {
  const { role, state } = observed;
  const before = slotOf(state, 0);
  const [slot] = plan.kind === 'act' || plan.kind === 'rest' ? plan.slots : [];
  const holder = slot === undefined ? before.holder : slot.holder;
  const isMove = holder !== before.holder;
  return {
    role: role.name,
    slot: before.slot,
    ...conditionOf(plan, slot),
    holder: before.holder,
    generation: before.generation,
    sinceMs: before.claimedAtMs === 0 ? undefined : before.claimedAtMs,
    next: { holder, generation: before.generation + (isMove ? 1 : 0) },
    changes: (slot?.changes ?? []).map(describeChange),
    verdicts: slot?.verdicts ?? [],
    refusals: slot?.refusals ?? [],
    addresses: addressStandings(observed),
    records: recordStandings(observed, slot?.changes ?? []),
  };
}

/** The outlook of a role of which something could not be read. */
export function unreadableOutlook(role: RoleName, { message }: ControllerError): RoleOutlook {
  return {
    role,
    slot: 0,
    condition: 'unreadable',
    reason: message,
    holder: undefined,
    generation: 0,
    sinceMs: undefined,
    next: { holder: undefined, generation: 0 },
    changes: [],
    verdicts: [],
    refusals: [],
    addresses: [],
    records: [],
  };
}

type Finding = Pick<RoleOutlook, 'condition' | 'reason'>;

function conditionOf(plan: RolePlan, slot: SlotPlan | undefined): Finding {
  if (plan.kind === 'busy') {
    const until = new Date(plan.expiresAtMs).toISOString();
    return { condition: 'moving', reason: `${plan.owner} is applying a claim, with a lease until ${until}` };
  }
  if (plan.kind === 'doubt') return { condition: 'drift', reason: plan.reason };
  if (slot === undefined) return { condition: 'vacant', reason: 'it has no slot' };
  const { before, holder, refusals, changes, verdicts } = slot;
  const [refusal] = refusals;
  if (refusal !== undefined) return { condition: 'refused', reason: refusal.words };
  if (holder === undefined) return vacancy(verdicts);
  if (holder !== before.holder) return { condition: 'drift', reason: moveReason(slot) };
  if (changes.length > 0)
    return { condition: 'drift', reason: 'what was read differs from what it should be' };
  if (plan.kind === 'act')
    return { condition: 'drift', reason: 'a claim was interrupted and is to be settled' };
  return { condition: 'healthy', reason: '' };
}

function vacancy(verdicts: readonly Verdict[]): Finding {
  const onTheWay = verdicts.find(({ kind }) => kind === 'waiting');
  if (onTheWay !== undefined) {
    return { condition: 'waiting', reason: `${onTheWay.instanceId}: ${onTheWay.words}` };
  }
  const reason = verdicts.length === 0 ? 'no instance asks for it' : 'none of its candidates can hold it';
  return { condition: 'vacant', reason };
}

/** Why the holder is to change, as the verdict on the old one tells it. */
function moveReason({ before, holder, verdicts }: SlotPlan): string {
  if (before.holder === undefined) return `${holder} is elected, and nobody has held it so far`;
  const verdict = verdicts.find(({ instanceId }) => instanceId === before.holder);
  return `${before.holder} ${verdict?.words ?? 'is not there any more'}, and ${holder} is elected`;
}
