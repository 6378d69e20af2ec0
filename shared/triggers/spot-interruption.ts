import * as z from 'zod';
import { instanceIdSchema } from '../model/ids.ts';
import { wokenBy } from './envelope.ts';
import type { EventKind } from './event-kind.ts';

// The ARN in `resources` is of no use: it has an availability zone for its region, and no account.
const eventSchema = z.object({
  detail: z.object({
    'instance-id': instanceIdSchema,
    'instance-action': z.enum(['terminate', 'stop', 'hibernate']),
  }),
});

/**
 * EC2 takes a Spot Instance back two minutes after the event; one that hibernates begins at once. Best effort.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
 */
export const spotInterruption: EventKind = {
  kind: 'spot-interruption',
  source: 'aws.ec2',
  detailType: 'EC2 Spot Instance Interruption Warning',
  parse: (envelope) => {
    const { 'instance-id': instanceId, 'instance-action': action } = eventSchema.parse(envelope).detail;
    return {
      kind: 'trigger',
      trigger: { kind: 'spot-interruption', ...wokenBy(envelope), instanceId, action },
    };
  },
};
