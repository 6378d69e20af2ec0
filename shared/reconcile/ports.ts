import type { AddressChange, ChangeRecord } from '../model/change.ts';
import type { DnsName } from '../model/dns-name.ts';
import type { ControllerError } from '../model/errors.ts';
import type { AlarmFact, InstanceFacts, OperatorWords } from '../model/facts.ts';
import type { HistoryEntry } from '../model/history-entry.ts';
import type {
  AllocationId,
  HostedZoneId,
  InstanceId,
  Ipv4,
  Ipv6,
  NetworkInterfaceId,
  RoleName,
  RouteTableId,
  SubnetId,
  TargetGroupArn,
  VpcId,
} from '../model/ids.ts';
import type {
  Observed,
  ObservedElasticIp,
  ObservedInstance,
  ObservedName,
  ObservedNetwork,
  Role,
} from '../model/observed.ts';
import type { Lease, RoleState, SlotState, Unfit, WrittenAssociation } from '../model/role-state.ts';
import type { LifecycleAction } from '../model/trigger.ts';

/** Time and chance, injected so that both can be simulated. */
export interface Surroundings {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (durationMs: number) => Promise<void>;
  /** A name that nobody else has, for leases. */
  readonly uniqueName: () => string;
}

/** What is remembered of an instance, because its tags vanish at termination and this does not. */
export interface InstanceMemory {
  /** Roles that it asked for or held. */
  readonly roles: readonly RoleName[];
  /** It was seen terminated: for ever. */
  readonly isGone: boolean;
  readonly facts: InstanceFacts;
  /** Grows by one with each change of the facts; 0 where there are none. */
  readonly factsRevision: number;
}

export interface StoredRole {
  readonly role: Role;
  readonly state: RoleState;
}

/** What was read of a set of roles. Those that are not defined are in neither part. */
export interface StoredRoles {
  readonly stored: readonly StoredRole[];
  /** Roles whose item is not as Understudy writes it; the others are not held up by them. */
  readonly failures: ReadonlyMap<RoleName, ControllerError>;
}

export interface Claim {
  readonly role: RoleName;
  /** The state that the plan was made from; the claim is lost when it is no longer that. */
  readonly seen: RoleState;
  readonly lease: Lease;
  readonly slots: readonly SlotState[];
  readonly unfit: readonly Unfit[];
}

export type ClaimResult =
  | { readonly kind: 'claimed'; readonly state: RoleState }
  /** Somebody else wrote first. Nothing was changed. */
  | { readonly kind: 'lost' };

/** Rows to add to the memory of the controller; each is safe to write again. */
export interface Memories {
  readonly asked: readonly { readonly instanceId: InstanceId; readonly roles: readonly RoleName[] }[];
  readonly gone: readonly { readonly instanceId: InstanceId; readonly roles: readonly RoleName[] }[];
  readonly history: readonly HistoryEntry[];
}

/** Something learnt of a role that no Describe call shows: of one candidate, or of the role itself. */
export type Learnt = { readonly role: RoleName } & (
  | { readonly instanceId: InstanceId; readonly facts: InstanceFacts; readonly revision: number }
  | { readonly alarmName: string; readonly alarm: AlarmFact }
);

/** The controller's own memory. Every read is consistent, every decision is a condition. */
export interface RoleStore {
  readonly rememberedInstance: (instanceId: InstanceId) => Promise<InstanceMemory>;
  readonly readRoles: (names: readonly RoleName[]) => Promise<StoredRoles>;
  readonly listRoles: (page: {
    readonly after: RoleName | undefined;
    readonly max: number;
  }) => Promise<readonly RoleName[]>;
  /** Takes the lease and writes holder, generation and intent, if nobody wrote since the state was read. */
  readonly claim: (claim: Claim) => Promise<ClaimResult>;
  /** Writes what was done, forgets the facts of instances and gives the lease back, if the claim still stands. */
  readonly settle: (
    role: RoleName,
    claimed: RoleState,
    slots: readonly SlotState[],
    forgotten: readonly InstanceId[],
  ) => Promise<ClaimResult>;
  /** Gives the lease back and leaves the intent for whoever comes next; lost when the lease was no longer ours. */
  readonly release: (role: RoleName, claimed: RoleState) => Promise<ClaimResult>;
  /** Tells the owner of a lease to look again. False when that lease is no longer there: look yourself. */
  readonly askAgain: (role: RoleName, owner: string) => Promise<boolean>;
  readonly remember: (memories: Memories) => Promise<void>;
  /**
   * Keeps what is known of an instance, whatever roles it has or will ask for, as the revision after the one that was
   * read; false when somebody else did meanwhile. What is `passing` goes away by itself after a while.
   */
  readonly keepFacts: (
    instanceId: InstanceId,
    facts: InstanceFacts,
    seenRevision: number,
    passing?: boolean,
  ) => Promise<boolean>;
  /** Adds to the state of a role, whoever holds its lease; what is older than what stands there is left out. */
  readonly learn: (learnt: Learnt) => Promise<void>;
}

/** What operators write and read beside the reconciling; the command uses it, the functions do not. */
export interface RoleCatalogue {
  /** Stores the spec as the next version; false when somebody applied another version meanwhile. */
  readonly apply: (role: Role) => Promise<boolean>;
  /** Forgets the spec. Generation, history, addresses and records stay as they are, and go on if it is defined again. */
  readonly remove: (role: RoleName) => Promise<void>;
  /** Newest first. */
  readonly history: (role: RoleName, max: number) => Promise<readonly HistoryEntry[]>;
  /** Writes what an operator asks of a role; undefined takes it back. What is not named stays. */
  readonly say: (
    role: RoleName,
    words: { readonly [Word in keyof OperatorWords]: OperatorWords[Word] | undefined },
  ) => Promise<void>;
}

