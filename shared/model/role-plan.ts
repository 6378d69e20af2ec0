import type { Change } from './change.ts';
import type { InstanceId } from './ids.ts';
import type { SlotState, Written } from './role-state.ts';

/** What election says of one candidate, in a word for machines and a sentence for people. */
export interface Verdict {
  readonly instanceId: InstanceId;
  readonly kind: 'holder' | 'ready' | 'waiting' | 'leaving' | 'unhealthy' | 'stopped' | 'refused' | 'gone';
  readonly words: string;
  /** It asks for the role and `allow` says no: somebody should know. */
  readonly isUnauthorized?: boolean;
}

/** Something that safety forbids. Nothing foreign is touched; the rest of the role goes on. */
export interface Refusal {
  readonly code:
    | 'ElasticIpNotFound'
    | 'ElasticIpAmbiguous'
    | 'ElasticIpNotOurs'
    | 'PoolExhausted'
    | 'NoFreePrivateIp'
    | 'NoPublicIp'
    | 'NoPrivateIp'
    | 'NoIpv6'
    | 'NoName'
    | 'NoReverseZone'
    | 'NoTag'
    | 'PrivateIpNotOurs'
    | 'Ipv6NotOurs'
    | 'NetworkInterfaceNotFound'
    | 'NetworkInterfaceNotOurs'
    | 'RouteTableNotFound'
    | 'RouteNotOurs'
    | 'RecordNotOurs';
  /** Names the thing, what was found, and what would allow it. */
  readonly words: string;
}

/** One slot's part of a plan. */
export interface SlotPlan {
  readonly slot: number;
  /** The slot as it was read. */
  readonly before: SlotState;
  /** Who holds the slot once the plan is done; undefined leaves it vacant. */
  readonly holder: InstanceId | undefined;
  readonly changes: readonly Change[];
  /** What is as it should be already, and stays. */
  readonly standing: Written;
  /** The keys of what was written and is no longer wanted, gone or not: `recordKey`, or a placement's resource. */
  readonly dropped: ReadonlySet<string>;
  readonly refusals: readonly Refusal[];
}

/** Something to tell Auto Scaling about an instance that one of its hooks holds. */
export interface HookAnswer {
  readonly instanceId: InstanceId;
  readonly answer: 'continue' | 'abandon' | 'wait';
  readonly words: string;
}

interface Planned {
  readonly slots: readonly SlotPlan[];
  /** One per candidate, in the order of election. */
  readonly verdicts: readonly Verdict[];
}

export type RolePlan =
  /** Desired equals observed, or nothing can be done: no claim, no write. */
  | (Planned & { readonly kind: 'rest' })
  /** A claim is needed: another holder, changes to make, or an unsettled claim to finish. */
  | (Planned & { readonly kind: 'act' })
  /** An operator froze the role: this is what would be done. */
  | (Planned & { readonly kind: 'frozen'; readonly by: string })
  /** Somebody holds the lease: tell them to look again. */
  | { readonly kind: 'busy'; readonly owner: string; readonly expiresAtMs: number }
  /** The read contradicts what we have reason to believe; read again shortly, then believe the read. */
  | { readonly kind: 'doubt'; readonly reason: string };
