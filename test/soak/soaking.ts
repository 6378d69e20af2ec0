import type { Random } from '../../localcloud/core/random.ts';
import type { Chronicle } from './chronicle.ts';
import type { Laws, Violation } from './laws.ts';
import { lookAt } from './look.ts';
import type { SoakStage } from './stage.ts';
import type { Weather } from './trouble.ts';

/** What a soak came to so far. */
export interface Counts {
  days: number;
  steps: number;
  looks: number;
  invocations: number;
  killed: number;
  deadLetters: number;
}

/** A law was broken: the soak ends here. */
export class LawBroken extends Error {
  override readonly name = 'LawBroken';
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[]) {
    super(violations.map(({ law, words }) => `"${law}" is broken: ${words}`).join('\n'));
    this.violations = violations;
  }
}

/** What people work on, and what they note of it. */
export interface Doing {
  readonly stage: SoakStage;
  readonly chronicle: Chronicle;
  /** Takes each line that tells what happens. */
  readonly tell: (line: string) => void;
}

/** Everything that a day needs. */
export interface Soaking extends Doing {
  readonly laws: Laws;
  readonly weather: Weather;
  readonly counts: Counts;
  /** Called again and again while something goes on. */
  readonly onGoingOn: () => Promise<void>;
  /** Somebody interrupted the soak. */
  readonly isOver: () => boolean;
}

/** Lets time pass in slices, and looks after each whether a law was broken. */
export async function passTime(soaking: Soaking, durationMs: number, sliceMs: () => number): Promise<void> {
  let leftMs = durationMs;
  do {
    const nextMs = Math.min(leftMs, sliceMs());
    await soaking.stage.control.passTime(nextMs);
    leftMs -= nextMs;
    await look(soaking);
  } while (leftMs > 0 && !soaking.isOver());
}

/** @throws LawBroken */
export async function look({ stage, laws, counts, onGoingOn }: Soaking): Promise<void> {
  counts.looks += 1;
  await onGoingOn();
  mustHold(laws.check(await lookAt(stage)));
}

/** Slices of by day, in milliseconds: often so short that something is under way at their end. */
export function sliceOf(random: Random): number {
  return random.integer(3) === 0 ? random.integer(1_000) : 1_000 + random.integer(14_000);
}

/** @throws LawBroken when there is anything. */
export function mustHold(violations: readonly Violation[]): void {
  if (violations.length > 0) throw new LawBroken(violations);
}
