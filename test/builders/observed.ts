import { normalizeDnsName } from '../../shared/model/dns-name.ts';
import type { AllocationId, HostedZoneId, InstanceId, RoleName } from '../../shared/model/ids.ts';
import {
  allocationIdSchema,
  associationIdSchema,
  attachmentIdSchema,
  hostedZoneIdSchema,
  instanceIdSchema,
  ipv4Schema,
  ipv6Schema,
  networkInterfaceIdSchema,
  roleNameSchema,
  subnetIdSchema,
  vpcIdSchema,
} from '../../shared/model/ids.ts';
import type {
  Observed,
  ObservedAttachment,
  ObservedElasticIp,
  ObservedInstance,
  ObservedPrivateIp,
  Role,
} from '../../shared/model/observed.ts';
import { noNetwork } from '../../shared/model/observed.ts';
import type { RecordSet } from '../../shared/model/record-set.ts';
import { roleSpecSchema } from '../../shared/model/role-spec.ts';
import type { RoleState, SlotState } from '../../shared/model/role-state.ts';
import { noState, slotOf } from '../../shared/model/role-state.ts';

/** Small whole numbers become ids, so that a test reads `instance(1)` and an assertion `instanceId(1)`. */
const hex = (number: number): string => number.toString(16).padStart(17, '0');
export const instanceId = (number: number): InstanceId => instanceIdSchema.parse(`i-${hex(number)}`);
export const allocationId = (number: number): AllocationId =>
  allocationIdSchema.parse(`eipalloc-${hex(number)}`);
export const associationId = (number: number) => associationIdSchema.parse(`eipassoc-${hex(number)}`);
export const networkInterfaceId = (number: number) => networkInterfaceIdSchema.parse(`eni-${hex(number)}`);
export const attachmentId = (number: number) => attachmentIdSchema.parse(`eni-attach-${hex(number)}`);
export const subnetId = (number: number) => subnetIdSchema.parse(`subnet-${hex(number)}`);
export const vpcId = (number: number) => vpcIdSchema.parse(`vpc-${hex(number)}`);
export const ipv6 = (number: number) => ipv6Schema.parse(`2600:1f18:1:1::${number.toString(16)}`);
export const privateIp = (number: number) => ipv4Schema.parse(`10.0.1.${number}`);
export const publicIp = (number: number) => ipv4Schema.parse(`203.0.113.${number}`);
export const roleName = (name: string): RoleName => roleNameSchema.parse(name);
export const zoneId: HostedZoneId = hostedZoneIdSchema.parse('Z0PRIVATE');

export const nowMs = Date.UTC(2026, 0, 1);

/** A running instance with one interface, in subnet 1 of VPC 1, that asks for the role `db`. */
export function anInstance(number: number, overrides: Partial<ObservedInstance> = {}): ObservedInstance {
  const privateIps = overrides.privateIps ?? [
    { networkInterfaceId: networkInterfaceId(number), privateIp: privateIp(number), isPrimary: true },
  ];
  return {
    instanceId: instanceId(number),
    state: 'running',
    tags: { role: 'db' },
    launchTimeMs: nowMs - 3_600_000 + number,
    privateIps,
    attachments: attachmentsOf(privateIps),
    vpcId: vpcId(1),
    subnetId: subnetId(1),
    zone: 'eu-west-1a',
    instanceType: 't3.medium',
    imageId: 'ami-0123456789abcdef0',
    accountId: '111122223333',
    securityGroupIds: [],
    ...overrides,
  };
}

/** The interfaces that carry the addresses, by device index, all in subnet 1. */
export function attachmentsOf(privateIps: readonly ObservedPrivateIp[]): readonly ObservedAttachment[] {
  const byInterface = [...Map.groupBy(privateIps, (each) => each.networkInterfaceId)];
  return byInterface.map(([id, its], deviceIndex) =>
    anAttachment(0, { networkInterfaceId: id, deviceIndex, privateIps: its.map((each) => each.privateIp) }),
  );
}

/** The primary interface of the instance of that number, as its instance shows it. */
export function anAttachment(
  number: number,
  overrides: Partial<ObservedAttachment> = {},
): ObservedAttachment {
  return {
    networkInterfaceId: networkInterfaceId(number),
    attachmentId: attachmentId(number),
    deviceIndex: 0,
    subnetId: subnetId(1),
    checksSourceDest: true,
    privateIps: [privateIp(number)],
    ipv6s: [],
    ...overrides,
  };
}

/** The Elastic IP 203.0.113.25, free, or at the primary address of the given instance. */
export function anElasticIp(on?: number, overrides: Partial<ObservedElasticIp> = {}): ObservedElasticIp {
  return {
    allocationId: allocationId(0xe1),
    publicIp: publicIp(25),
    tags: {},
    ...(on === undefined
      ? {}
      : {
          association: {
            associationId: associationId(on),
            networkInterfaceId: networkInterfaceId(on),
            privateIp: privateIp(on),
            instanceId: instanceId(on),
          },
        }),
    ...overrides,
  };
}

/** The role `db`: one Elastic IP, one private A record. */
export function aRole(spec: object = {}, name = 'db'): Role {
  return {
    name: roleName(name),
    spec: roleSpecSchema.parse({
      addresses: [{ elasticIp: allocationId(0xe1) }],
      records: [{ zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp' }],
      ...spec,
    }),
    version: 1,
    zoneIds: { 'corp.internal': zoneId, 'example.com': hostedZoneIdSchema.parse('Z0PUBLIC') },
    reverseZones: [],
  };
}

/** The record db.corp.internal with this value, 60 seconds, A; or as the overrides say. */
export function aRecord(
  value: string,
  overrides: Partial<RecordSet> & { readonly ttlSeconds?: number; readonly values?: readonly string[] } = {},
): RecordSet {
  const { ttlSeconds = 60, values = [value], ...record } = overrides;
  return {
    zoneId,
    name: normalizeDnsName('db.corp.internal'),
    type: 'A',
    content: { kind: 'values', ttlSeconds, values },
    ...record,
  };
}

/** The state in which instance `holder` has held the role for a while, everything written and settled. */
export function heldBy(
  holder: number,
  slot: Partial<SlotState> = {},
  overrides: Partial<RoleState> = {},
): RoleState {
  return {
    ...noState,
    revision: 2,
    slots: [
      {
        ...slotOf(noState, 0),
        holder: instanceId(holder),
        generation: 1,
        claimedAtMs: nowMs - 3_000_000,
        settledAtMs: nowMs - 3_000_000,
        written: {
          associations: [
            {
              allocationId: allocationId(0xe1),
              associationId: associationId(holder),
              networkInterfaceId: networkInterfaceId(holder),
              privateIp: privateIp(holder),
            },
          ],
          placements: [],
          records: [aRecord(`10.0.1.${holder}`)],
        },
        ...slot,
      },
    ],
    ...overrides,
  };
}

export function anObservation(overrides: Partial<Observed> = {}): Observed {
  return {
    role: aRole(),
    state: noState,
    instances: [],
    elasticIps: [anElasticIp()],
    network: noNetwork,
    statusChecks: {},
    imageOwners: {},
    names: undefined,
    region: 'eu-west-1',
    roleTagKey: 'role',
    ...overrides,
  };
}

/** What Route 53 holds at db.corp.internal. */
export function atName(...records: readonly RecordSet[]): Observed['names'] {
  return [{ zoneId, name: normalizeDnsName('db.corp.internal'), records, foreign: [] }];
}
