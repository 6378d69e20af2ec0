import type { Clock } from './clock.ts';

/** One call as the cloud saw it. `endSequence` and what follows are undefined while it is under way. */
export interface LoggedCall {
  /** Taken from the one counter that ends are counted by too: a call that starts after another ended is later. */
  readonly startSequence: number;
  readonly endSequence: number | undefined;
  readonly atMs: number;
  readonly durationMs: number | undefined;
  readonly service: string;
  readonly operation: string;
  readonly effect: 'read' | 'write';
  readonly requestId: string;
  readonly accessKeyId: string;
  readonly traceId: string | undefined;
  /** AWS's error code, or `ConnectionReset` / `ResponseLost` when a fault broke the connection. */
  readonly errorCode: string | undefined;
}

export type StartedCall = Omit<
  LoggedCall,
  'startSequence' | 'endSequence' | 'atMs' | 'durationMs' | 'errorCode'
>;

/** Which calls to return; every field narrows. */
interface CallQuery {
  /** Only calls that started after this sequence number. */
  readonly since?: number | undefined;
  readonly accessKeyId?: string | undefined;
  readonly traceId?: string | undefined;
}

type OpenCall = { -readonly [Key in keyof LoggedCall]: LoggedCall[Key] };

/** Calls kept before the oldest is forgotten: enough for a long test, small enough for a long demo. */
const callLogCapacity = 100_000;

/** Every call that reached an operation, in order of its start; a ring of the last `capacity` of them. */
export class CallLog {
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #ring: OpenCall[] = [];
  #oldest = 0;
  #sequence = 0;

  constructor(clock: Clock, capacity = callLogCapacity) {
    this.#clock = clock;
    this.#capacity = capacity;
  }

  /** The sequence number given last; pass it to `since` to see only what comes after. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Notes the start; the returned function notes the end, once. */
  begin(started: StartedCall): (errorCode?: string) => void {
    const call: OpenCall = {
      ...started,
      startSequence: ++this.#sequence,
      endSequence: undefined,
      atMs: this.#clock.now(),
      durationMs: undefined,
      errorCode: undefined,
    };
    this.#keep(call);
    return (errorCode) => {
      call.endSequence = ++this.#sequence;
      call.durationMs = this.#clock.now() - call.atMs;
      call.errorCode = errorCode;
    };
  }

  /** As they stand now, oldest first. Costs no more than the calls since `since`. */
  calls({ since = 0, accessKeyId, traceId }: CallQuery = {}): readonly LoggedCall[] {
    const found: LoggedCall[] = [];
    for (const call of this.#newestFirst()) {
      if (call.startSequence <= since) break;
      if (accessKeyId !== undefined && call.accessKeyId !== accessKeyId) continue;
      if (traceId !== undefined && call.traceId !== traceId) continue;
      found.push({ ...call });
    }
    return found.reverse();
  }

  since(sequence: number): readonly LoggedCall[] {
    return this.calls({ since: sequence });
  }

  #keep(call: OpenCall): void {
    if (this.#ring.length < this.#capacity) {
      this.#ring.push(call);
      return;
    }
    this.#ring[this.#oldest] = call;
    this.#oldest = (this.#oldest + 1) % this.#capacity;
  }

  *#newestFirst(): Iterable<OpenCall> {
    const length = this.#ring.length;
    for (let age = 1; age <= length; age += 1) {
      const call = this.#ring[(this.#oldest + length - age) % length];
      if (call !== undefined) yield call;
    }
  }
}

/** Calls per service, e.g. `{ ec2: 3, route53: 1 }`. */
export function countByService(calls: readonly LoggedCall[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { service } of calls) counts[service] = (counts[service] ?? 0) + 1;
  return counts;
}

/** Calls that could change the world, whether or not they did. */
export function writesAmong(calls: readonly LoggedCall[]): readonly LoggedCall[] {
  return calls.filter((call) => call.effect === 'write');
}

/**
 * How many round trips had to be waited for one after the other: the longest chain of calls in which each starts
 * after the one before it ended. Taking the earliest end first gives the longest such chain. Calls under way end
 * after everything else.
 */
export function serialRoundTrips(calls: readonly LoggedCall[]): number {
  const endOf = (call: LoggedCall): number => call.endSequence ?? Number.POSITIVE_INFINITY;
  let chainEnd = 0;
  let length = 0;
  for (const call of calls.toSorted((a, b) => endOf(a) - endOf(b))) {
    if (call.startSequence <= chainEnd) continue;
    chainEnd = endOf(call);
    length += 1;
  }
  return length;
}
