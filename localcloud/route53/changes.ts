import { AwsError } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import type { Lag } from '../core/surroundings.ts';
import type { HostedZone } from './hosted-zone.ts';
import { newId } from './identifiers.ts';
import { type RecordSet, recordKey } from './record-set.ts';

/** As the API answers it. */
export interface ChangeInfo {
  readonly Id: string;
  readonly Status: 'PENDING' | 'INSYNC';
  readonly SubmittedAt: Date;
  readonly Comment?: string;
}

/** One record set put or removed by an accepted change. */
export type RecordEffect =
  | { readonly kind: 'put'; readonly recordSet: RecordSet }
  | { readonly kind: 'delete'; readonly recordSet: RecordSet };

interface Change {
  readonly submittedAtMs: number;
  readonly comment: string | undefined;
  isInSync: boolean;
}

/** Changes that are kept, PENDING or not; AWS does not say how long GetChange knows them. */
const changesMax = 10_000;

/**
 * Accepted changes, PENDING until the clock has moved on by the configured lag, then INSYNC and answered by the name
 * servers. With no lag a change is INSYNC at the clock's next tick, never at once.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html
 */
export class Changes {
  readonly #clock: Clock;
  readonly #lag: () => Lag;
  readonly #random: Random;
  readonly #byId = new Map<string, Change>();

  constructor(clock: Clock, lag: () => Lag, random: Random) {
    this.#clock = clock;
    this.#lag = lag;
    this.#random = random;
  }

  /** Accepts a change of a zone; its records reach the name servers later, in the order the changes were made. */
  submit(zone: HostedZone, comment?: string, effects: readonly RecordEffect[] = []): ChangeInfo {
    const nowMs = this.#clock.now();
    const id = newId('C', this.#random);
    const change: Change = { submittedAtMs: nowMs, comment, isInSync: false };
    this.#byId.set(id, change);
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > changesMax && oldest !== undefined) this.#byId.delete(oldest);
    zone.changedAtMs = nowMs;
    zone.inSyncAtMs = Math.max(zone.inSyncAtMs, nowMs + this.#lag().route53SyncMs);
    this.#clock.after(zone.inSyncAtMs - nowMs, () => {
      change.isInSync = true;
      for (const effect of effects) publish(zone, effect);
    });
    return changeInfo(id, change);
  }

  /** Throws NoSuchChange. */
  info(id: string): ChangeInfo {
    const change = this.#byId.get(id);
    if (change === undefined)
      throw new AwsError('NoSuchChange', `Could not find resource with ID: ${id}`, 404);
    return changeInfo(id, change);
  }
}

function publish(zone: HostedZone, effect: RecordEffect): void {
  if (effect.kind === 'put') zone.published.put(effect.recordSet);
  else zone.published.delete(recordKey(effect.recordSet));
}

function changeInfo(id: string, change: Change): ChangeInfo {
  return {
    Id: `/change/${id}`,
    Status: change.isInSync ? 'INSYNC' : 'PENDING',
    SubmittedAt: new Date(change.submittedAtMs),
    ...(change.comment !== undefined && { Comment: change.comment }),
  };
}