export interface HostedZone {
  readonly id: HostedZoneId;
  readonly name: DnsName;
  readonly isPrivate: boolean;
  /** The VPCs in which a private zone is seen; none for a public one. */
  readonly vpcIds: readonly VpcId[];
}

/** What to read for the kinds of address that some roles have. Each list without doubles; an empty one costs no call. */
export interface NetworkNeeds {
  readonly networkInterfaceIds: readonly NetworkInterfaceId[];
  /** Private addresses whose interfaces are looked for. */
  readonly privateIps: readonly Ipv4[];
  readonly ipv6s: readonly Ipv6[];
  readonly routeTableIds: readonly RouteTableId[];
  readonly subnetIds: readonly SubnetId[];
  readonly instanceTypes: readonly string[];
  readonly targetGroupArns: readonly TargetGroupArn[];
  /** Elastic IPs whose reverse names are wanted. */
  readonly reverseNamesOf: readonly AllocationId[];
}

/** Hosted zones, by what an operator writes. */
export interface ZoneDirectory {
  /** Every zone of that name: a public and several private ones may share it. */
  readonly byName: (name: DnsName) => Promise<readonly HostedZone[]>;
  /** Undefined when there is none. */
  readonly byId: (id: HostedZoneId) => Promise<HostedZone | undefined>;
  /** Every zone of the account for PTR records, in in-addr.arpa or ip6.arpa. */
  readonly reverseZones: () => Promise<readonly HostedZone[]>;
}

/** Where a scheduled pass over all roles left off when it ran out of time. */
export interface ResyncCursor {
  readonly read: () => Promise<RoleName | undefined>;
  readonly write: (after: RoleName | undefined) => Promise<void>;
}

export interface Ec2 {
  /** The value of the role tag of each instance that carries one, whatever its state. */
  readonly roleTags: (instanceIds: readonly InstanceId[]) => Promise<ReadonlyMap<InstanceId, string>>;
  /** Instances whose role tag names one of the roles; may hold a few more. All pages. */
  readonly instancesTagged: (roles: readonly RoleName[]) => Promise<readonly ObservedInstance[]>;
  /** Those of the instances that EC2 knows. */
  readonly instancesById: (instanceIds: readonly InstanceId[]) => Promise<readonly ObservedInstance[]>;
  /** All Elastic IPs of the account and region: one cheap call, however many roles. */
  readonly elasticIps: () => Promise<readonly ObservedElasticIp[]>;
  /** What only some kinds of address need, side by side, each list in as few calls as it takes. */
  readonly network: (needs: NetworkNeeds) => Promise<ObservedNetwork>;
  /** EC2's status checks of running instances. */
  readonly statusChecks: (instanceIds: readonly InstanceId[]) => Promise<Observed['statusChecks']>;
  /** Account ids and aliases of the owners of images. */
  readonly imageOwners: (imageIds: readonly string[]) => Promise<Observed['imageOwners']>;
  /**
   * Makes one change and returns when it is in effect: an interface is attached, a private address seen where it should be.
   * An association answers with its id.
   * @param mayBegin Asked right before each call that changes something, of which some changes take several, with time
   * between them; what it throws ends the change there. All may begin unless it is given.
   * @throws ControllerError `conflict` when the thing was taken meanwhile or the holder is gone, `retryable` while it
   * is pending or the call is throttled, `CandidateUnfit` (permanent) when this instance cannot take it and another might,
   * `permanent` otherwise.
   */
  readonly make: (change: AddressChange, mayBegin?: () => void) => Promise<WrittenAssociation | undefined>;
}

/** Auto Scaling's lifecycle hooks. An action that nobody waits for any more counts as answered. */
export interface LifecycleHooks {
  readonly complete: (
    instanceId: InstanceId,
    action: LifecycleAction,
    result: 'CONTINUE' | 'ABANDON',
  ) => Promise<void>;
  readonly heartbeat: (instanceId: InstanceId, action: LifecycleAction) => Promise<void>;
}

export interface RecordReader {
  /** Everything that stands at each of the names; a name without records comes back empty. */
  readonly read: (
    names: readonly { readonly zoneId: HostedZoneId; readonly name: DnsName }[],
  ) => Promise<readonly ObservedName[]>;
}

export interface Route53 extends RecordReader {
  /** Remembers what it has listed: what lies there costs no call again, and is as it was then. For one pass. */
  readonly createReader: () => RecordReader;
  /**
   * One atomic batch: all changes or none.
   * @throws ControllerError `conflict` when something is no longer as `before` says.
   */
  readonly change: (zoneId: HostedZoneId, changes: readonly ChangeRecord[], comment: string) => Promise<void>;
}

/** Everything that reconciling needs of the outside. */
export interface Ports {
  readonly store: RoleStore;
  readonly ec2: Ec2;
  readonly route53: Route53;
  readonly hooks: LifecycleHooks;
  readonly surroundings: Surroundings;
}

export interface Settings {
  readonly region: string;
  readonly roleTagKey: string;
  /** How long a claim may take to apply; longer than any healthy apply, shorter than the queue's visibility timeout. */
  readonly leaseDurationMs: number;
}
