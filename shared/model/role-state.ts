import type { Change } from './change.ts';
import type { AllocationId, AssociationId, InstanceId, Ipv4, NetworkInterfaceId } from './ids.ts';
import type { RecordSet } from './record-set.ts';

/** An association that Understudy made, with the id that tells it from any later one of the same Elastic IP. */
export interface WrittenAssociation {
  readonly allocationId: AllocationId;
  readonly associationId: AssociationId;
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly privateIp: Ipv4;
}

/** What Understudy wrote for a slot: the only things that it will ever remove or replace unasked. */
export interface Written {
  readonly associations: readonly WrittenAssociation[];
  readonly records: readonly RecordSet[];
}

export interface SlotState {
  readonly slot: number;
  /** Nobody, when the slot is vacant. */
  readonly holder?: InstanceId;
  /** The fencing token: grows by one each time the slot gets another holder, or none. */
  readonly generation: number;
  readonly claimedAtMs: number;
  readonly written: Written;
  /** Changes that a claim meant to make and nobody has settled yet. Whoever comes next finishes them. */
  readonly intent: readonly Change[];
  /** A change of holder that is not settled yet: from whom, and why. */
  readonly move?: { readonly from?: InstanceId; readonly cause: string };
  /** When `written` last became true; within the consistency window a contradicting read is read again. */
  readonly settledAtMs: number;
}

/** The short exclusive right to apply a claim. */
export interface Lease {
  readonly owner: string;
  readonly expiresAtMs: number;
}

export interface RoleState {
  readonly slots: readonly SlotState[];
  readonly lease?: Lease;
  /** Grows by one whenever somebody woke up for the role while another held the lease. */
  readonly askedAgain: number;
  /** Grows by one with each claim and settle; every write is conditional on the one that was read. 0 = no item yet. */
  readonly revision: number;
}

export const nothingWritten: Written = { associations: [], records: [] };

export const noState: RoleState = { slots: [], askedAgain: 0, revision: 0 };

/** The slot as it stands, or as it stands before its first claim. */
export function slotOf(state: RoleState, slot: number): SlotState {
  return (
    state.slots.find((each) => each.slot === slot) ?? {
      slot,
      generation: 0,
      claimedAtMs: 0,
      written: nothingWritten,
      intent: [],
      settledAtMs: 0,
    }
  );
}
