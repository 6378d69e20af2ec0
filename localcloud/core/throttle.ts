import type { AwsError } from './aws-error.ts';
import type { Clock } from './clock.ts';

/** A token bucket's size and how many tokens come back each second. */
export interface BucketSize {
  readonly capacity: number;
  readonly refillPerSecond: number;
}

/** Tokens wanted from one named bucket; calls that name the same bucket share it. */
export interface Demand {
  readonly bucket: string;
  readonly size: BucketSize;
  readonly tokens: number;
}

/** What one service's limits ask for one call, and its words when there is not enough. */
export interface ThrottlePolicy {
  readonly demands: (operation: string, input: unknown) => readonly Demand[];
  readonly refusal: () => AwsError;
}

class TokenBucket {
  readonly #size: BucketSize;
  #tokens: number;
  #atMs: number;

  constructor(size: BucketSize, nowMs: number) {
    this.#size = size;
    this.#tokens = size.capacity;
    this.#atMs = nowMs;
  }

  has(tokens: number, nowMs: number): boolean {
    const gained = ((nowMs - this.#atMs) / 1000) * this.#size.refillPerSecond;
    this.#tokens = Math.min(this.#size.capacity, this.#tokens + gained);
    this.#atMs = nowMs;
    return this.#tokens >= tokens;
  }

  take(tokens: number): void {
    this.#tokens -= tokens;
  }
}

/** Token buckets on the cloud's clock, by service. A refused call takes no tokens. */
export class Throttles {
  /** Whether limits are enforced; buckets fill on either way. */
  isEnabled: boolean;
  readonly #clock: Clock;
  readonly #policies: ReadonlyMap<string, ThrottlePolicy>;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(clock: Clock, policies: ReadonlyMap<string, ThrottlePolicy>, isEnabled: boolean) {
    this.#clock = clock;
    this.#policies = policies;
    this.isEnabled = isEnabled;
  }

  /** Throws the service's throttling error when any bucket that the call draws on is too empty. */
  admit(service: string, operation: string, input: unknown): void {
    const policy = this.#policies.get(service);
    if (!this.isEnabled || policy === undefined) return;
    const nowMs = this.#clock.now();
    const draws = policy
      .demands(operation, input)
      .map((demand) => ({ bucket: this.#bucket(service, demand, nowMs), tokens: demand.tokens }));
    if (!draws.every(({ bucket, tokens }) => bucket.has(tokens, nowMs))) throw policy.refusal();
    for (const { bucket, tokens } of draws) bucket.take(tokens);
  }

  /** Makes all buckets full. */
  refill(): void {
    this.#buckets.clear();
  }

  #bucket(service: string, demand: Demand, nowMs: number): TokenBucket {
    const key = `${service}/${demand.bucket}`;
    const bucket = this.#buckets.get(key) ?? new TokenBucket(demand.size, nowMs);
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
