import type { ControllerError } from './errors.ts';
import type { InstanceId } from './ids.ts';
import type { Refusal, Verdict } from './role-plan.ts';

/** How long each step took, in milliseconds, over all rounds. */
export interface Steps {
  readonly observeMs: number;
  readonly claimMs: number;
  readonly applyMs: number;
}

/** Who holds one slot now, and who did before. */
export interface SlotHolding {
  readonly slot: number;
  readonly holder: InstanceId | undefined;
  readonly from: InstanceId | undefined;
  readonly generation: number;
}

/** Who holds the role now: slot 0 of it, and every slot. */
export interface Holding {
  readonly holder: InstanceId | undefined;
  readonly generation: number;
  readonly slots: readonly SlotHolding[];
  /** Candidates that `allow` turned away. */
  readonly unauthorized: readonly Verdict[];
}

/** What came of waking up for one role. A value for everything that is expected to happen. */
export type Outcome =
  /** Something was changed, and now desired equals observed. `changes` are the words of what was done. */
  | (Holding & {
      readonly kind: 'converged';
      readonly from: InstanceId | undefined;
      readonly changes: readonly string[];
      readonly steps: Steps;
    })
  /** Nothing to do: zero writes. */
  | (Holding & { readonly kind: 'noop' })
  /** Not ours: no role of that name, no tag. */
  | { readonly kind: 'ignored'; readonly reason: string }
  /** Something must happen first, and it will wake us. */
  | { readonly kind: 'waiting'; readonly reason: string }
  /** Somebody with a newer claim acted. */
  | { readonly kind: 'superseded'; readonly reason: string }
  /** A safety check said no; what it said no to was not touched. */
  | (Holding & {
      readonly kind: 'refused';
      readonly refusals: readonly Refusal[];
      readonly changes: readonly string[];
    })
  /** A slot has nobody who could hold it. */
  | (Holding & {
      readonly kind: 'vacant';
      readonly verdicts: readonly Verdict[];
      readonly changes: readonly string[];
    })
  /** It went wrong; by its disposition the message is tried again or ends in the dead-letter queue. */
  | { readonly kind: 'failed'; readonly error: ControllerError };
