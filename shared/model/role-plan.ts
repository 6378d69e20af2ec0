import type { Change } from './change.ts';
import type { InstanceId } from './ids.ts';
import type { SlotState, Written } from './role-state.ts';

/** What election says of one candidate, in a word for machines and a sentence for people. */
export interface Verdict {
  readonly instanceId: InstanceId;
  readonly kind: 'holder' | 'ready' | 'waiting' | 'stopped' | 'refused' | 'gone';
  readonly words: string;
}

/** Something that safety forbids. Nothing foreign is touched; the rest of the role goes on. */
export interface Refusal {
  readonly code:
    | 'ElasticIpNotFound'
    | 'ElasticIpAmbiguous'
    | 'ElasticIpNotOurs'
    | 'NoFreePrivateIp'
    | 'NoPublicIp'
    | 'NoPrivateIp'
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
  readonly refusals: readonly Refusal[];
  readonly verdicts: readonly Verdict[];
}

export type RolePlan =
  /** Desired equals observed, or nothing can be done: no claim, no write. */
  | { readonly kind: 'rest'; readonly slots: readonly SlotPlan[] }
  /** A claim is needed: another holder, changes to make, or an unsettled claim to finish. */
  | { readonly kind: 'act'; readonly slots: readonly SlotPlan[] }
  /** Somebody holds the lease: tell them to look again. */
  | { readonly kind: 'busy'; readonly owner: string; readonly expiresAtMs: number }
  /** The read contradicts what we have reason to believe; read again shortly, then believe the read. */
  | { readonly kind: 'doubt'; readonly reason: string };
