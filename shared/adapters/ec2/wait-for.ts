import { ControllerError } from '../../model/errors.ts';
import type { Surroundings } from '../../reconcile/ports.ts';

/** What waiting takes: time, and something that lets it pass. */
export type Waiting = Pick<Surroundings, 'now' | 'sleep'>;

/** What a change takes that is more than one call. */
export interface Making extends Waiting {
  /** Throws when no call that changes something may be begun any more. */
  readonly mayBegin: () => void;
}

/** Between two looks. EC2 shows most changes within a second or two. */
const intervalMs = 1_000;

/** Longer than EC2 takes for anything that is waited for here, shorter than a lease. */
const waitMaxMs = 20_000;

/**
 * Looks until there is an answer, at once and then every second.
 * @throws ControllerError `NotInEffectYet`, retryable, when there is none after 20 seconds.
 */
export async function waitFor<Answer>(
  { now, sleep }: Waiting,
  doing: string,
  look: () => Promise<Answer | undefined>,
): Promise<Answer> {
  const untilMs = now() + waitMaxMs;
  for (;;) {
    const answer = await look();
    if (answer !== undefined) return answer;
    if (now() >= untilMs) {
      throw new ControllerError(`${doing}: not in effect after ${waitMaxMs / 1_000} s`, {
        code: 'NotInEffectYet',
        disposition: 'retryable',
      });
    }
    await sleep(intervalMs);
  }
}
