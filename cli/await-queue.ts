import type { Queue } from './queue.ts';

/** Time, injected so that it can be simulated. */
export interface Patience {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (durationMs: number) => Promise<void>;
  /** For so long something is waited for. */
  readonly timeoutMs: number;
}

const pollMs = 2_000;

/** Asks again and again until the answer is yes; false when time ran out. */
export async function waitUntil(
  { now, sleep, timeoutMs }: Patience,
  isSo: () => Promise<boolean>,
): Promise<boolean> {
  const endMs = now() + timeoutMs;
  for (;;) {
    await sleep(pollMs);
    if (await isSo()) return true;
    if (now() >= endMs) return false;
  }
}

/** Waits until nothing is in the queue any more: all of it was taken, and nothing of it came back. */
export async function waitUntilTaken(queue: Queue, patience: Patience): Promise<boolean> {
  return waitUntil(patience, async () => {
    const { visible, inFlight } = await queue.depth();
    return visible + inFlight === 0;
  });
}
