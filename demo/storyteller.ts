import { seededRandom } from '../localcloud/core/random.ts';
import type { EventEnvelope } from '../localcloud/events/event-envelope.ts';
import { replay, whereabouts } from './actors.ts';
import { countWrites } from './measure.ts';
import type { Stage } from './stage.ts';
import type { Expected, Step, Told } from './step.ts';
import { stepOf, surprisesOf } from './step.ts';
import type { OutcomeLine, Sighting, Witness } from './witness.ts';

/** How long a step may take before it counts as failed. */
const patienceMs = 20_000;

/** The role of the first scene; its whereabouts are told with each step that is about it. */
export const leadingRole = 'db';

const nobody: Sighting = {
  functionName: '',
  outcomes: [],
  calls: [],
  durationMs: 0,
  failure: 'nothing was seen',
};

/** Waits for what the controller makes of an event, holds it against what was expected, and tells it. */
export class Storyteller {
  readonly stage: Stage;
  readonly #witness: Witness;
  readonly #tell: (told: Told) => void;
  hasNoSurprise = true;

  constructor(stage: Stage, witness: Witness, tell: (told: Told) => void) {
    this.stage = stage;
    this.#witness = witness;
    this.#tell = tell;
  }

  /** Defines roles, as an operator would. */
  async define(step: string, role: string, defineRoles: () => Promise<void>): Promise<void> {
    const { callLog } = this.stage.cloud;
    const { sequence } = callLog;
    const startMs = Date.now();
    await defineRoles();
    const calls = callLog.calls({ since: sequence });
    const told = stepOf(step, 'roles apply', { role, outcome: 'defined' }, calls, Date.now() - startMs);
    await this.#told(told, undefined, undefined, {});
  }

  /** Waits until an event of the instance was answered, and tells the step. */
  async awaitOutcome(
    step: string,
    event: string,
    isMeant: (line: OutcomeLine) => boolean,
    expected: Expected,
    from = 0,
  ): Promise<Sighting> {
    const find = () => this.#eventSightings(from).find(({ outcomes }) => outcomes.some(isMeant));
    await this.#until(() => find() !== undefined);
    const sighting = find() ?? nobody;
    const outcome = sighting.outcomes.find(isMeant);
    const told = stepOf(step, event, outcome, sighting.calls, sighting.durationMs);
    await this.#told(told, sighting, outcome, expected);
    return sighting;
  }

  /** Waits for an EC2 state change of the instance. */
  async awaitState(step: string, id: string, state: string, expected: Expected, from = 0): Promise<Sighting> {
    const isMeant = ({ cause }: OutcomeLine) => cause.instanceId === id && cause.state === state;
    return this.awaitOutcome(
      step,
      `EC2 Instance State-change Notification ${id} ${state}`,
      isMeant,
      expected,
      from,
    );
  }

  /** Every state change so far twice, in an order that has nothing to do with time. */
  async replayAll(expected: Expected): Promise<{ readonly events: number; readonly writes: number }> {
    const random = seededRandom(1);
    const shuffled = this.stateChanges()
      .flatMap((each) => [each, each])
      .map((envelope) => ({ envelope, at: random.next() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ envelope }) => envelope);
    const from = this.seen;
    const startMs = Date.now();
    await replay(this.stage, shuffled);
    const seen = () => this.#eventSightings(from).flatMap(({ outcomes }) => outcomes);
    await this.#until(() => seen().length >= shuffled.length);
    const calls = this.#eventSightings(from).flatMap(({ calls: its }) => its);
    const last = seen().findLast((line) => line.role === leadingRole);
    const told = stepOf('replay', `${shuffled.length} events, shuffled`, last, calls, Date.now() - startMs);
    const surprises = countWrites(calls) === 0 ? [] : ['a replay wrote something'];
    if (seen().length !== shuffled.length)
      surprises.push(`${seen().length} of ${shuffled.length} events were seen`);
    await this.#told(told, undefined, last, expected, surprises);
    return { events: shuffled.length, writes: countWrites(calls) };
  }

  /** Invocations that were seen so far: where to look from for what comes next. */
  get seen(): number {
    return this.#witness.sightings.length;
  }

  stateChanges(): readonly EventEnvelope[] {
    return this.#witness.events.filter(
      (event) => event['detail-type'] === 'EC2 Instance State-change Notification',
    );
  }

  #eventSightings(from: number): readonly Sighting[] {
    return this.#witness.sightings
      .slice(from)
      .filter(({ functionName }) => functionName.endsWith('on-events'));
  }

  async #until(condition: () => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = setTimeout(resolve, patienceMs);
    const forget = this.#witness.onSighting(() => {
      if (condition()) resolve();
    });
    if (!condition()) await promise;
    clearTimeout(stop);
    forget();
  }

  async #told(
    step: Step,
    sighting: Sighting | undefined,
    outcome: OutcomeLine | undefined,
    expected: Expected,
    more: readonly string[] = [],
  ): Promise<void> {
    const surprises = [...more, ...surprisesOf(outcome, expected)];
    const isLeading = step.role === null || step.role === leadingRole;
    const where = isLeading ? await whereabouts(this.stage) : undefined;
    if (where !== undefined && expected.holder !== undefined && where.elasticIpAt !== expected.holder) {
      surprises.push(`the Elastic IP is with ${where.elasticIpAt}, not with ${expected.holder}`);
    }
    if (surprises.length > 0) this.hasNoSurprise = false;
    this.#tell({ step, sighting, outcome, whereabouts: where, surprises });
  }
}
