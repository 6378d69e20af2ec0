import type { Change } from '../model/change.ts';
import { describeChange } from '../model/change.ts';
import type { InstanceId } from '../model/ids.ts';
import type { Observed } from '../model/observed.ts';
import type { Holding, Outcome, Steps } from '../model/outcome.ts';
import type { SlotPlan, Verdict } from '../model/role-plan.ts';

/** A plan of which nothing is left to do, and the generation that each slot has now. */
export interface Finished {
  readonly observed: Observed;
  readonly slots: readonly SlotPlan[];
  readonly verdicts: readonly Verdict[];
  readonly generationOf: (slot: SlotPlan) => number;
}

/** What happened to one role over the rounds of one pass. */
export class Progress {
  readonly #changes = new Map<number, Change[]>();
  readonly #from = new Map<number, InstanceId | undefined>();
  #lostTo: string | undefined;
  steps: Steps = { observeMs: 0, claimMs: 0, applyMs: 0 };

  spent(step: keyof Steps, durationMs: number): void {
    this.steps = { ...this.steps, [step]: this.steps[step] + durationMs };
  }

  lost(reason: string): void {
    this.#lostTo = reason;
  }

  /** `from` is the holder before the first of the rounds. */
  acted(slot: number, from: InstanceId | undefined, changes: readonly Change[]): void {
    if (!this.#from.has(slot)) this.#from.set(slot, from);
    this.#changes.set(slot, [...(this.#changes.get(slot) ?? []), ...changes]);
  }

  /** All that was done so far for one slot, in words. */
  changesOf(slot: number): readonly string[] {
    return (this.#changes.get(slot) ?? []).map(describeChange);
  }

  /** The outcome once nothing is left to do. */
  outcome({ observed: { role }, slots, verdicts, generationOf }: Finished): Outcome {
    const changes = [...this.#changes.values()].flat().map(describeChange);
    const [first] = slots;
    const holding: Holding = {
      holder: first?.holder,
      generation: first === undefined ? 0 : generationOf(first),
      slots: slots.map((each) => ({
        slot: each.slot,
        holder: each.holder,
        from: this.#from.has(each.slot) ? this.#from.get(each.slot) : each.before.holder,
        generation: generationOf(each),
      })),
      unauthorized: verdicts.filter(({ isUnauthorized }) => isUnauthorized === true),
    };
    const refusals = slots.flatMap((each) => each.refusals);
    if (refusals.length > 0) return { kind: 'refused', ...holding, refusals, changes };
    const vacant = slots.filter(({ slot, holder }) => slot < role.spec.slots && holder === undefined);
    const hasActed = this.#from.size > 0;
    if (vacant.length === slots.length || (vacant.length > 0 && !hasActed)) {
      return vacancy({ holding, verdicts, changes });
    }
    if (hasActed) {
      return { kind: 'converged', ...holding, from: holding.slots[0]?.from, changes, steps: this.steps };
    }
    if (this.#lostTo !== undefined) return { kind: 'superseded', reason: this.#lostTo };
    return { kind: 'noop', ...holding };
  }
}

/** Nobody holds it: because one is on the way, or because there is no one. */
function vacancy({
  holding,
  verdicts,
  changes,
}: {
  readonly holding: Holding;
  readonly verdicts: readonly Verdict[];
  readonly changes: readonly string[];
}): Outcome {
  const onTheWay = verdicts.find(({ kind }) => kind === 'waiting');
  if (onTheWay !== undefined) return { kind: 'waiting', reason: `${onTheWay.instanceId}: ${onTheWay.words}` };
  return { kind: 'vacant', ...holding, verdicts, changes };
}
