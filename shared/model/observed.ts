import type { DnsName } from './dns-name.ts';
import type {
  AllocationId,
  AssociationId,
  HostedZoneId,
  InstanceId,
  Ipv4,
  NetworkInterfaceId,
  RoleName,
} from './ids.ts';
import type { ForeignRecordSet, RecordSet } from './record-set.ts';
import type { RoleSpec } from './role-spec.ts';
import type { RoleState } from './role-state.ts';
import type { InstanceState } from './trigger.ts';

/** One private address of an instance; an Elastic IP goes on exactly one of them. */
export interface ObservedPrivateIp {
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly privateIp: Ipv4;
  /** The primary address of the primary interface, the one that a plain launch gives. */
  readonly isPrimary: boolean;
}

export interface ObservedInstance {
  readonly instanceId: InstanceId;
  readonly state: InstanceState;
  readonly tags: Readonly<Record<string, string>>;
  readonly launchTimeMs: number;
  /** Primary first, then as EC2 lists them. */
  readonly privateIps: readonly ObservedPrivateIp[];
  readonly publicIp?: Ipv4;
}

export interface ObservedElasticIp {
  readonly allocationId: AllocationId;
  readonly publicIp: Ipv4;
  readonly tags: Readonly<Record<string, string>>;
  readonly association?: {
    readonly associationId: AssociationId;
    readonly networkInterfaceId: NetworkInterfaceId;
    readonly privateIp: Ipv4;
    readonly instanceId?: InstanceId;
  };
}

/** All that Route 53 holds at one name of one zone. */
export interface ObservedName {
  readonly zoneId: HostedZoneId;
  readonly name: DnsName;
  readonly records: readonly RecordSet[];
  readonly foreign: readonly ForeignRecordSet[];
}

/** A role as it is stored: what the operator wrote, with its zones resolved. */
export interface Role {
  readonly name: RoleName;
  readonly spec: RoleSpec;
  /** Grows by one with each apply. */
  readonly version: number;
  /** Every `zone` of the spec, to the id of its hosted zone. */
  readonly zoneIds: Readonly<Record<string, HostedZoneId>>;
}

/** Everything a plan is made from: plain data, read once for a whole set of roles. */
export interface Observed {
  readonly role: Role;
  readonly state: RoleState;
  /** Instances that carry the role's tag, and the holder even when it does not; gone ones may be missing. */
  readonly instances: readonly ObservedInstance[];
  readonly elasticIps: readonly ObservedElasticIp[];
  /** What Route 53 holds at the role's names; undefined when it was not asked, which is the rule on an event. */
  readonly names: readonly ObservedName[] | undefined;
  readonly region: string;
  readonly roleTagKey: string;
}
