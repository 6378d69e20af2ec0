import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

/** An event on its way to the default bus; the bus adds version, id, account, time and region. */
export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: object;
  /** The source guarantees that it reaches the bus: no delivery fault loses it there. */
  readonly isGuaranteed?: true;
}

/** Settings of eventual consistency: how long a read may show the world of before, in milliseconds. Zero = none. */
export interface Lag {
  /** For EC2 Describe calls: a seeded delay in [0, describeMs] after each write until reads show it. */
  readonly describeMs: number;
  /** For Route 53: how long a change stays PENDING. */
  readonly route53SyncMs: number;
  /** For DynamoDB reads without ConsistentRead and those of an index: each write shows after [0, dynamodbReadMs]. */
  readonly dynamodbReadMs?: number;
}

/** What every room gets: time, chance, where it is, and where its events go. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** Read at each use: tests change it while the world runs. */
  readonly lag: () => Lag;
  /** Hands an event to EventBridge; delivery is asynchronous, as on AWS. */
  readonly publish: (event: BusEvent) => void;
}
