import type { DnsName } from './dns-name.ts';
import type {
  AllocationId,
  AssociationId,
  AttachmentId,
  InstanceId,
  Ipv4,
  Ipv4Cidr,
  Ipv6,
  NetworkInterfaceId,
  RouteTableId,
  TargetGroupArn,
} from './ids.ts';
import type { RecordSet } from './record-set.ts';
import { contentInWords, describeRecordSet } from './record-set.ts';

/** Associate an Elastic IP with one private address of the holder. */
export interface AssociateAddress {
  readonly kind: 'associate-address';
  readonly allocationId: AllocationId;
  readonly publicIp: Ipv4;
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly privateIp: Ipv4;
  readonly instanceId: InstanceId;
  /** False when the address was seen free: EC2 then refuses if somebody took it meanwhile. */
  readonly allowReassociation: boolean;
  /** The association that it was seen with: once the call is done, only a read that lags shows that one. */
  readonly replaces?: AssociationId;
}

/** Give an Elastic IP its name for reverse lookups; its forward record must exist by then. */
export interface SetReverseName {
  readonly kind: 'set-reverse-name';
  readonly allocationId: AllocationId;
  readonly publicIp: Ipv4;
  readonly name: DnsName;
}

/** Move a secondary private address, with the Elastic IP that is on it, in one call. */
export interface AssignPrivateIp {
  readonly kind: 'assign-private-ip';
  readonly privateIp: Ipv4;
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly instanceId: InstanceId;
  /** False when the address was seen free: EC2 then refuses if somebody took it meanwhile. */
  readonly allowReassignment: boolean;
}

/** Move an IPv6 address: unassigned from where it was seen, then assigned; EC2 has no single call for it. */
export interface AssignIpv6 {
  readonly kind: 'assign-ipv6';
  readonly ipv6: Ipv6;
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly instanceId: InstanceId;
  readonly from?: NetworkInterfaceId;
}

/** Detach an interface from where it was seen, attach it to the holder, and keep it from dying with the holder. */
export interface AttachNetworkInterface {
  readonly kind: 'attach-network-interface';
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly instanceId: InstanceId;
  readonly deviceIndex: number;
  readonly from?: AttachmentId;
}

/** Let an interface forward packets that are not addressed to it. */
export interface DisableSourceDestCheck {
  readonly kind: 'disable-source-dest-check';
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly instanceId: InstanceId;
}

/** Point a route at the holder's interface. */
export interface ReplaceRoute {
  readonly kind: 'replace-route';
  readonly routeTableId: RouteTableId;
  readonly cidr: Ipv4Cidr;
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly instanceId: InstanceId;
  /** False when the table has no such route yet: it is created. */
  readonly exists: boolean;
}

export interface RegisterTarget {
  readonly kind: 'register-target';
  readonly targetGroupArn: TargetGroupArn;
  readonly instanceId: InstanceId;
  /** The target group's own port unless given. */
  readonly port?: number;
}

export interface DeregisterTarget {
  readonly kind: 'deregister-target';
  readonly targetGroupArn: TargetGroupArn;
  readonly instanceId: InstanceId;
  readonly port?: number;
}

/** Replace a record set by another in one atomic batch: DELETE of exactly `before`, CREATE of `after`. */
export interface ChangeRecord {
  readonly kind: 'change-record';
  /** Undefined when there is nothing at that name and type yet. */
  readonly before?: RecordSet;
  /** Undefined when the spec no longer wants the record. */
  readonly after?: RecordSet;
}

/** An effect on EC2 or Elastic Load Balancing. */
export type AddressChange = Exclude<Change, ChangeRecord>;

/** One intended effect; data, so that it can be journalled, shown, compared and replayed. */
export type Change =
  | AssociateAddress
  | SetReverseName
  | AssignPrivateIp
  | AssignIpv6
  | AttachNetworkInterface
  | DisableSourceDestCheck
  | ReplaceRoute
  | RegisterTarget
  | DeregisterTarget
  | ChangeRecord;

/**
 * What must be done before what: an interface brings its addresses along, an Elastic IP wants the private address that it
 * goes on, a reverse name wants its forward record. Changes of one stage are made side by side.
 */
export function stageOf(change: Change): 0 | 1 | 2 | 3 {
  switch (change.kind) {
    case 'attach-network-interface':
      return 0;
    case 'assign-private-ip':
    case 'assign-ipv6':
    case 'disable-source-dest-check':
      return 1;
    case 'associate-address':
    case 'replace-route':
    case 'register-target':
    case 'change-record':
      return 2;
    case 'deregister-target':
    case 'set-reverse-name':
      return 3;
  }
}

/** One line for people, the same words in plan, timeline and history. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case 'associate-address':
      return `associate ${change.publicIp} (${change.allocationId}) with ${change.instanceId} at ${change.privateIp}`;
    case 'set-reverse-name':
      return `set the reverse name of ${change.publicIp} (${change.allocationId}) to ${change.name}`;
    case 'assign-private-ip':
      return `assign ${change.privateIp} to ${change.instanceId} (${change.networkInterfaceId})`;
    case 'assign-ipv6':
      return `assign ${change.ipv6} to ${change.instanceId} (${change.networkInterfaceId})`;
    case 'attach-network-interface':
      return `attach ${change.networkInterfaceId} to ${change.instanceId} as device ${change.deviceIndex}`;
    case 'disable-source-dest-check':
      return `disable the source/destination check of ${change.networkInterfaceId}`;
    case 'replace-route':
      return `${change.exists ? 'replace' : 'create'} the route ${change.cidr} in ${change.routeTableId} to ${change.instanceId}`;
    case 'register-target':
      return `register ${targetInWords(change)}`;
    case 'deregister-target':
      return `deregister ${targetInWords(change)}`;
    case 'change-record':
      if (change.before === undefined)
        return change.after ? `create ${describeRecordSet(change.after)}` : 'nothing';
      if (change.after === undefined) return `delete ${describeRecordSet(change.before)}`;
      return `change ${describeRecordSet(change.before)} to ${contentInWords(change.after)}`;
  }
}

function targetInWords({ targetGroupArn, instanceId, port }: RegisterTarget | DeregisterTarget): string {
  const [, name = targetGroupArn] = targetGroupArn.split('/');
  return `${instanceId}${port === undefined ? '' : `:${port}`} with target group ${name}`;
}
