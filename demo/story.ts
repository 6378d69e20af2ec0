import { seededRandom } from '../localcloud/core/random.ts';
import type { Whereabouts } from './actors.ts';
import { launch, replay, terminate, whereabouts } from './actors.ts';
import type { CallCounts } from './measure.ts';
import { countCalls, countWrites, roundTripsUntilChanged } from './measure.ts';
import type { Stage } from './stage.ts';
import type { OutcomeLine, Sighting, Witness } from './witness.ts';

/** One step of the story, once the controller had answered it. */
export interface Step {
  readonly step: string;
  readonly event: string;
  readonly role: string | null;
  readonly outcome: string;
  readonly holder: string | null;
  readonly generation: number | null;
  readonly calls: CallCounts;
  readonly writes: number;
  readonly ms: number;
}

/** What the whole story comes to; every number is counted from the call log. */
export interface Summary {
  /** Every step came out as expected. */
  readonly converged: boolean;
  readonly failover: CallCounts & { readonly roundTrips: number };
  readonly duplicate: CallCounts & { readonly writes: number };
  readonly untagged: CallCounts & { readonly writes: number };
  readonly replay: { readonly events: number; readonly writes: number };
}

export interface Told {
  readonly step: Step;
  readonly sighting: Sighting | undefined;
  readonly outcome: OutcomeLine | undefined;
  readonly whereabouts: Whereabouts;
  /** What was expected and is not so; empty when all is well. */
  readonly surprises: readonly string[];
}

/** How long a step may take before it counts as failed. */
const patienceMs = 20_000;

const role = 'db';

/** Plays the story, telling each step when it is done. `defineRole` applies the roles file, as an operator would. */
export async function playStory(
  stage: Stage,
  witness: Witness,
  defineRole: () => Promise<void>,
  tell: (told: Told) => void,
): Promise<Summary> {
  const story = new Story(stage, witness, tell);
  await story.define(defineRole);
  const [subnetA, subnetB] = stage.world.subnetIds;
  const lead = await story.launch('launch', subnetA, { outcome: 'converged', generation: 1 });
  const understudy = await story.launch('understudy', subnetB, {
    outcome: 'noop',
    holder: lead.id,
    generation: 1,
  });
  const untagged = await story.launchUntagged(subnetA);
  const failover = await story.kill(lead.id, { holder: understudy.id, generation: 2 });
  const duplicate = await story.duplicate(lead.id, { holder: understudy.id, generation: 2 });
  const again = await story.replayAll({ holder: understudy.id, generation: 2 });
  return {
    converged: story.hasNoSurprise,
    failover: { ...countCalls(failover.calls), roundTrips: roundTripsUntilChanged(failover.calls) },
    duplicate: { ...countCalls(duplicate.calls), writes: countWrites(duplicate.calls) },
    untagged: { ...countCalls(untagged.calls), writes: countWrites(untagged.calls) },
    replay: again,
  };
}

type Expected = Partial<Pick<OutcomeLine, 'outcome' | 'holder' | 'generation'>>;

const nobody: Sighting = {
  functionName: '',
  outcomes: [],
  calls: [],
  durationMs: 0,
  failure: 'nothing was seen',
};

class Story {
  readonly #stage: Stage;
  readonly #witness: Witness;
  readonly #tell: (told: Told) => void;
  hasNoSurprise = true;

  constructor(stage: Stage, witness: Witness, tell: (told: Told) => void) {
    this.#stage = stage;
    this.#witness = witness;
    this.#tell = tell;
  }

  async define(defineRole: () => Promise<void>): Promise<void> {
    const { callLog } = this.#stage.cloud;
    const { sequence } = callLog;
    const startMs = Date.now();
    await defineRole();
    const calls = callLog.since(sequence);
    const step = stepOf('define', 'roles apply', { role, outcome: 'defined' }, calls, Date.now() - startMs);
    await this.#told(step, undefined, undefined, {});
  }

