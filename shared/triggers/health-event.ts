import * as z from 'zod';
import type { Envelope } from './envelope.ts';
import { wokenBy } from './envelope.ts';
import type { EventKind } from './event-kind.ts';
import { eventTextSchema } from './event-text.ts';
import { instancesAmong, listedResourceSchema } from './listed-instances.ts';

const scopeSchema = z.object({
  detail: z.object({
    service: z.string(),
    eventTypeCategory: z.string(),
    backupEvent: z.enum(['true', 'false']).optional(),
    affectedAccount: z.string().optional(),
  }),
});

/** `Fri, 04 Dec 2026 13:19:03 GMT`, in milliseconds. */
const healthTimeSchema = z
  .string()
  .regex(
    /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:GMT|UTC)$/,
    'must be a time such as Fri, 04 Dec 2026 13:19:03 GMT',
  )
  .transform((text) => Date.parse(text))
  .pipe(z.number({ error: 'must be a time that exists' }));

const eventSchema = z.object({
  detail: z.object({
    eventTypeCode: eventTextSchema(100),
    startTime: healthTimeSchema,
    statusCode: z.enum(['open', 'closed', 'upcoming']),
    affectedEntities: z
      .array(z.object({ entityValue: listedResourceSchema, status: z.string().optional() }))
      .optional(),
  }),
});

/** A status of an entity that says: for this one it is over, whatever becomes of the others. */
const isOver = (status: string | undefined) => status === 'RESOLVED' || status === 'UNIMPAIRED';

/**
 * AWS Health announces maintenance or retirement of instances, weeks ahead at best, and says when it is over: for all
 * when the event is closed, for single instances by the status of the entity. While some instances of an event remain
 * affected, it is told of these only. A long list comes in pages; each names its own instances, so each is a trigger.
 * Best effort.
 *
 * Every event comes once more in the backup region of the partition, marked as `backupEvent`: that copy is ignored, since
 * an instance is looked after where it is. So is what is told to an organization's management account of another account.
 * @see https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
 * @see https://docs.aws.amazon.com/health/latest/ug/choosing-a-region.html
 * @see https://docs.aws.amazon.com/health/latest/ug/pagnation-of-health-events.html
 */
export const healthEvent: EventKind = {
  kind: 'health-event',
  source: 'aws.health',
  detailType: 'AWS Health Event',
  parse: (envelope) => {
    const reason = whyNoneOfOurs(envelope);
    if (reason !== undefined) return { kind: 'ignored', reason };
    const {
      eventTypeCode,
      startTime,
      statusCode,
      affectedEntities = [],
    } = eventSchema.parse(envelope).detail;
    const remaining = affectedEntities.filter(({ entityValue, status }) => entityValue && !isOver(status));
    const isClosed = statusCode === 'closed' || remaining.length === 0;
    const told = isClosed ? affectedEntities : remaining;
    const instanceIds = instancesAmong(told.map(({ entityValue }) => entityValue));
    if (instanceIds.length === 0) return { kind: 'ignored', reason: `${eventTypeCode} names no instance` };
    return {
      kind: 'trigger',
      trigger: {
        kind: 'health-event',
        ...wokenBy(envelope),
        instanceIds,
        eventTypeCode,
        startsAtMs: startTime,
        isClosed,
      },
    };
  },
};

function whyNoneOfOurs(envelope: Envelope): string | undefined {
  const { service, eventTypeCategory, backupEvent, affectedAccount } = scopeSchema.parse(envelope).detail;
  if (service !== 'EC2') return `events of ${service} are of no concern`;
  if (eventTypeCategory !== 'scheduledChange' && eventTypeCategory !== 'issue') {
    return `an event of EC2 that is only ${eventTypeCategory}`;
  }
  if (backupEvent === 'true') return 'a copy for the backup region';
  if (
    affectedAccount !== undefined &&
    envelope.account !== undefined &&
    affectedAccount !== envelope.account
  ) {
    return `tells of account ${affectedAccount}`;
  }
  return undefined;
}
