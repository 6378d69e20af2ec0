import { AwsError } from '../../../localcloud/core/aws-error.ts';
import { ConnectionLost } from '../../../localcloud/core/connection-lost.ts';
import { requestAddress } from '../../../localcloud/core/request-address.ts';
import type { Service, WireRequest, WireResponse } from '../../../localcloud/core/service.ts';
import type { FaultKind } from '../story/story.ts';
import type { Faults } from './faults.ts';
import type { Invocation } from './invocation.ts';
import { currentInvocation } from './invocation.ts';
import type { SimulatedCloud } from './rooms.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One call of a function, from its sending on. */
export interface FunctionCall {
  /** Its name in this run, by which a story lets a fault strike it. */
  readonly name: string;
  readonly invocation: Invocation;
  readonly service: string;
  readonly operation: string;
  readonly effect: 'read' | 'write';
  /** In the SDK's names. */
  readonly input: unknown;
  /** Counts the tries of the SDK, from 1. */
  readonly attempt: number;
  readonly sentAtMs: number;
}

/** Whoever watches the calls of functions. Both are called at the very moment, with nothing in between. */
export interface CallWatcher {
  readonly onSent: (call: FunctionCall) => void;
  /** Once it had its effect or was refused, whether the function ever learns it or not. */
  readonly onDone: (call: FunctionCall, response: WireResponse) => void;
  readonly onFault: (fault: FaultKind, call: FunctionCall) => void;
}

/** Changes requests on their way: for variants of the code that are broken on purpose. */
export type Meddle = (request: WireRequest, call: FunctionCall) => WireRequest;

interface WireParts {
  readonly cloud: SimulatedCloud;
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly watcher: CallWatcher;
  readonly meddle: Meddle;
}

/** Typical round trips in milliseconds. */
const roundTripsMs: Readonly<Record<string, number>> = { dynamodb: 8, ec2: 90, route53: 120 };
const otherRoundTripMs = 60;

/** What the functions' clients are given; see `clientOptions` in functions/compose.ts. */
const requestTimeoutMs = 5_000;

const stallMs = { least: 6_000, most: 60_000 };
/** Longer than a lease and its margin. */
const freezeMs = { least: 5_000, most: 45_000 };

/** The network between functions and the cloud: it takes its time, and at times goes wrong. */
export class Wire {
  readonly #parts: WireParts;

  constructor(parts: WireParts) {
    this.#parts = parts;
  }

  /** Takes the request of a function; of anybody else at once, and without faults. */
  handle = async (request: WireRequest): Promise<WireResponse> => {
    const invocation = currentInvocation.getStore();
    if (invocation === undefined) return this.#perform(request);
    await invocation.goOn();
    const service = this.#serviceOf(request);
    const call = this.#callOf(request, service, invocation);
    const { faults, time, watcher } = this.#parts;
    watcher.onSent(call);
    const fault = faults.onCall(call.name, call.effect);
    if (fault !== undefined) watcher.onFault(fault, call);
    await time.sleep(this.#halfTripMs(call, 'there'));
    if (fault === 'stall') return this.#stall(request, call);
    if (fault === 'crash-before') {
      invocation.kill('crashed before a call');
      await invocation.goOn();
    }
    if (fault === 'reset') throw new ConnectionLost('ConnectionReset');
    const refusal = fault === undefined ? undefined : errorFor(fault, call.service);
    const response =
      refusal === undefined
        ? await this.#performCall(request, call)
        : service.protocol.encodeError(refusal, 'simulated');
    if (fault === 'crash-after') invocation.kill('crashed after a call');
    if (fault === 'freeze') invocation.freeze(this.#between(freezeMs, call));
    await time.sleep(this.#halfTripMs(call, 'back'));
    await invocation.goOn();
    if (fault === 'answer-lost') throw new ConnectionLost('ResponseLost');
    return response;
  };

  /** The SDK gives up before the call has its effect. */
  async #stall(request: WireRequest, call: FunctionCall): Promise<WireResponse> {
    const { time } = this.#parts;
    void time.sleep(this.#between(stallMs, call)).then(() => this.#performCall(request, call));
    await call.invocation.sleep(requestTimeoutMs);
    throw Object.assign(new Error(`Connection timed out after ${requestTimeoutMs} ms`), {
      name: 'TimeoutError',
    });
  }

  async #performCall(request: WireRequest, call: FunctionCall): Promise<WireResponse> {
    const response = await this.#perform(this.#parts.meddle(request, call));
    this.#parts.watcher.onDone(call, response);
    return response;
  }

  #perform(request: WireRequest): Promise<WireResponse> {
    const { cloud, time } = this.#parts;
    // The cloud's own timers are not those of the function that calls it.
    return currentInvocation.exit(() => time.standStill(() => cloud.handle(request)));
  }

  #serviceOf(request: WireRequest): Service {
    const { service = 'unknown' } = requestAddress(request);
    const room = this.#parts.cloud.services.get(service);
    if (room === undefined) throw new Error(`the simulated cloud has no ${service}`);
    return room;
  }

  #callOf(request: WireRequest, service: Service, invocation: Invocation): FunctionCall {
    const { faults, time } = this.#parts;
    const { operation, input } = service.protocol.decode(request);
    const [, attempt = '1'] = /attempt=(\d+)/.exec(request.headers['amz-sdk-request'] ?? '') ?? [];
    return {
      name: faults.nameOf(`${service.name}:${operation}`),
      invocation,
      service: service.name,
      operation,
      effect: service.operations.get(operation)?.effect ?? 'read',
      input,
      attempt: Number(attempt),
      sentAtMs: time.now(),
    };
  }

  #halfTripMs({ name, service }: FunctionCall, way: 'there' | 'back'): number {
    const typicalMs = (roundTripsMs[service] ?? otherRoundTripMs) / 2;
    // Mostly about the usual, now and then several times as long.
    return Math.ceil(typicalMs * (0.4 + 4 * this.#parts.faults.chance(name, way) ** 4));
  }

  #between(
    { least, most }: { readonly least: number; readonly most: number },
    { name }: FunctionCall,
  ): number {
    return Math.round(least + (most - least) * this.#parts.faults.chance(name, 'how long'));
  }
}

function errorFor(fault: FaultKind, service: string): AwsError | undefined {
  if (fault === 'internal-error') return new AwsError('InternalFailure', 'An internal error occurred', 500);
  if (fault !== 'throttle') return undefined;
  switch (service) {
    case 'ec2':
      return new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503);
    case 'route53':
      return new AwsError('PriorRequestNotComplete', 'A prior request has not yet completed.', 400);
    default:
      return new AwsError('ThrottlingException', 'Rate exceeded', 400);
  }
}
