import type { LimitFunction } from 'p-limit';
import pLimit from 'p-limit';
import { toControllerError } from '../model/errors.ts';
import { throttlingCodes } from '../model/throttling.ts';
import type { Surroundings } from './ports.ts';

/** EC2 refills its bucket for address calls with 5 a second, after a burst of 50. */
const callsMax = 10;

/** How many of them when it has no room for all. Those that take EC2 many seconds are seldom in front of it. */
const callsWhenFull = { quick: 1, slow: 5 } as const;

/** Before another try, once EC2 had no room for one. */
const noRoomPauseMs = 1_000;

/**
 * Calls to EC2, side by side as long as it takes them, and in a line from the first one on that it had no room for: of many that
 * push, most are refused again and again, and those in front get in no sooner.
 */
export class Ec2Line {
  readonly #surroundings: Pick<Surroundings, 'now' | 'sleep'>;
  readonly #limit: LimitFunction = pLimit(callsMax);
  readonly #callsWhenFull: number;
  #pauseMs = 0;

  constructor(pace: 'quick' | 'slow', surroundings: Pick<Surroundings, 'now' | 'sleep'>) {
    this.#callsWhenFull = callsWhenFull[pace];
    this.#surroundings = surroundings;
  }

  /**
   * Tries for as long as there is time; the last refusal is then the failure. The call must be one that can be made again.
   * @param hasTime Whether another try may begin at a time, in milliseconds since the epoch.
   */
  async run<Result>(call: () => Promise<Result>, hasTime: (atMs: number) => boolean): Promise<Result> {
    for (;;) {
      try {
        return await this.#limit(() => this.#inTurn(call));
      } catch (thrown) {
        if (!isNoRoom(thrown) || !hasTime(this.#surroundings.now() + noRoomPauseMs)) throw thrown;
      }
    }
  }

  /** Whoever comes next after a refusal waits a moment; once one gets in, the next tries at once. */
  async #inTurn<Result>(call: () => Promise<Result>): Promise<Result> {
    const pauseMs = this.#pauseMs;
    this.#pauseMs = 0;
    if (pauseMs > 0) await this.#surroundings.sleep(pauseMs);
    try {
      return await call();
    } catch (thrown) {
      if (isNoRoom(thrown)) {
        this.#limit.concurrency = this.#callsWhenFull;
        this.#pauseMs = noRoomPauseMs;
      }
      throw thrown;
    }
  }
}

function isNoRoom(thrown: unknown): boolean {
  return throttlingCodes.has(toControllerError(thrown).code);
}
