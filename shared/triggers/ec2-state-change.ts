import * as z from 'zod';
import { instanceIdSchema } from '../model/ids.ts';
import { instanceStateSchema } from '../model/trigger.ts';
import { wokenBy } from './envelope.ts';
import type { EventKind } from './event-kind.ts';

const eventSchema = z.object({
  detail: z.object({
    // One of AWS's own samples has a space before the id.
    'instance-id': z.string().trim().pipe(instanceIdSchema),
    state: instanceStateSchema,
  }),
});

/**
 * An instance changed its state. Best effort: it may be lost, late, doubled, and it can outrun DescribeInstances. It
 * carries no tags, no addresses and no former state.
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ec2.html
 */
export const ec2StateChange: EventKind = {
  kind: 'ec2-state-change',
  source: 'aws.ec2',
  detailType: 'EC2 Instance State-change Notification',
  parse: (envelope) => {
    const { 'instance-id': instanceId, state } = eventSchema.parse(envelope).detail;
    return {
      kind: 'trigger',
      trigger: { kind: 'ec2-state-change', ...wokenBy(envelope), instanceId, state },
    };
  },
};
