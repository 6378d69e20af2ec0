import type { Change } from '../model/change.ts';
import { describeChange } from '../model/change.ts';
import type { InstanceId } from '../model/ids.ts';
import type { Outcome, Steps } from '../model/outcome.ts';
import type { SlotPlan } from '../model/role-plan.ts';

/** What happened to one role over the rounds of one pass. */
export class Progress {
  readonly #changes: Change[] = [];
  #from: InstanceId | undefined;
  #hasActed = false;
  #lostTo: string | undefined;
  steps: Steps = { observeMs: 0, claimMs: 0, applyMs: 0 };

  spent(step: keyof Steps, durationMs: number): void {
    this.steps = { ...this.steps, [step]: this.steps[step] + durationMs };
  }

  lost(reason: string): void {
    this.#lostTo = reason;
  }

  /** `from` is the holder before the first of the rounds. */
  acted(from: InstanceId | undefined, changes: readonly Change[]): void {
    if (!this.#hasActed) this.#from = from;
    this.#hasActed = true;
    this.#changes.push(...changes);
  }

  /** All that was done so far, in words. */
  get changes(): readonly string[] {
    return this.#changes.map(describeChange);
  }

  /** The outcome once nothing is left to do, from the slot as it was planned last and the generation it has now. */
  outcome(slot: SlotPlan, generation: number): Outcome {
    const { changes, steps } = this;
    const holding = { holder: slot.holder, generation };
    if (slot.refusals.length > 0) return { kind: 'refused', ...holding, refusals: slot.refusals, changes };
    if (slot.holder === undefined) return vacancy(slot, generation);
    if (this.#hasActed) return { kind: 'converged', ...holding, from: this.#from, changes, steps };
    if (this.#lostTo !== undefined) return { kind: 'superseded', reason: this.#lostTo };
    return { kind: 'noop', ...holding };
  }
}

/** Nobody holds it: because one is on the way, or because there is no one. */
function vacancy({ holder, verdicts }: SlotPlan, generation: number): Outcome {
  const onTheWay = verdicts.find(({ kind }) => kind === 'waiting');
  if (onTheWay !== undefined) return { kind: 'waiting', reason: `${onTheWay.instanceId}: ${onTheWay.words}` };
  return { kind: 'vacant', holder, generation, verdicts };
}
