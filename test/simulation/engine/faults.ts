import type { FaultKind, Story, Strike } from '../story/story.ts';
import { callFaults, deliveryFaults } from '../story/story.ts';
import { roll } from './roll.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Calls that write go wrong that many times as often: there it matters, and they are few. */
const writeFactor = 2.5;

/**
 * Decides what goes wrong, call by call and delivery by delivery: by the storms of the story and its seed, or at exactly
 * the places that it names. What strikes is kept, so that the run can be told again without its storms.
 */
export class Faults {
  /** Nothing strikes any more. */
  isCalm = false;
  readonly #story: Story;
  readonly #time: VirtualTime;
  readonly #startMs: number;
  readonly #named: ReadonlyMap<string, FaultKind>;
  readonly #struck: Strike[] = [];
  readonly #counts = new Map<string, number>();

  constructor(story: Story, time: VirtualTime) {
    this.#story = story;
    this.#time = time;
    this.#startMs = time.now();
    this.#named = new Map(story.strikes.map(({ at, fault }) => [at, fault]));
  }

  get struck(): readonly Strike[] {
    return this.#struck;
  }

  /** The name of this call or delivery in this run, for latencies too. */
  nameOf(what: string): string {
    const moment = `${this.#time.now() - this.#startMs} ${what}`;
    const count = (this.#counts.get(moment) ?? 0) + 1;
    this.#counts.set(moment, count);
    return count === 1 ? moment : `${moment} ${count}`;
  }

  /** A number in [0, 1) that belongs to the named thing and to the purpose. */
  chance(name: string, purpose: string): number {
    return roll(this.#story.seed, name, purpose);
  }

  onCall(name: string, effect: 'read' | 'write'): FaultKind | undefined {
    return this.#strike(name, callFaults, effect === 'write' ? writeFactor : 1);
  }

  onDelivery(name: string): FaultKind | undefined {
    return this.#strike(name, deliveryFaults, 1);
  }

  #strike(at: string, kinds: readonly FaultKind[], factor: number): FaultKind | undefined {
    if (this.isCalm) return undefined;
    const named = this.#named.get(at);
    const fault = named !== undefined && kinds.includes(named) ? named : this.#byStorm(at, kinds, factor);
    if (fault !== undefined) this.#struck.push({ at, fault });
    return fault;
  }

  #byStorm(at: string, kinds: readonly FaultKind[], factor: number): FaultKind | undefined {
    const nowMs = this.#time.now() - this.#startMs;
    const storm = this.#story.storms.find(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs);
    if (storm === undefined) return undefined;
    let rest = this.chance(at, 'fault');
    for (const kind of kinds) {
      rest -= (storm.chances[kind] ?? 0) * factor;
      if (rest < 0) return kind;
    }
    return undefined;
  }
}