  async launch(step: string, subnetId: string, expected: Expected): Promise<{ id: string }> {
    const id = await launch(this.#stage, subnetId, role);
    await this.#awaitOutcome(step, id, 'running', { holder: id, ...expected });
    return { id };
  }

  async launchUntagged(subnetId: string): Promise<Sighting> {
    const id = await launch(this.#stage, subnetId, undefined);
    return this.#awaitOutcome('untagged', id, 'running', { outcome: 'ignored' });
  }

  async kill(id: string, expected: Expected): Promise<Sighting> {
    await terminate(this.#stage, id);
    const sighting = await this.#awaitOutcome('failover', id, 'shutting-down', {
      outcome: 'converged',
      ...expected,
    });
    await this.#awaitOutcome('terminated', id, 'terminated', { outcome: 'noop', ...expected });
    return sighting;
  }

  async duplicate(id: string, expected: Expected): Promise<Sighting> {
    const envelope = this.#envelopes().find(({ detail }) => isOf(detail, id, 'shutting-down'));
    const from = this.#witness.sightings.length;
    if (envelope !== undefined) await replay(this.#stage, [envelope]);
    return this.#awaitOutcome('duplicate', id, 'shutting-down', { outcome: 'noop', ...expected }, from);
  }

  /** Every event of the story twice, in an order that has nothing to do with time. */
  async replayAll(expected: Expected): Promise<Summary['replay']> {
    const random = seededRandom(1);
    const envelopes = this.#envelopes().flatMap((each) => [each, each]);
    const shuffled = envelopes
      .map((envelope) => ({ envelope, at: random.next() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ envelope }) => envelope);
    const from = this.#witness.sightings.length;
    const startMs = Date.now();
    await replay(this.#stage, shuffled);
    const seen = () => this.#eventSightings(from).flatMap(({ outcomes }) => outcomes);
    await this.#until(() => seen().length >= shuffled.length);
    const calls = this.#eventSightings(from).flatMap(({ calls: its }) => its);
    const ofRole = seen().filter((line) => line.role === role);
    const last = ofRole.at(-1);
    const told = stepOf('replay', `${shuffled.length} events, shuffled`, last, calls, Date.now() - startMs);
    const surprises = countWrites(calls) === 0 ? [] : ['a replay wrote something'];
    if (seen().length !== shuffled.length)
      surprises.push(`${seen().length} of ${shuffled.length} events were seen`);
    await this.#told(told, undefined, last, { outcome: 'noop', ...expected }, surprises);
    return { events: shuffled.length, writes: countWrites(calls) };
  }

  #envelopes() {
    return this.#witness.events.filter(({ source }) => source === 'aws.ec2');
  }

  #eventSightings(from: number): readonly Sighting[] {
    return this.#witness.sightings
      .slice(from)
      .filter(({ functionName }) => functionName.endsWith('on-events'));
  }

  async #awaitOutcome(
    step: string,
    id: string,
    state: string,
    expected: Expected,
    from = 0,
  ): Promise<Sighting> {
    const isMeant = ({ cause }: OutcomeLine) => cause.instanceId === id && cause.state === state;
    const find = () => this.#eventSightings(from).find(({ outcomes }) => outcomes.some(isMeant));
    await this.#until(() => find() !== undefined);
    const sighting = find() ?? nobody;
    const outcome = sighting.outcomes.find(isMeant);
    const event = `EC2 Instance State-change Notification ${id} ${state}`;
    await this.#told(
      stepOf(step, event, outcome, sighting.calls, sighting.durationMs),
      sighting,
      outcome,
      expected,
    );
    return sighting;
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
    const where = await whereabouts(this.#stage);
    if (expected.holder !== undefined && where.elasticIpAt !== expected.holder) {
      surprises.push(`the Elastic IP is with ${where.elasticIpAt}, not with ${expected.holder}`);
    }
    if (surprises.length > 0) this.hasNoSurprise = false;
    this.#tell({ step, sighting, outcome, whereabouts: where, surprises });
  }
}

function isOf(detail: object, id: string, state: string): boolean {
  return Reflect.get(detail, 'instance-id') === id && Reflect.get(detail, 'state') === state;
}

function stepOf(
  step: string,
  event: string,
  line: Partial<OutcomeLine> | undefined,
  calls: Sighting['calls'],
  ms: number,
): Step {
  return {
    step,
    event,
    role: line?.role ?? null,
    outcome: line?.outcome ?? 'nothing',
    holder: line?.holder ?? null,
    generation: line?.generation ?? null,
    calls: countCalls(calls),
    writes: countWrites(calls),
    ms: Math.round(ms),
  };
}

function surprisesOf(outcome: OutcomeLine | undefined, expected: Expected): readonly string[] {
  return (['outcome', 'holder', 'generation'] as const)
    .filter((field) => expected[field] !== undefined && outcome?.[field] !== expected[field])
    .map((field) => `${field} is ${outcome?.[field]}, expected ${expected[field]}`);
}
