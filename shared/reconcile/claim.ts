import type { Change } from '../model/change.ts';
import type { HistoryEntry } from '../model/history-entry.ts';
import type { AllocationId, InstanceId, RoleName } from '../model/ids.ts';
import type { Observed } from '../model/observed.ts';
import { placementOf } from '../model/placement.ts';
import { recordKey } from '../model/record-set.ts';
import type { RolePlan, SlotPlan } from '../model/role-plan.ts';
import type { ReplacedMove, RoleState, SlotState, Written } from '../model/role-state.ts';
import { associationsThere, wasReplaced } from '../plan/addresses/associations-there.ts';
import { allocationsOf } from '../plan/addresses/elastic-ip-pool.ts';
import { placementsThere } from '../plan/addresses/placements-there.ts';
import { recordsThere } from '../plan/record-names.ts';
import type { Applied } from './to-apply.ts';

export type ActPlan = Extract<RolePlan, { kind: 'act' }>;

/** A plan whose claim succeeded: from here until it is settled, the role is ours. */
export interface Claimed {
  readonly observed: Observed;
  readonly plan: ActPlan;
  readonly state: RoleState;
}

/** Unsettled changes and moves that a slot keeps: enough for any row of crashes, and bounded. */
const intentMax = 200;
const replacedMax = 20;
const lateMax = 8;

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
    ...(before.late === undefined ? {} : { late: before.late }),
    settledAtMs: before.settledAtMs,
  }));
}

/** A move stays in the journal until it is settled, so that whoever settles it can tell the whole of it. */
function moveOf(
  { before, holder }: Pick<SlotPlan, 'before' | 'holder'>,
  cause: string,
): Pick<SlotState, 'move'> {
  if (!isMove({ before, holder })) return before.move === undefined ? {} : { move: before.move };
  const replaced = replacedBy(before);
  return {
    move: {
      cause,
      ...(before.holder === undefined ? {} : { from: before.holder }),
      ...(replaced.length === 0 ? {} : { replaced }),
    },
  };
}

/** The unsettled moves that another claim replaces: it tells them with its own, for they may have been carried out. */
function replacedBy({ move, generation, claimedAtMs, holder }: SlotState): readonly ReplacedMove[] {
  if (move === undefined) return [];
  const { cause, from } = move;
  const last: ReplacedMove = {
    generation,
    claimedAtMs,
    cause,
    ...(from === undefined ? {} : { from }),
    ...(holder === undefined ? {} : { to: holder }),
  };
  return [...(move.replaced ?? []), last].slice(-replacedMax);
}

function distinct(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}

function isMove({ before, holder }: Pick<SlotPlan, 'before' | 'holder'>): boolean {
  return before.holder !== holder;
}

/** The slots once all was done: nothing is meant any more, and what was written is known. */
export function settledSlots(
  claimed: Claimed,
  appliedTo: (slot: number) => Applied,
  nowMs: number,
): readonly SlotState[] {
  return claimed.plan.slots.map((slotPlan) => {
    const { move, ...slot } = slotIn(claimed.state, slotPlan);
    const applied = appliedTo(slotPlan.slot);
    const isUntouched = applied.done.length === 0 && slot.intent.length === 0 && move === undefined;
    return {
      ...slot,
      intent: [],
      ...lateAfter(slot, claimed.plan.slots.length),
      settledAtMs: isUntouched ? slot.settledAtMs : nowMs,
      written: writtenAfter(claimed, slotPlan, applied),
    };
  });
}

/** What this claim and those before it did or meant to do, the latest first: enough for any slot, and bounded for all of them. */
function lateAfter({ intent, late = [] }: SlotState, slotsCount: number): Pick<SlotState, 'late'> {
  const max = Math.max(lateMax, Math.floor(intentMax / slotsCount));
  const changes = distinct([...intent, ...late]).slice(0, max);
  return changes.length === 0 ? {} : { late: changes };
}

