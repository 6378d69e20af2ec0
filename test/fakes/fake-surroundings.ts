import type { Surroundings } from '../../shared/reconcile/ports.ts';
import { nowMs } from '../builders/observed.ts';
import type { Script } from './script.ts';

/**
 * Time that passes only when told to, or when somebody sleeps; names that count.
 *
 * - `sleep` ends at once, with that much time gone by, and is recorded as `sleep 250`.
 */
export class FakeSurroundings implements Surroundings {
  #nowMs = nowMs;
  #names = 0;
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  readonly now = (): number => this.#nowMs;

  readonly sleep = async (durationMs: number): Promise<void> => {
    await this.#script.enter('sleep', String(durationMs));
    this.pass(durationMs);
  };

  readonly uniqueName = (): string => {
    this.#names += 1;
    return `owner-${this.#names}`;
  };

  pass(durationMs: number): void {
    this.#nowMs += durationMs;
  }
}
