import type { RoleOutlook } from '../../../cli/role-outlook.ts';
import { outlookOf } from '../../../cli/role-outlook.ts';
import { normalizeDnsName } from '../../../shared/model/dns-name.ts';
import {
  allocationIdSchema,
  associationIdSchema,
  instanceIdSchema,
  ipv4Schema,
  networkInterfaceIdSchema,
  roleNameSchema,
} from '../../../shared/model/ids.ts';
import type { Observed, ObservedElasticIp, ObservedInstance } from '../../../shared/model/observed.ts';
import type { RecordSet } from '../../../shared/model/record-set.ts';
import type { RoleState } from '../../../shared/model/role-state.ts';
import { noState } from '../../../shared/model/role-state.ts';
import type { InstanceState } from '../../../shared/model/trigger.ts';
import { planRoles } from '../../../shared/plan/plan-role.ts';
import { allocationId as allocationText, aRole, privateZoneId } from './roles-file/builders.ts';

export const nowMs = Date.UTC(2026, 2, 1, 12);
export const lead = instanceIdSchema.parse('i-0aaaaaaaaaaaaaaaa');
export const understudy = instanceIdSchema.parse('i-0bbbbbbbbbbbbbbbb');
const allocationId = allocationIdSchema.parse(allocationText);
const publicIp = ipv4Schema.parse('203.0.113.10');

const places = new Map([
  [lead, ['eni-0aaaaaaaaaaaaaaaa', '10.0.1.10']],
  [understudy, ['eni-0bbbbbbbbbbbbbbbb', '10.0.2.20']],
]);

function placeOf(instanceId: typeof lead) {
  const [eni = 'eni-00000000', address = '10.0.0.1'] = places.get(instanceId) ?? [];
  return {
    networkInterfaceId: networkInterfaceIdSchema.parse(eni),
    privateIp: ipv4Schema.parse(address),
  };
}

export function anInstance(
  instanceId: typeof lead,
  state: InstanceState = 'running',
  role = 'db',
): ObservedInstance {
  const isGone = state === 'terminated';
  return {
    instanceId,
    state,
    tags: { role },
    launchTimeMs: nowMs - 3_600_000,
    privateIps: isGone ? [] : [{ ...placeOf(instanceId), isPrimary: true }],
  };
}

export function anElasticIp(on?: typeof lead): ObservedElasticIp {
  const associationId = associationIdSchema.parse('eipassoc-0123456789abcdef0');
  return {
    allocationId,
    publicIp,
    tags: {},
    ...(on === undefined ? {} : { association: { associationId, ...placeOf(on), instanceId: on } }),
  };
}

export function aRecord(value: string, ttlSeconds = 60): RecordSet {
  const name = normalizeDnsName('db.corp.internal');
  return { zoneId: privateZoneId, name, type: 'A', ttlSeconds, values: [value] };
}

/** The state of a role that was given to `holder` an hour ago and settled. */
export function settledState(holder: typeof lead, records: readonly RecordSet[]): RoleState {
  const claimedAtMs = nowMs - 3_600_000;
  const written = { associations: [], records };
  const slot = { slot: 0, holder, generation: 3, claimedAtMs, written, intent: [], settledAtMs: claimedAtMs };
  return { slots: [slot], askedAgain: 0, revision: 6 };
}

interface Scene {
  readonly state?: RoleState;
  readonly instances?: readonly ObservedInstance[];
  readonly elasticIps?: readonly ObservedElasticIp[];
  /** What DNS holds at db.corp.internal. */
  readonly records?: readonly RecordSet[];
}

/** The outlook of the role `db`: an Elastic IP and an A record of the private address. */
export function anOutlook({
  state = noState,
  instances = [],
  elasticIps = [],
  records = [],
}: Scene): RoleOutlook {
  const name = normalizeDnsName('db.corp.internal');
  const observed: Observed = {
    role: aRole('db', {
      addresses: [{ elasticIp: allocationText }],
      records: [{ zone: 'corp.internal', name, value: 'privateIp' }],
    }),
    state,
    instances,
    elasticIps,
    names: [{ zoneId: privateZoneId, name, records, foreign: [] }],
    region: 'eu-west-1',
    roleTagKey: 'role',
  };
  const secondReads = new Set([roleNameSchema.parse('db')]);
  const plans = planRoles([observed], { nowMs, owner: 'test', hints: new Map(), secondReads });
  const plan = plans.get(observed);
  if (plan === undefined) throw new Error('no plan');
  return outlookOf(observed, plan);
}

/** `db` held by the lead, everything as it should be. */
export function healthyScene(): Required<Scene> {
  const record = aRecord('10.0.1.10');
  return {
    state: settledState(lead, [record]),
    instances: [anInstance(lead), anInstance(understudy)],
    elasticIps: [anElasticIp(lead)],
    records: [record],
  };
}