/** For each thing of the spec: what was just written, else what was found as a crashed claim meant it, what stands, what was written before. */
function writtenAfter({ observed, plan: { slots } }: Claimed, plan: SlotPlan, applied: Applied): Written {
  const { names, elasticIps } = observed;
  // What one slot meant once may be another's by now: of a pool each has its own.
  const ofOthers = new Set(slots.filter(({ slot }) => slot !== plan.slot).flatMap(spokenFor));
  const { before, standing, dropped } = plan;
  const { written } = before;
  const created = applied.done.flatMap((change) =>
    change.kind === 'change-record' ? (change.after ?? []) : [],
  );
  const records = [...written.records, ...recordsThere(before, names), ...standing.records, ...created];
  const associations = [
    ...written.associations,
    ...standing.associations,
    // What a crashed claim made and was seen there is newer than what a vacant slot remembers.
    ...associationsThere(before, elasticIps).filter(
      (each) => !ofOthers.has(each.allocationId) && !wasReplaced(before, each),
    ),
    ...applied.associations,
  ];
  const placements = [
    // What a crashed claim meant may be there too; what was written before is surer.
    ...before.intent.flatMap((change) => placementOf(change) ?? []),
    ...written.placements,
    ...standing.placements,
    ...placementsThere(before, observed),
    ...applied.done.flatMap((change) => placementOf(change) ?? []),
  ];
  const wanted = (key: string) => !dropped.has(key);
  return {
    records: latest(records, recordKey, wanted),
    associations: latest(associations, ({ allocationId }) => allocationId, wanted),
    placements: latest(placements, ({ resource }) => resource, wanted),
  };
}

/** The Elastic IPs that a slot has, or is about to have. */
function spokenFor({ before, standing, changes }: SlotPlan): readonly AllocationId[] {
  return allocationsOf([...before.written.associations, ...standing.associations], changes);
}

function latest<Each>(
  all: readonly Each[],
  keyOf: (each: Each) => string,
  isWanted: (key: string) => boolean,
): readonly Each[] {
  const byKey = new Map(all.map((each) => [keyOf(each), each]));
  return [...byKey].filter(([key]) => isWanted(key)).map(([, each]) => each);
}

/**
 * The line of history for each slot that moved or changed; none for a claim that was merely settled. A move is told under
 * the time of its claim, so that telling it again, after a crash, tells the same line.
 */
export function historyOf(
  claimed: Claimed,
  told: Pick<HistoryEntry, 'cause' | 'steps'> & {
    readonly nowMs: number;
    readonly changesOf: (slot: number) => readonly string[];
  },
): readonly HistoryEntry[] {
  return claimed.plan.slots.flatMap((slot) => {
    const { move, generation, claimedAtMs } = slotIn(claimed.state, slot);
    const changes = told.changesOf(slot.slot);
    if (move === undefined && changes.length === 0) return [];
    const { name } = claimed.observed.role;
    const line: HistoryEntry = {
      role: name,
      slot: slot.slot,
      timeMs: move === undefined ? told.nowMs : claimedAtMs,
      generation,
      outcome: outcomeKind(slot),
      cause: move?.cause ?? told.cause,
      from: move === undefined ? slot.before.holder : move.from,
      to: slot.holder,
      changes,
      refusals: slot.refusals.map(({ words }) => words),
      verdicts: claimed.plan.verdicts
        .slice(0, verdictsMax)
        .map(({ instanceId, words }) => `${instanceId} ${words}`),
      steps: told.steps,
    };
    return [...(move?.replaced ?? []).map((each) => replacedLine(name, slot.slot, each)), line];
  });
}

/** What is left to tell of a claim that never settled; who made it may have told it already, under the same key. */
function replacedLine(
  role: RoleName,
  slot: number,
  { generation, claimedAtMs, from, to, cause }: ReplacedMove,
): HistoryEntry {
  return {
    role,
    slot,
    timeMs: claimedAtMs,
    generation,
    outcome: 'superseded',
    cause,
    from,
    to,
    changes: [],
    refusals: [],
    verdicts: [],
    steps: { observeMs: 0, claimMs: 0, applyMs: 0 },
  };
}

/** Verdicts that a line of history keeps. */
const verdictsMax = 20;

/** Who held the slot before this claim, or before the unsettled one that it goes on from. */
export function holderBefore({ plan, state }: Claimed, slot: number): InstanceId | undefined {
  const slotPlan = plan.slots.find((each) => each.slot === slot);
  if (slotPlan === undefined) return undefined;
  const { move } = slotIn(state, slotPlan);
  return move === undefined ? slotPlan.before.holder : (move.replaced?.[0] ?? move).from;
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
    plan.slots.flatMap(({ holder, before }) =>
      holder === undefined || (holder === before.holder && before.intent.length === 0)
        ? []
        : [{ holder, role: observed.role.name }],
    ),
  );
  return [...Map.groupBy(pairs, ({ holder }) => holder)].map(([instanceId, its]) => ({
    instanceId,
    roles: its.map(({ role }) => role),
  }));
}
