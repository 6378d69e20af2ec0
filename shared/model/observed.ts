import type { DnsName } from './dns-name.ts';
import type {
  AllocationId,
  AssociationId,
  AttachmentId,
  HostedZoneId,
  InstanceId,
  Ipv4,
  Ipv4Cidr,
  Ipv6,
  NetworkInterfaceId,
  RoleName,
  RouteTableId,
  SubnetId,
  TargetGroupArn,
  VpcId,
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

/** An interface as its instance shows it. */
export interface ObservedAttachment {
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly attachmentId: AttachmentId | undefined;
  readonly deviceIndex: number;
  readonly subnetId: SubnetId | undefined;
  readonly checksSourceDest: boolean;
  /** The interface's own primary address first. */
  readonly privateIps: readonly Ipv4[];
  readonly ipv6s: readonly Ipv6[];
}

export interface ObservedInstance {
  readonly instanceId: InstanceId;
  readonly state: InstanceState;
  readonly tags: Readonly<Record<string, string>>;
  readonly launchTimeMs: number;
  /** Primary first, then as EC2 lists them. */
  readonly privateIps: readonly ObservedPrivateIp[];
  readonly publicIp?: Ipv4;
  readonly privateName?: DnsName;
  readonly publicName?: DnsName;
  /** By device index. */
  readonly attachments: readonly ObservedAttachment[];
  readonly vpcId?: VpcId;
  readonly subnetId?: SubnetId;
  /** Availability Zone, such as eu-west-1a. */
  readonly zone: string;
  readonly instanceType: string;
  readonly imageId: string;
  readonly accountId: string;
  readonly instanceProfileArn?: string;
  readonly securityGroupIds: readonly string[];
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

/** An interface that a role moves, or one that carries an address which a role moves. */
export interface ObservedNetworkInterface {
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly subnetId: SubnetId;
  readonly vpcId: VpcId;
  readonly zone: string;
  /** The interface's own primary address first. */
  readonly privateIps: readonly Ipv4[];
  readonly ipv6s: readonly Ipv6[];
  /** Absent while it is available. */
  readonly attachment?: {
    readonly attachmentId: AttachmentId;
    /** Absent for interfaces of AWS's own services. */
    readonly instanceId?: InstanceId;
    readonly deviceIndex: number;
    readonly deletesOnTermination: boolean;
    readonly status: 'attaching' | 'attached' | 'detaching' | 'detached';
  };
}

export interface ObservedRoute {
  readonly cidr: Ipv4Cidr;
  readonly networkInterfaceId?: NetworkInterfaceId;
  readonly isBlackhole: boolean;
  /** What it points at, for people. */
  readonly target: string;
}

export interface ObservedRouteTable {
  readonly routeTableId: RouteTableId;
  readonly vpcId: VpcId;
  readonly routes: readonly ObservedRoute[];
}

export interface ObservedSubnet {
  readonly subnetId: SubnetId;
  readonly zone: string;
  readonly cidr: Ipv4Cidr;
  readonly ipv6Cidrs: readonly string[];
}

/** How much an instance type takes. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html */
export interface InstanceTypeLimits {
  readonly interfacesMax: number;
  readonly ipv4PerInterfaceMax: number;
  readonly ipv6PerInterfaceMax: number;
}

export interface ObservedTarget {
  readonly targetGroupArn: TargetGroupArn;
  readonly instanceId: InstanceId;
  readonly port: number;
}

/** What only some kinds of address need; empty where no role of the set has such a kind. */
export interface ObservedNetwork {
  readonly interfaces: readonly ObservedNetworkInterface[];
  readonly routeTables: readonly ObservedRouteTable[];
  readonly subnets: readonly ObservedSubnet[];
  /** By instance type. */
  readonly limits: Readonly<Record<string, InstanceTypeLimits>>;
  readonly targets: readonly ObservedTarget[];
  /**
   * Reverse names of Elastic IPs, by allocation id; empty for one that has none. An Elastic IP that is no key here was not
   * asked about, and nothing is to be concluded.
   */
  readonly reverseNames: Readonly<Record<string, DnsName | ''>>;
}

export const noNetwork: ObservedNetwork = {
  interfaces: [],
  routeTables: [],
  subnets: [],
  limits: {},
  targets: [],
  reverseNames: {},
};

/** All that Route 53 holds at one name of one zone. */
export interface ObservedName {
  readonly zoneId: HostedZoneId;
  readonly name: DnsName;
  readonly records: readonly RecordSet[];
  readonly foreign: readonly ForeignRecordSet[];
}

/** A reverse zone, such as 10.in-addr.arpa. */
export interface ReverseZone {
  readonly name: DnsName;
  readonly zoneId: HostedZoneId;
}

/** A role as it is stored: what the operator wrote, with its zones resolved. */
export interface Role {
  readonly name: RoleName;
  readonly spec: RoleSpec;
  /** Grows by one with each apply. */
  readonly version: number;
  /** Every `zone` of the spec, by its `zoneKey`, to the id of its hosted zone. */
  readonly zoneIds: Readonly<Record<string, HostedZoneId>>;
  /** Where the PTR records of `reverse: true` may go. */
  readonly reverseZones: readonly ReverseZone[];
}

/** Everything a plan is made from: plain data, read once for a whole set of roles. */
export interface Observed {
  readonly role: Role;
  readonly state: RoleState;
  /** Instances that carry the role's tag, and the holders even when they do not; gone ones may be missing. */
  readonly instances: readonly ObservedInstance[];
  readonly elasticIps: readonly ObservedElasticIp[];
  readonly network: ObservedNetwork;
  /** EC2's status checks by instance id; only of roles that elect by them. */
  readonly statusChecks: Readonly<
    Record<string, 'ok' | 'impaired' | 'initializing' | 'insufficient-data' | 'not-applicable'>
  >;
  /** Who owns an image, by image id: account ids and aliases. Only for roles whose `allow` asks for it. */
  readonly imageOwners: Readonly<Record<string, readonly string[]>>;
  /** What Route 53 holds at the role's names; undefined when it was not asked, which is the rule on an event. */
  readonly names: readonly ObservedName[] | undefined;
  readonly region: string;
  readonly roleTagKey: string;
}
