import * as z from 'zod';
import { wokenBy } from './envelope.ts';
import type { EventKind } from './event-kind.ts';
import { instancesAmong, listedResourceSchema } from './listed-instances.ts';

const callSchema = z.object({
  detail: z.object({ eventName: z.string(), errorCode: z.string().optional() }),
});

const requestSchema = z.object({
  detail: z.object({
    requestParameters: z.object({
      resourcesSet: z.object({ items: z.array(z.object({ resourceId: listedResourceSchema })) }),
    }),
  }),
});

/**
 * Somebody called CreateTags or DeleteTags, which CloudTrail tells minutes later at times and only where a trail logs.
 * Failed calls are told too. Which keys it was about is not read: the rule lets through those that matter, and what the
 * tags are now is read from EC2. Best effort.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export const tagCall: EventKind = {
  kind: 'tag-call',
  source: 'aws.ec2',
  detailType: 'AWS API Call via CloudTrail',
  parse: (envelope) => {
    const { eventName, errorCode } = callSchema.parse(envelope).detail;
    if (eventName !== 'CreateTags' && eventName !== 'DeleteTags') {
      return { kind: 'ignored', reason: `calls of ${eventName} are of no concern` };
    }
    if (errorCode !== undefined) {
      return { kind: 'ignored', reason: `the call of ${eventName} failed: ${errorCode}` };
    }
    const { items } = requestSchema.parse(envelope).detail.requestParameters.resourcesSet;
    const instanceIds = instancesAmong(items.map(({ resourceId }) => resourceId));
    if (instanceIds.length === 0) {
      return { kind: 'ignored', reason: `the call of ${eventName} was for no instance` };
    }
    return { kind: 'trigger', trigger: { kind: 'tag-call', ...wokenBy(envelope), instanceIds } };
  },
};
