import { type Clock, VirtualClock } from '../core/clock.ts';
import { letRun } from '../core/pass-time.ts';
import type { Lambda } from './lambda.ts';

/** What settling works on; a cloud is one. */
export interface Settling {
  readonly clock: Clock;
  readonly rooms: { readonly lambda: Pick<Lambda, 'whenParked'> };
}

/** How far to go. */
export interface SettleOptions {
  /** Virtual milliseconds from now after which nothing more is awaited; an hour without it. */
  readonly horizonMs?: number;
  /** Asked whenever everything stands still; true ends the settling. */
  readonly until?: () => boolean;
}

/** Why settling ended: `until` came true, or nothing is planned within the horizon. */
export type Settled = 'met' | 'quiet';

const defaultHorizonMs = 3_600_000;

/**
 * Lets everything happen that is under way: waits (in real time, for events only) until all functions stand still, goes
 * to the next planned moment, and so on, until `until` is met or nothing is planned within the horizon. Time ends at
 * the last thing that happened. Throws when the clock is not virtual.
 */
export async function settle({ clock, rooms }: Settling, options: SettleOptions = {}): Promise<Settled> {
  if (!(clock instanceof VirtualClock)) throw new Error('only virtual time can be settled');
  const { horizonMs = defaultHorizonMs, until = () => false } = options;
  const endMs = clock.now() + horizonMs;
  for (;;) {
    await letRun();
    await rooms.lambda.whenParked();
    if (until()) return 'met';
    const dueMs = clock.nextDueMs();
    if (dueMs === undefined || dueMs > endMs) return 'quiet';
    clock.advanceTo(dueMs);
  }
}
