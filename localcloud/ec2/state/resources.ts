/** Immutable snapshots of EC2's resources: a write puts a new snapshot on the shelf. */

export type Tags = ReadonlyMap<string, string>;

/** What all resources have in common. */
export interface Resource {
  readonly id: string;
  readonly tags: Tags;
  /** AWS's version of the tag set: 0 before the first tag, one more with each change. */
  readonly tagVersion: number;
}

export interface Vpc extends Resource {
  readonly cidrBlock: string;
  readonly cidrAssociationId: string;
  readonly ipv6CidrBlock: string | undefined;
  readonly ipv6AssociationId: string | undefined;
  readonly dhcpOptionsId: string;
  readonly isDefault: boolean;
  readonly isDnsSupportEnabled: boolean;
  readonly isDnsHostnamesEnabled: boolean;
}

export interface Subnet extends Resource {
  readonly vpcId: string;
  readonly availabilityZone: string;
  readonly cidrBlock: string;
  readonly ipv6CidrBlock: string | undefined;
  readonly ipv6AssociationId: string | undefined;
  readonly isDefaultForZone: boolean;
  readonly isPublicIpMappedOnLaunch: boolean;
  readonly isIpv6AssignedOnCreation: boolean;
}

export interface InternetGateway extends Resource {
  readonly vpcId: string | undefined;
}

export interface SecurityGroup extends Resource {
  readonly vpcId: string;
  readonly name: string;
  readonly description: string;
}

export interface Route {
  /** An IPv4 or IPv6 CIDR in its canonical form. */
  readonly destination: string;
  readonly target: RouteTarget;
  readonly origin: 'CreateRouteTable' | 'CreateRoute';
}

export type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'internet-gateway'; readonly internetGatewayId: string }
  | { readonly kind: 'network-interface'; readonly networkInterfaceId: string };

export interface RouteTableAssociation {
  readonly id: string;
  /** Undefined on the association that makes the table the main one of its VPC. */
  readonly subnetId: string | undefined;
}

export interface RouteTable extends Resource {
  readonly vpcId: string;
  readonly routes: readonly Route[];
  readonly associations: readonly RouteTableAssociation[];
}

/** How a private IP address is reached from the internet. */
export type PublicAssociation =
  | {
      readonly kind: 'elastic';
      readonly publicIp: string;
      readonly allocationId: string;
      readonly associationId: string;
    }
  | { readonly kind: 'auto'; readonly publicIp: string };

export interface PrivateIp {
  readonly address: string;
  readonly isPrimary: boolean;
  readonly association: PublicAssociation | undefined;
}

export interface Attachment {
  readonly id: string;
  readonly instanceId: string;
  readonly deviceIndex: number;
  readonly status: 'attaching' | 'attached' | 'detaching';
  readonly attachTime: Date;
  readonly isDeletedOnTermination: boolean;
}

export interface NetworkInterface extends Resource {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly availabilityZone: string;
  readonly description: string;
  readonly macAddress: string;
  readonly groupIds: readonly string[];
  readonly isSourceDestChecked: boolean;
  /** The primary address comes first. */
  readonly privateIps: readonly PrivateIp[];
  readonly ipv6Addresses: readonly string[];
  readonly attachment: Attachment | undefined;
  /** Launched with an auto-assigned public IP: EC2 then gives it a new one whenever it may have one. */
  readonly isPublicIpAutoAssigned: boolean;
}

export interface Address extends Resource {
  readonly publicIp: string;
  readonly association: AddressAssociation | undefined;
  readonly ptr: PtrRecord | undefined;
}

export interface AddressAssociation {
  readonly id: string;
  readonly networkInterfaceId: string;
  readonly privateIpAddress: string;
}

export interface PtrRecord {
  /** The name that reverse lookups give; undefined while none is set. */
  readonly name: string | undefined;
  /** The name on its way in, or `undefined` when the record is being removed. */
  readonly pending: { readonly name: string | undefined } | undefined;
}

export type InstanceStateName =
  | 'pending'
  | 'running'
  | 'shutting-down'
  | 'terminated'
  | 'stopping'
  | 'stopped';

export interface StateReason {
  readonly code: string;
  readonly message: string;
}

export interface Instance extends Resource {
  readonly reservationId: string;
  readonly clientToken: string | undefined;
  readonly launchIndex: number;
  readonly launchTime: Date;
  readonly imageId: string;
  readonly instanceType: string;
  readonly keyName: string | undefined;
  readonly profile: { readonly arn: string; readonly id: string } | undefined;
  readonly userData: string | undefined;
  readonly isMonitored: boolean;
  readonly isTerminationProtected: boolean;
  readonly shutdownBehavior: 'stop' | 'terminate';
  readonly state: InstanceStateName;
  readonly stateReason: StateReason | undefined;
  /** Free text such as `User initiated (2026-01-01 00:00:00 GMT)`; empty while running. */
  readonly transitionReason: string;
  /** When it last began to run, in milliseconds since the epoch; status checks start from here. */
  readonly runningSinceMs: number | undefined;
  readonly availabilityZone: string;
  /** Undefined once terminated. */
  readonly place: { readonly vpcId: string; readonly subnetId: string } | undefined;
  /** By device index, the primary interface first. */
  readonly networkInterfaceIds: readonly string[];
  readonly rootVolumeId: string | undefined;
}

/** A launch template with its versions; version numbers are never used again. */
export interface LaunchTemplate extends Resource {
  readonly name: string;
  readonly createTime: Date;
  readonly defaultVersion: number;
  readonly latestVersion: number;
  /** By version number, in order. */
  readonly versions: ReadonlyMap<number, LaunchTemplateVersion>;
}

export interface LaunchTemplateVersion {
  readonly number: number;
  readonly description: string | undefined;
  readonly createTime: Date;
  /** RequestLaunchTemplateData as it was given, checked against its schema. */
  readonly data: object;
}

/** Root volumes are kept for their ids and tags only. */
export interface Volume extends Resource {
  readonly instanceId: string;
}
