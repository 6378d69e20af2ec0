import { wokenBy } from './envelope.ts';
import type { EventKind } from './event-kind.ts';

/**
 * The heartbeat: go through all roles, whatever events were lost. Delivery is durable, and may come twice.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
 */
export const scheduledResync: EventKind = {
  kind: 'scheduled-resync',
  source: 'aws.events',
  detailType: 'Scheduled Event',
  parse: (envelope) => ({ kind: 'trigger', trigger: { kind: 'scheduled-resync', ...wokenBy(envelope) } }),
};
