import type { InstanceId, RoleName } from './ids.ts';
import type { Outcome, Steps } from './outcome.ts';

/** One move of a role, as it was: why, from whom, to whom, what was done, and how long each step took. */
export interface HistoryEntry {
  readonly role: RoleName;
  readonly slot: number;
  readonly timeMs: number;
  readonly generation: number;
  readonly outcome: Outcome['kind'];
  /** Why we woke, such as `ec2-state-change i-0abc terminated`. */
  readonly cause: string;
  readonly from: InstanceId | undefined;
  readonly to: InstanceId | undefined;
  readonly changes: readonly string[];
  readonly refusals: readonly string[];
  /** What election said of each candidate, such as `i-0abc ready to step in`. */
  readonly verdicts: readonly string[];
  readonly steps: Steps;
}
