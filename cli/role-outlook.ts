import type { ControllerError } from '../shared/model/errors.ts';
import type { OperatorWords } from '../shared/model/facts.ts';
import type { InstanceId, RoleName } from '../shared/model/ids.ts';
import type { Observed } from '../shared/model/observed.ts';
import type { RolePlan, Verdict } from '../shared/model/role-plan.ts';
import type { RoleState } from '../shared/model/role-state.ts';
import { noState, slotsOf } from '../shared/model/role-state.ts';
import type { Condition, Finding, SlotOutlook } from './slot-outlook.ts';
import { conditionMeanings, plannedSlotOutlook, unplannedSlotOutlook } from './slot-outlook.ts';

/** A role as it stands, and what the next reconcile would make of it. */
export interface RoleOutlook extends Finding {
  readonly role: RoleName;
  /** Its slots by number, and those of an earlier, larger spec while something is left of them. */
  readonly slots: readonly SlotOutlook[];
  readonly isGroup: boolean;
  /** One per candidate, in the order of election; empty while the role is on the move. */
  readonly verdicts: readonly Verdict[];
  readonly words: OperatorWords;
  /** What events told of its candidates and of the role itself. */
  readonly told: Pick<RoleState, 'facts' | 'alarms' | 'unfit'>;
}

/** Reads the outlook of one role off its plan. */
export function outlookOf(observed: Observed, plan: RolePlan): RoleOutlook {
  const { role, state } = observed;
  const { condition, reason, slots } = slotsAndFinding(observed, plan);
  return {
    role: role.name,
    condition,
    reason,
    slots,
    isGroup: role.spec.slots > 1,
    verdicts: 'verdicts' in plan ? plan.verdicts : [],
    words: state.words,
    told: state,
  };
}

/** The outlook of a role of which something could not be read. */
export function unreadableOutlook(role: RoleName, { message }: ControllerError): RoleOutlook {
  return {
    role,
    condition: 'unreadable',
    reason: message,
    slots: [],
    isGroup: false,
    verdicts: [],
    words: {},
    told: noState,
  };
}

/** Candidates that ask for the role and may not hold it. */
export function unauthorizedIn({ verdicts }: Pick<RoleOutlook, 'verdicts'>): readonly Verdict[] {
  return verdicts.filter(({ isUnauthorized }) => isUnauthorized === true);
}

export interface Drain {
  readonly instanceId: InstanceId;
  readonly words: string;
  readonly atMs: number;
}

/** Candidates that an operator drained, as far as the role knows. */
export function drainsIn({ told }: Pick<RoleOutlook, 'told'>): readonly Drain[] {
  return Object.entries(told.facts).flatMap(([id, { leaving }]) => {
    const word = leaving?.['operator'];
    if (word === undefined || word.isOver === true) return [];
    return [{ instanceId: id as InstanceId, words: word.words, atMs: word.saidAtMs }];
  });
}

/** Whether a reconcile would do something to the slot, or would if the role were not frozen. */
export function hasWork({ condition, holder, next, changes }: SlotOutlook): boolean {
  return holder !== next.holder || changes.length > 0 || condition === 'drift' || condition === 'pending';
}

function slotsAndFinding(
  observed: Observed,
  plan: RolePlan,
): Finding & { readonly slots: readonly SlotOutlook[] } {
  const { role, state } = observed;
  if (plan.kind === 'busy' || plan.kind === 'doubt') {
    const finding = unplanned(plan);
    const slots = slotsOf(state, role.spec.slots).filter(({ slot }) => slot < role.spec.slots);
    return { ...finding, slots: slots.map((slot) => unplannedSlotOutlook(observed, slot, finding)) };
  }
  const { verdicts } = plan;
  const planned = { observed, verdicts, isFrozen: plan.kind === 'frozen' };
  const slots = plan.slots
    .map((slot) => plannedSlotOutlook(planned, slot))
    .filter((each) => each.slot < role.spec.slots || hasWork(each));
  const finding = worstOf(slots, role.spec.slots > 1);
  if (finding.condition === 'ok' && plan.kind === 'act') {
    return { condition: 'drift', reason: 'a claim was interrupted and is to be settled', slots };
  }
  return { ...finding, slots };
}

function unplanned(plan: Extract<RolePlan, { kind: 'busy' | 'doubt' }>): Finding {
  if (plan.kind === 'doubt') return { condition: 'drift', reason: plan.reason };
  const until = new Date(plan.expiresAtMs).toISOString();
  return { condition: 'moving', reason: `${plan.owner} is applying a claim, with a lease until ${until}` };
}

const severity = Object.keys(conditionMeanings) as Condition[];

/** A group is as well as the worst of its slots. */
function worstOf(slots: readonly SlotOutlook[], isGroup: boolean): Finding {
  const [worst, ...others] = slots
    .filter(({ condition }) => condition !== 'ok')
    .toSorted((a, b) => severity.indexOf(a.condition) - severity.indexOf(b.condition) || a.slot - b.slot);
  if (worst === undefined) return { condition: 'ok', reason: '' };
  const { condition, reason } = worst;
  if (!isGroup) return { condition, reason };
  const rest = others.length === 0 ? '' : `; and ${others.length} more of its ${slots.length} slots`;
  return { condition, reason: `slot ${worst.slot}: ${reason}${rest}` };
}
