import type { Change } from './change.ts';
import type { AlarmFact, InstanceFacts, OperatorWords } from './facts.ts';
import type { AllocationId, AssociationId, InstanceId, Ipv4, NetworkInterfaceId } from './ids.ts';
import type { Placement } from './placement.ts';
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
  /** One per resource. */
  readonly placements: readonly Placement[];
  readonly records: readonly RecordSet[];
}

/** A change of holder that another claim replaced before it was settled: whether it was carried out, nobody knows. */
export interface ReplacedMove {
  readonly generation: number;
  readonly claimedAtMs: number;
  readonly from?: InstanceId;
  readonly to?: InstanceId;
  readonly cause: string;
}

/** A change of holder that is not settled yet: from whom, why, and the unsettled ones before it, oldest first. */
export interface UnsettledMove {
  readonly from?: InstanceId;
  readonly cause: string;
  readonly replaced?: readonly ReplacedMove[];
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
  /**
   * The latest changes of claims that are settled or were replaced, for the while in which a call for them may still be under
   * way: AWS has no fence where the thing looks as it did before. What they make is ours, should it turn up.
   */
  readonly late?: readonly Change[];
  readonly move?: UnsettledMove;
  /** When `written` last became true; within the consistency window a contradicting read is read again. */
  readonly settledAtMs: number;
}

/** The short exclusive right to apply a claim. */
export interface Lease {
  readonly owner: string;
  readonly expiresAtMs: number;
}

/**
 * An instance that EC2 would not give the role's addresses to, or whose end an event told before reads showed it: left out
 * of elections for a while.
 */
export interface Unfit {
  readonly instanceId: InstanceId;
  readonly words: string;
  readonly untilMs: number;
  /** How long that is in all, of one that was refused: twice as long when it is refused again. */
  readonly durationMs?: number;
}

export interface RoleState {
  readonly slots: readonly SlotState[];
  readonly lease?: Lease;
  /** Grows by one whenever somebody woke up for the role while another held the lease. */
  readonly askedAgain: number;
  /** Grows by one with each claim and settle; every write is conditional on the one that was read. 0 = no item yet. */
  readonly revision: number;
  /** What events told of the role's candidates; written by whoever learns it, whoever holds the lease. */
  readonly facts: Readonly<Record<string, InstanceFacts>>;
  /** Which revision of each instance's facts that is. */
  readonly factRevisions: Readonly<Record<string, number>>;
  /** Alarms that name the role itself, by alarm name. */
  readonly alarms: Readonly<Record<string, AlarmFact>>;
  readonly words: OperatorWords;
  readonly unfit: readonly Unfit[];
}

export const nothingWritten: Written = { associations: [], placements: [], records: [] };

export const noState: RoleState = {
  slots: [],
  askedAgain: 0,
  revision: 0,
  facts: {},
  factRevisions: {},
  alarms: {},
  words: {},
  unfit: [],
};

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

/** The slots that the spec wants, and those of an earlier, larger one. In their order. */
export function slotsOf(state: RoleState, slots: number): readonly SlotState[] {
  const beyond = state.slots.filter(({ slot }) => slot >= slots);
  return [...Array.from({ length: slots }, (_, slot) => slotOf(state, slot)), ...beyond];
}
