import { setImmediate as nextTurn } from 'node:timers/promises';
import type { VirtualClock } from './clock.ts';

// Enough event-loop turns for any call that needs no time to pass, dynalite's included, to end.
const idleTurns = 40;

/** Lets everything run that does not wait for the clock. */
export async function letRun(): Promise<void> {
  for (let count = 0; count < idleTurns; count += 1) await nextTurn();
}

/** Advances to the next planned task; false when there is none at or before `untilMs`. */
function advanceToNextTimer(clock: VirtualClock, untilMs: number): boolean {
  const dueMs = clock.nextDueMs();
  if (dueMs === undefined || dueMs > untilMs) return false;
  clock.advanceTo(dueMs);
  return true;
}

/**
 * Lets virtual time pass as real time would: after each planned task, what it set going comes to rest (promises, calls)
 * before the next one is due. `VirtualClock.advanceBy` alone would run all tasks before any promise.
 */
export async function passTime(
  clock: VirtualClock,
  durationMs: number,
  untilAtRest: () => Promise<void> = letRun,
): Promise<void> {
  const untilMs = clock.now() + durationMs;
  do await untilAtRest();
  while (advanceToNextTimer(clock, untilMs));
  clock.advanceTo(untilMs);
  await untilAtRest();
}

/** The answer, with virtual time passing as long as it takes: a long poll ends without anybody moving the clock. */
export async function whileTimePasses<Answer>(clock: VirtualClock, answer: Promise<Answer>): Promise<Answer> {
  let isSettled = false;
  const settled = (): void => {
    isSettled = true;
  };
  answer.then(settled, settled);
  for (let turns = 1; !isSettled; turns += 1) {
    await nextTurn();
    if (turns % idleTurns === 0) advanceToNextTimer(clock, Number.POSITIVE_INFINITY);
  }
  return answer;
}
