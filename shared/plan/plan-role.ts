import type { InstanceId, RoleName } from '../model/ids.ts';
import type { Observed, ObservedElasticIp, ObservedInstance } from '../model/observed.ts';
import type { Refusal, RolePlan, SlotPlan } from '../model/role-plan.ts';
import type { SlotState } from '../model/role-state.ts';
import { nothingWritten, slotOf } from '../model/role-state.ts';
import type { ValueSource } from './desired-records.ts';
import { desiredRecords, publicIpOf } from './desired-records.ts';
import type { Hints } from './doubt.ts';
import { doubtOf } from './doubt.ts';
import type { Candidate } from './elect.ts';
import { elect } from './elect.ts';
import type { TakenPrivateIps } from './plan-elastic-ip.ts';
import { carrierOf, landingPlace, planElasticIp, privateIpKey, resolveElasticIp } from './plan-elastic-ip.ts';
import { planRecords } from './plan-records.ts';
import { parseRoleTag } from './role-tag.ts';

/** How far the clocks of two invocations may be apart: a lease is over for others only this much after its expiry. */
export const clockSkewMaxMs = 2_000;

/** A read that contradicts what was settled less than this ago may be stale, and is read again. */
export const consistencyWindowMs = 30_000;

export interface PlanContext {
  readonly nowMs: number;
  /** Who we are, as the owner of leases. */
  readonly owner: string;
  readonly hints: Hints;
  /** Roles that are read for the second time: that read is believed, and settles every doubt. */
  readonly secondReads: ReadonlySet<RoleName>;
  readonly taken: TakenPrivateIps;
}

/**
 * Decides for one role, from what was read and nothing else.
 *
 * | lease            | read                       | plan    |
 * |------------------|----------------------------|---------|
 * | another's, alive | any                        | `busy`  |
 * | none, over, ours | contradicts event or write | `doubt`, once |
 * |                  | other holder, a change, or an unsettled claim | `act` |
 * |                  | desired = observed, or nothing can be done    | `rest` |
 */
export function planRole(observed: Observed, context: PlanContext): RolePlan {
  const { lease } = observed.state;
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

  const slot = planSlot(observed, slotOf(observed.state, 0), context.taken);
  const isUnsettled = lease !== undefined || slot.before.intent.length > 0;
  const isMove = slot.holder !== slot.before.holder;
  if (!isMove && slot.changes.length === 0 && !isUnsettled) return { kind: 'rest', slots: [slot] };
  const isRecent = context.nowMs - slot.before.settledAtMs < consistencyWindowMs;
  if (!isMove && !isUnsettled && isRecent && !isSecondRead) {
    return { kind: 'doubt', reason: 'the read contradicts what was settled a moment ago' };
  }
  for (const change of slot.changes) {
    if (change.kind === 'associate-address') context.taken.add(privateIpKey(change));
  }
  return { kind: 'act', slots: [slot] };
}

/** Several roles at once, in the order of their names, so that no two are given the same private address. */
export function planRoles(
  all: readonly Observed[],
  context: Omit<PlanContext, 'taken'>,
): ReadonlyMap<Observed, RolePlan> {
  const taken: TakenPrivateIps = new Set();
  const ordered = all.toSorted((a, b) => (a.role.name < b.role.name ? -1 : 1));
  return new Map(ordered.map((observed) => [observed, planRole(observed, { ...context, taken })]));
}

function planSlot(observed: Observed, before: SlotState, taken: TakenPrivateIps): SlotPlan {
  const [addressSpec] = observed.role.spec.addresses;
  const resolution = addressSpec === undefined ? undefined : resolveElasticIp(observed, addressSpec, before);
  const elasticIp = resolution?.kind === 'found' ? resolution.elasticIp : undefined;
  const refusals = resolution?.kind === 'refused' ? [resolution.refusal] : [];

  const candidates = observed.instances.map((instance) => candidateOf(observed, instance, elasticIp, taken));
  const { elected, verdicts } = elect(candidates, before.holder ?? carrierAmong(observed, elasticIp));
  const holder = observed.instances.find(({ instanceId }) => instanceId === elected);
  if (holder === undefined) {
    return {
      slot: before.slot,
      before,
      holder: undefined,
      changes: [],
      standing: before.written,
      refusals,
      verdicts,
    };
  }
  const part = planFor(observed, before, holder, elasticIp, taken);
  const all = { ...part, refusals: [...refusals, ...part.refusals] };
  const isAllRefused = all.refusals.length > 0 && all.changes.length === 0 && isNothing(all.standing);
  return { slot: before.slot, before, holder: isAllRefused ? before.holder : elected, verdicts, ...all };
}

function isNothing({ associations, records }: SlotPlan['standing']): boolean {
  return associations.length === 0 && records.length === 0;
}

/** Before the first claim, whoever carries the Elastic IP already is the incumbent: no needless move. */
function carrierAmong(observed: Observed, elasticIp: ObservedElasticIp | undefined): InstanceId | undefined {
  if (elasticIp === undefined) return undefined;
  return observed.instances.find((instance) => carrierOf(elasticIp, instance) !== undefined)?.instanceId;
}

function candidateOf(
  observed: Observed,
  instance: ObservedInstance,
  elasticIp: ObservedElasticIp | undefined,
  taken: TakenPrivateIps,
): Candidate {
  const asks = parseRoleTag(instance.tags[observed.roleTagKey]).includes(observed.role.name);
  return { instance, asks, obstacle: obstacleOf(observed, instance, elasticIp, taken) };
}

/** Why the instance could not take what the role has, in words. */
function obstacleOf(
  observed: Observed,
  instance: ObservedInstance,
  elasticIp: ObservedElasticIp | undefined,
  taken: TakenPrivateIps,
): string | undefined {
  if (instance.privateIps.length === 0) return 'it has no private address';
  const place = elasticIp && landingPlace(observed, elasticIp, instance, taken);
  if (elasticIp !== undefined && place === undefined) {
    return 'each of its private addresses already carries another Elastic IP';
  }
  const needsPublicIp = observed.role.spec.records.some(({ value }) => value === 'publicIp');
  const source = elasticIp && place ? { elasticIp, place } : undefined;
  if (needsPublicIp && publicIpOf(instance, source) === undefined) return 'it has no public address';
  return undefined;
}

function planFor(
  observed: Observed,
  before: SlotState,
  holder: ObservedInstance,
  elasticIp: ObservedElasticIp | undefined,
  taken: TakenPrivateIps,
): Pick<SlotPlan, 'changes' | 'standing' | 'refusals'> {
  const place = elasticIp && landingPlace(observed, elasticIp, holder, taken);
  const source: ValueSource = {
    holder,
    elasticIp: elasticIp && place ? { elasticIp, place } : undefined,
    region: observed.region,
  };
  const address = elasticIp && place && planElasticIp(elasticIp, holder, place);
  const records = planRecords(observed.role, before, desiredRecords(observed.role, source), observed.names);
  const refusals: readonly Refusal[] = records.refusals;
  return {
    changes: [...(address?.kind === 'change' ? [address.change] : []), ...records.changes],
    standing: {
      ...nothingWritten,
      associations: address?.kind === 'standing' ? [address.association] : [],
      records: records.standing,
    },
    refusals,
  };
}
