import type { AddressSpec } from '../model/address-spec.ts';
import type { RoleName } from '../model/ids.ts';
import type { Observed, ObservedInstance } from '../model/observed.ts';
import type { Refusal, RolePlan, SlotPlan } from '../model/role-plan.ts';
import type { SlotState } from '../model/role-state.ts';
import { slotsOf } from '../model/role-state.ts';
import type { AddressContext, Taken } from './addresses/address-planner.ts';
import { plannerOf } from './addresses/planner-of.ts';
import { desiredRecords, parkedRecords } from './desired-records.ts';
import type { Hints } from './doubt.ts';
import { doubtOf } from './doubt.ts';
import type { Election } from './election/elect.ts';
import { elect } from './election/elect.ts';
import type { ObstacleTo } from './election/standing.ts';
import { incumbentOf } from './incumbent.ts';
import type { RecordsPlan } from './plan-records.ts';
import { planRecords } from './plan-records.ts';
import { recordObstacle, valueSourceOf } from './value-source.ts';

/** How far the clocks of two invocations may be apart: a lease is over for others only this much after its expiry. */
export const clockSkewMaxMs = 2_000;

/** A read that contradicts what was settled less than this ago may be stale, and is read again. */
export const consistencyWindowMs = 30_000;

/** How long a call may be under way at the most: no function runs for so long, and no request is carried out later. */
const lateMaxMs = 600_000;

export interface PlanContext {
  readonly nowMs: number;
  /** Who we are, as the owner of leases. */
  readonly owner: string;
  readonly hints: Hints;
  /** Roles that are read for the second time: that read is believed, and settles every doubt. */
  readonly secondReads: ReadonlySet<RoleName>;
  readonly taken: Taken;
}

/**
 * Decides for one role, from what was read and nothing else.
 *
 * | lease            | read                       | plan    |
 * |------------------|----------------------------|---------|
 * | another's, alive | any                        | `busy`  |
 * | none, over, ours | contradicts event or write | `doubt`, once |
 * |                  | other holder, a change, or an unsettled claim | `act`; `frozen` where an operator said so |
 * |                  | desired = observed, or nothing can be done    | `rest` |
 */
export function planRole(observed: Observed, context: PlanContext): RolePlan {
  const { lease, words } = observed.state;
  if (
    lease !== undefined &&
    lease.owner !== context.owner &&
    lease.expiresAtMs + clockSkewMaxMs > context.nowMs
  ) {
    return { kind: 'busy', ...lease };
  }
  const isSecondRead = context.secondReads.has(observed.role.name);
  const doubt = isSecondRead ? undefined : doubtOf(context.hints, observed, context.nowMs);
  if (doubt !== undefined) return { kind: 'doubt', reason: doubt };

  const planned = planSlots(observed, context);
  const isUnsettled = lease !== undefined || planned.slots.some(({ before }) => before.intent.length > 0);
  const isMove = planned.slots.some(({ before, holder }) => before.holder !== holder);
  const changed = planned.slots.filter(({ changes }) => changes.length > 0);
  if (!isMove && changed.length === 0 && !isUnsettled) return { kind: 'rest', ...planned };
  if (words.frozen !== undefined) return { kind: 'frozen', by: words.frozen.by, ...planned };
  const isRecent = changed.some(({ before }) => context.nowMs - before.settledAtMs < consistencyWindowMs);
  if (!isMove && !isUnsettled && isRecent && !isSecondRead) {
    return { kind: 'doubt', reason: 'the read contradicts what was settled a moment ago' };
  }
  return { kind: 'act', ...planned };
}

/** Several roles at once, in the order of their names, so that no two are given the same private address. */
export function planRoles(
  all: readonly Observed[],
  context: Omit<PlanContext, 'taken'>,
): ReadonlyMap<Observed, RolePlan> {
  const taken: Taken = new Set();
  const ordered = all.toSorted((a, b) => (a.role.name < b.role.name ? -1 : 1));
  return new Map(ordered.map((observed) => [observed, planRole(observed, { ...context, taken })]));
}

/** A slot with those of its addresses that can be used at all. */
interface SlotCase {
  readonly slot: SlotState;
  readonly usable: readonly SlotAddress[];
  readonly refusals: readonly Refusal[];
  readonly wanted: ReadonlySet<string>;
}

interface SlotAddress {
  readonly context: AddressContext;
  readonly spec: AddressSpec;
}

type AddressPart = Pick<SlotPlan, 'changes'> & Pick<SlotPlan['standing'], 'associations' | 'placements'>;

function planSlots(
  observed: Observed,
  { taken, nowMs }: PlanContext,
): { readonly slots: readonly SlotPlan[]; readonly verdicts: Election['verdicts'] } {
  const { spec } = observed.role;
  const cases = slotsOf(observed.state, spec.slots).map((slot) =>
    slotCase(observed, withoutPast(slot, nowMs), taken),
  );
  const caseOf = new Map(cases.map((each) => [each.slot.slot, each]));
  const election = elect(
    observed,
    cases.map(({ slot }) => slot).filter(({ slot }) => slot < spec.slots),
    askedOnce((instance, { slot }) => {
      const its = caseOf.get(slot);
      return its && obstacleTo(observed, its, instance);
    }),
    nowMs,
    (slot) => incumbentOf(observed, slot),
  );
  const byId = new Map(observed.instances.map((each) => [each.instanceId, each]));
  const placed = cases.map((each) => {
    const elected = election.holders.get(each.slot.slot);
    const holder = elected === undefined ? undefined : byId.get(elected);
    return { ...each, holder, addresses: addressesOf(each, holder) };
  });
  const records = planRecords(
    observed.role,
    placed.map(({ slot, holder, usable }) => ({ slot, desired: desiredOf(observed, slot, holder, usable) })),
    observed.names,
  );
  const slots = placed.map((each) => slotPlan(each, records.get(each.slot.slot) ?? noRecords));
  return { slots, verdicts: ofGiven(election.verdicts, slots) };
}

