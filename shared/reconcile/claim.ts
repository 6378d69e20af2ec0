import type { Change } from '../model/change.ts';
import type { HistoryEntry } from '../model/history-entry.ts';
import type { InstanceId, RoleName } from '../model/ids.ts';
import type { Observed } from '../model/observed.ts';
import { recordKey } from '../model/record-set.ts';
import type { RolePlan, SlotPlan } from '../model/role-plan.ts';
import type { RoleState, SlotState, Written } from '../model/role-state.ts';
import { recordIdentity } from '../plan/desired-records.ts';
import { associationsThere } from '../plan/plan-elastic-ip.ts';
import { recordsThere } from '../plan/plan-records.ts';
import type { Applied } from './apply.ts';

export type ActPlan = Extract<RolePlan, { kind: 'act' }>;

/** A plan whose claim succeeded: from here until it is settled, the role is ours. */
export interface Claimed {
  readonly observed: Observed;
  readonly plan: ActPlan;
  readonly state: RoleState;
}

/** Unsettled changes that a slot keeps: enough for any row of crashes, and bounded. */
const intentMax = 200;

/** The slots as the claim writes them: another holder is another generation, and what is meant is journalled. */
export function claimedSlots(plan: ActPlan, nowMs: number, cause: string): readonly SlotState[] {
  return plan.slots.map(({ slot, before, holder, changes }) => ({
    slot,
    ...moveOf({ before, holder }, cause),
    ...(holder === undefined ? {} : { holder }),
    generation: isMove({ before, holder }) ? before.generation + 1 : before.generation,
    claimedAtMs: isMove({ before, holder }) ? nowMs : before.claimedAtMs,
    written: before.written,
    // What a crashed claim meant stays with it: it may have been done, and then it is ours.
    intent: distinct([...changes, ...before.intent]).slice(0, intentMax),
    settledAtMs: before.settledAtMs,
  }));
}

/** A move stays in the journal until it is settled, so that whoever settles it can tell the whole of it. */
function moveOf(
  { before, holder }: Pick<SlotPlan, 'before' | 'holder'>,
  cause: string,
): Pick<SlotState, 'move'> {
  if (!isMove({ before, holder })) return before.move === undefined ? {} : { move: before.move };
  // A claim that replaces an unsettled one goes on from where that one started.
  const from = before.move === undefined ? before.holder : before.move.from;
  return { move: { cause, ...(from === undefined ? {} : { from }) } };
}

function distinct(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}

function isMove({ before, holder }: Pick<SlotPlan, 'before' | 'holder'>): boolean {
  return before.holder !== holder;
}

/** The slots once all was done: nothing is meant any more, and what was written is known. */
export function settledSlots(claimed: Claimed, applied: Applied, nowMs: number): readonly SlotState[] {
  return claimed.plan.slots.map((slotPlan) => {
    const { move: _, ...slot } = slotIn(claimed.state, slotPlan);
    return {
      ...slot,
      intent: [],
      settledAtMs: nowMs,
      written: writtenAfter(claimed.observed, slotPlan, applied),
    };
  });
}

/** For each thing of the spec: what was just written, else what stands, else what was found there or written before. */
function writtenAfter({ role, names, elasticIps }: Observed, plan: SlotPlan, applied: Applied): Written {
  const created = applied.done.flatMap((change) =>
    change.kind === 'change-record' ? (change.after ?? []) : [],
  );
  const { written } = plan.before;
  const knownRecords = [...written.records, ...recordsThere(plan.before, names)];
  const records = new Map(
    [...knownRecords, ...plan.standing.records, ...created].map((record) => [recordKey(record), record]),
  );
  const knownAssociations = [...written.associations, ...associationsThere(plan.before, elasticIps)];
  const associations = new Map(
    [...knownAssociations, ...plan.standing.associations, ...applied.associations].map((each) => [
      each.allocationId,
      each,
    ]),
  );
  const wanted = new Set(role.spec.records.map((spec) => recordKey(recordIdentity(role, spec))));
  return {
    associations: role.spec.addresses.length === 0 ? [] : [...associations.values()],
    // Nobody planned for the records of a vacant slot: what the spec no longer wants is still there.
    records: [...records]
      .filter(([key]) => plan.holder === undefined || wanted.has(key))
      .map(([, record]) => record),
  };
}

/**
 * The line of history for each slot that moved or changed; none for a claim that was merely settled. A move is told under
 * the time of its claim, so that telling it again, after a crash, tells the same line.
 */
export function historyOf(
  claimed: Claimed,
  told: Pick<HistoryEntry, 'cause' | 'changes' | 'steps'> & { readonly nowMs: number },
): readonly HistoryEntry[] {
  return claimed.plan.slots.flatMap((slot) => {
    const { move, generation, claimedAtMs } = slotIn(claimed.state, slot);
    if (move === undefined && told.changes.length === 0) return [];
    return {
      role: claimed.observed.role.name,
      slot: slot.slot,
      timeMs: move === undefined ? told.nowMs : claimedAtMs,
      generation,
      outcome: outcomeKind(slot),
      cause: move?.cause ?? told.cause,
      from: move === undefined ? slot.before.holder : move.from,
      to: slot.holder,
      changes: told.changes,
      refusals: slot.refusals.map(({ words }) => words),
      steps: told.steps,
    };
  });
}

/** Who held the slot before this claim, or before the unsettled one that it goes on from. */
export function holderBefore({ plan, state }: Claimed): InstanceId | undefined {
  const [slot] = plan.slots;
  if (slot === undefined) return undefined;
  const { move } = slotIn(state, slot);
  return move === undefined ? slot.before.holder : move.from;
}

function slotIn(state: RoleState, { slot, before }: SlotPlan): SlotState {
  return state.slots.find((each) => each.slot === slot) ?? before;
}

/** What a slot that was acted on came to. */
function outcomeKind({ holder, refusals }: SlotPlan): 'vacant' | 'refused' | 'converged' {
  if (refusals.length > 0) return 'refused';
  return holder === undefined ? 'vacant' : 'converged';
}

/** New holders are remembered before the claim is settled: their tags will be gone when they are needed. */
export function holdersOf(
  claims: readonly Claimed[],
): readonly { instanceId: InstanceId; roles: readonly RoleName[] }[] {
  const pairs = claims.flatMap(({ plan, observed }) =>
    plan.slots.flatMap(({ holder }) => (holder ? [{ holder, role: observed.role.name }] : [])),
  );
  return [...Map.groupBy(pairs, ({ holder }) => holder)].map(([instanceId, its]) => ({
    instanceId,
    roles: its.map(({ role }) => role),
  }));
}
