import type { AssociateAddress, ChangeRecord } from '../model/change.ts';
import type { DnsName } from '../model/dns-name.ts';
import type { ControllerError } from '../model/errors.ts';
import type { HistoryEntry } from '../model/history-entry.ts';
import type { AssociationId, HostedZoneId, InstanceId, RoleName } from '../model/ids.ts';
import type { ObservedElasticIp, ObservedInstance, ObservedName, Role } from '../model/observed.ts';
import type { Lease, RoleState, SlotState } from '../model/role-state.ts';

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
  /** Writes what was done and gives the lease back, if the claim still stands. */
  readonly settle: (role: RoleName, claimed: RoleState, slots: readonly SlotState[]) => Promise<ClaimResult>;
  /** Gives the lease back and leaves the intent for whoever comes next. */
  readonly release: (role: RoleName, claimed: RoleState) => Promise<void>;
  /** Tells the owner of a lease to look again. False when that lease is no longer there: look yourself. */
  readonly askAgain: (role: RoleName, owner: string) => Promise<boolean>;
  readonly remember: (memories: Memories) => Promise<void>;
}

/** What operators write and read beside the reconciling; the command uses it, the functions do not. */
export interface RoleCatalogue {
  /** Stores the spec as the next version; false when somebody applied another version meanwhile. */
  readonly apply: (role: Role) => Promise<boolean>;
  /** Forgets the spec. Generation, history, addresses and records stay as they are, and go on if it is defined again. */
  readonly remove: (role: RoleName) => Promise<void>;
  /** Newest first. */
  readonly history: (role: RoleName, max: number) => Promise<readonly HistoryEntry[]>;
}

export interface HostedZone {
  readonly id: HostedZoneId;
  readonly name: DnsName;
  readonly isPrivate: boolean;
}

/** Hosted zones, by what an operator writes. */
export interface ZoneDirectory {
  /** Every zone of that name: a public and several private ones may share it. */
  readonly byName: (name: DnsName) => Promise<readonly HostedZone[]>;
  /** Undefined when there is none. */
  readonly byId: (id: HostedZoneId) => Promise<HostedZone | undefined>;
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
  /**
   * @throws ControllerError `conflict` when the address was taken meanwhile or the holder is gone, `retryable` while it
   * is pending or the call is throttled, `permanent` otherwise.
   */
  readonly associate: (change: AssociateAddress) => Promise<AssociationId>;
}

export interface Route53 {
  /** Everything that stands at each of the names; a name without records comes back empty. */
  readonly read: (
    names: readonly { readonly zoneId: HostedZoneId; readonly name: DnsName }[],
  ) => Promise<readonly ObservedName[]>;
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
  readonly surroundings: Surroundings;
}

export interface Settings {
  readonly region: string;
  readonly roleTagKey: string;
  /** How long a claim may take to apply; longer than any healthy apply, shorter than the queue's visibility timeout. */
  readonly leaseDurationMs: number;
}