/** Forgets changes that cannot be under way any more: what looks like one of them by then was made by somebody else. */
function withoutPast({ late, ...slot }: SlotState, nowMs: number): SlotState {
  const isPast = late === undefined || nowMs - slot.settledAtMs > lateMaxMs;
  return isPast ? slot : { ...slot, late };
}

/** Whoever was elected for a slot that has nothing to give holds nothing. */
function ofGiven(verdicts: Election['verdicts'], slots: readonly SlotPlan[]): Election['verdicts'] {
  const given = new Set(slots.map(({ holder }) => holder));
  return verdicts.map((each) =>
    each.kind === 'holder' && !given.has(each.instanceId)
      ? { ...each, kind: 'ready', words: 'ready to step in, once the role has something that is not refused' }
      : each,
  );
}

/** A group asks of each candidate for each of its slots, more than once, and the answer takes a while. */
function askedOnce(ask: ObstacleTo): ObstacleTo {
  const answers = new Map<string, string | undefined>();
  return (instance, slot) => {
    const key = `${slot.slot} ${instance.instanceId}`;
    if (!answers.has(key)) answers.set(key, ask(instance, slot));
    return answers.get(key);
  };
}

function slotCase(observed: Observed, slot: SlotState, taken: Taken): SlotCase {
  const all = observed.role.spec.addresses.map((spec, index) => ({
    spec,
    context: { observed, slot, index, taken },
  }));
  // A slot that the spec no longer has keeps what it has, and wants nothing.
  const isWanted = slot.slot < observed.role.spec.slots;
  const judged = all.map((each) => ({
    ...each,
    refusal: isWanted ? plannerOf(each.spec).refusalOf(each.context) : undefined,
  }));
  return {
    slot,
    usable: judged.filter(({ refusal }) => refusal === undefined),
    refusals: judged.flatMap(({ refusal }) => refusal ?? []),
    wanted: new Set(all.flatMap(({ spec, context }) => plannerOf(spec).resourcesOf(context))),
  };
}

function obstacleTo(
  observed: Observed,
  { slot, usable }: SlotCase,
  instance: ObservedInstance,
): string | undefined {
  if (instance.privateIps.length === 0) return 'it has no private address';
  for (const { spec, context } of usable) {
    const obstacle = plannerOf(spec).obstacleTo(context, instance);
    if (obstacle !== undefined) return obstacle;
  }
  return recordObstacle(observed, slot, usable, instance);
}

/** The changes for each address in the order of the spec; what one takes, the next cannot have. */
function addressesOf({ slot, usable, wanted }: SlotCase, holder: ObservedInstance | undefined): AddressPart {
  if (holder === undefined) {
    const { associations, placements } = slot.written;
    return {
      changes: [],
      associations: associations.filter(({ allocationId }) => wanted.has(allocationId)),
      placements: placements.filter(({ resource }) => wanted.has(resource)),
    };
  }
  const plans = usable.map(({ spec, context }) => plannerOf(spec).planFor(context, holder));
  return {
    changes: plans.flatMap(({ changes }) => changes),
    associations: plans.flatMap(({ associations = [] }) => associations),
    placements: plans.flatMap(({ placements = [] }) => placements),
  };
}

function desiredOf(
  observed: Observed,
  slot: SlotState,
  holder: ObservedInstance | undefined,
  usable: readonly SlotAddress[],
) {
  const { role } = observed;
  if (holder !== undefined) return desiredRecords(role, valueSourceOf(observed, slot, usable, holder));
  return role.spec.vacant === 'park' ? parkedRecords(role, slot.slot) : 'keep';
}

const noRecords: RecordsPlan = { changes: [], standing: [], dropped: new Set(), refusals: [] };

function slotPlan(
  {
    slot: before,
    holder,
    addresses,
    refusals,
    wanted,
  }: SlotCase & { readonly holder: ObservedInstance | undefined; readonly addresses: AddressPart },
  records: RecordsPlan,
): SlotPlan {
  const refused = [...refusals, ...records.refusals];
  const changes = [...addresses.changes, ...records.changes];
  const { associations, placements } = addresses;
  const hasNothing = [changes, associations, placements, records.standing].every((each) => each.length === 0);
  const forgotten = [
    ...before.written.placements.map(({ resource }) => resource),
    ...before.written.associations.map(({ allocationId }) => allocationId),
  ].filter((resource) => !wanted.has(resource));
  return {
    slot: before.slot,
    before,
    // Who would get nothing at all is not given the role; who cannot go on holding it loses it all the same.
    holder: refused.length > 0 && hasNothing && holder !== undefined ? before.holder : holder?.instanceId,
    changes,
    standing: { associations, placements, records: records.standing },
    dropped: new Set([...records.dropped, ...forgotten]),
    refusals: refused,
  };
}
