import type { AllocationId, InstanceId, Ipv4, NetworkInterfaceId } from './ids.ts';
import type { RecordSet } from './record-set.ts';
import { describeRecordSet } from './record-set.ts';

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
}

/** Replace a record set by another in one atomic batch: DELETE of exactly `before`, CREATE of `after`. */
export interface ChangeRecord {
  readonly kind: 'change-record';
  /** Undefined when there is nothing at that name and type yet. */
  readonly before?: RecordSet;
  /** Undefined when the spec no longer wants the record. */
  readonly after?: RecordSet;
}

/** One intended effect; data, so that it can be journalled, shown, compared and replayed. */
export type Change = AssociateAddress | ChangeRecord;

/** One line for people, the same words in plan, timeline and history. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case 'associate-address':
      return `associate ${change.publicIp} (${change.allocationId}) with ${change.instanceId} at ${change.privateIp}`;
    case 'change-record':
      if (change.before === undefined)
        return change.after ? `create ${describeRecordSet(change.after)}` : 'nothing';
      if (change.after === undefined) return `delete ${describeRecordSet(change.before)}`;
      return `change ${describeRecordSet(change.before)} to ${change.after.ttlSeconds} ${change.after.values.join(' ')}`;
  }
}
