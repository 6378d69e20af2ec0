import type { Random } from '../../localcloud/core/random.ts';
import type { Control } from './control.ts';

/** A fault as localcloud's control route takes it. */
type Fault = { readonly kind: string } & Readonly<Record<string, string | number>>;

interface Trouble {
  readonly service: string | undefined;
  readonly fault: Fault;
  /** Chance for each call, at its worst. */
  readonly worst: number;
}

const throttled = (service: string, code: string, status: number): Trouble => ({
  service,
  fault: { kind: 'error', code, status },
  worst: 0.2,
});

/** What AWS does to the functions' calls. */
const troubles: readonly Trouble[] = [
  throttled('ec2', 'RequestLimitExceeded', 503),
  throttled('route53', 'Throttling', 400),
  throttled('dynamodb', 'ThrottlingException', 400),
  { service: undefined, fault: { kind: 'error', code: 'InternalError', status: 500 }, worst: 0.1 },
  { service: undefined, fault: { kind: 'connection-reset' }, worst: 0.1 },
  { service: undefined, fault: { kind: 'response-lost' }, worst: 0.1 },
  { service: undefined, fault: { kind: 'latency', delayMs: 700 }, worst: 0.3 },
  // Longer than the functions' clients wait for an answer.
  { service: undefined, fault: { kind: 'latency', delayMs: 7_000 }, worst: 0.05 },
  { service: undefined, fault: { kind: 'caller-killed', when: 'before-effect' }, worst: 0.02 },
  { service: undefined, fault: { kind: 'caller-killed', when: 'after-effect' }, worst: 0.02 },
];

/** Nothing goes wrong with events. */
const goodDelivery = {
  dropProbability: 0,
  duplicateProbability: 0,
  delayProbability: 0,
  delayMaxMs: 1,
  reorderWindowMs: 0,
  targetErrorProbability: 0,
};

/** Storms that strike the controller, and the calm after them. */
export class Weather {
  readonly #control: Control;
  readonly #functionKeys: readonly string[];
  #rules: number[] = [];
  /** Faults that have struck, but for those of the storm that blows now. */
  #struck = 0;

  constructor(control: Control, functionKeys: readonly string[]) {
    this.#control = control;
    this.#functionKeys = functionKeys;
  }

  /** Another storm, of some of the troubles; returns how late events may come from now on, in milliseconds. */
  async storm(random: Random): Promise<number> {
    await this.#clear();
    for (const { service, fault, worst } of troubles) {
      if (random.integer(2) === 0) continue;
      const probability = worst * random.next();
      for (const accessKeyId of this.#functionKeys) {
        const rule = { accessKeyId, probability, fault, ...(service === undefined ? {} : { service }) };
        this.#rules.push(idOf(await this.#control.post('faults', rule)));
      }
    }
    const delayMaxMs = random.integer(6) === 0 ? 2 * 3_600_000 : 120_000;
    await this.#control.put('delivery', {
      dropProbability: random.next() * 0.2,
      duplicateProbability: random.next() * 0.3,
      delayProbability: random.next() * 0.2,
      delayMaxMs,
      reorderWindowMs: random.integer(10_000),
      targetErrorProbability: random.next() * 0.2,
    });
    return delayMaxMs;
  }

  /** Nothing goes wrong any more. */
  async calm(): Promise<void> {
    await this.#clear();
    await this.#control.put('delivery', goodDelivery);
    await this.#control.put('lag', { describeMs: 0 });
  }

  /** Faults that have struck so far. */
  async struck(): Promise<number> {
    return this.#struck + (await this.#striking());
  }

  async #clear(): Promise<void> {
    this.#struck += await this.#striking();
    for (const id of this.#rules.splice(0)) await this.#control.delete('faults', { id: String(id) });
  }

  async #striking(): Promise<number> {
    const answer = (await this.#control.get('faults')) as FaultList;
    const own = new Set(this.#rules);
    return answer.faults.filter(({ id }) => own.has(id)).reduce((sum, { struck }) => sum + struck, 0);
  }
}

interface FaultList {
  readonly faults: readonly { readonly id: number; readonly struck: number }[];
}

function idOf(answer: unknown): number {
  return Number(Reflect.get(Object(answer), 'id'));
}
