import type { BusEvent, Surroundings } from '../core/surroundings.ts';

/**
 * An event on the bus, with AWS's own keys.
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
export interface EventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** To the second. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
  /** Only on replayed events. */
  readonly 'replay-name'?: string;
}

/** What the bus adds to an event: version, id, account, time and region. */
export function envelope(
  event: BusEvent,
  { random, accountId, region, clock }: Surroundings,
  timeMs = clock.now(),
): EventEnvelope {
  return {
    version: '0',
    id: random.uuid(),
    'detail-type': event.detailType,
    source: event.source,
    account: accountId,
    time: new Date(timeMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: event.resources,
    detail: event.detail,
  };
}
