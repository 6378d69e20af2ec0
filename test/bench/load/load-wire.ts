import { requestAddress } from '../../../localcloud/core/request-address.ts';
import type { WireRequest, WireResponse } from '../../../localcloud/core/service.ts';
import { currentInvocation } from '../../simulation/engine/invocation.ts';
import type { SimulatedCloud } from '../../simulation/engine/rooms.ts';
import type { VirtualTime } from '../../simulation/engine/virtual-time.ts';

/** Typical round trips in milliseconds. */
const roundTripsMs: Readonly<Record<string, number>> = { dynamodb: 8, ec2: 90, route53: 120 };
const otherRoundTripMs = 60;

/** How many calls were made of one operation, each try of its own, and how many of them were refused as too many. */
export interface CallCount {
  readonly made: number;
  readonly throttled: number;
}

/** By `service:Operation`. */
export type CallCounts = ReadonlyMap<string, CallCount>;

const moving: ReadonlySet<string> = new Set(['ec2:AssociateAddress', 'route53:ChangeResourceRecordSets']);
const throttlingCodes = /RequestLimitExceeded|Throttling/;

/** The network between functions and the cloud: it takes its time, and counts. Others are answered at once, uncounted. */
export class LoadWire {
  readonly #cloud: SimulatedCloud;
  readonly #time: VirtualTime;
  readonly #counts = new Map<string, CallCount>();
  readonly #moves: number[] = [];

  constructor(cloud: SimulatedCloud, time: VirtualTime) {
    this.#cloud = cloud;
    this.#time = time;
  }

  /** Calls since it was last asked. */
  takeCounts(): CallCounts {
    const counts = new Map(this.#counts);
    this.#counts.clear();
    return counts;
  }

  /** When each Elastic IP was moved and each batch of records changed, in milliseconds since the epoch. */
  get moves(): readonly number[] {
    return this.#moves;
  }

  /** Forgets the moves so far. */
  forgetMoves(): void {
    this.#moves.length = 0;
  }

  handle = async (request: WireRequest): Promise<WireResponse> => {
    const invocation = currentInvocation.getStore();
    if (invocation === undefined) return this.#cloud.handle(request);
    const { service = '' } = requestAddress(request);
    const halfTripMs = (roundTripsMs[service] ?? otherRoundTripMs) / 2;
    await invocation.sleep(halfTripMs);
    // The cloud's own timers are not those of the function that calls it.
    const response = await currentInvocation.exit(() =>
      this.#time.standStill(() => this.#cloud.handle(request)),
    );
    this.#count(request, service, response);
    await invocation.sleep(halfTripMs);
    return response;
  };

  #count(request: WireRequest, service: string, { status, body }: WireResponse): void {
    const room = this.#cloud.services.get(service);
    const operation = `${service}:${room?.protocol.decode(request).operation}`;
    const { made, throttled } = this.#counts.get(operation) ?? { made: 0, throttled: 0 };
    const isThrottled = status >= 400 && throttlingCodes.test(String(body));
    if (status < 300 && moving.has(operation)) this.#moves.push(this.#time.now());
    this.#counts.set(operation, { made: made + 1, throttled: throttled + (isThrottled ? 1 : 0) });
  }
}
