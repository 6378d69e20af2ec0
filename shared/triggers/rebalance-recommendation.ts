import * as z from 'zod';
import { instanceIdSchema } from '../model/ids.ts';
import { wokenBy } from './envelope.ts';
import type { EventKind } from './event-kind.ts';

const eventSchema = z.object({ detail: z.object({ 'instance-id': instanceIdSchema }) });

/**
 * A Spot Instance is at elevated risk of interruption. It can come long before the interruption warning or together with
 * it. Best effort.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/rebalance-recommendations.html
 */
export const rebalanceRecommendation: EventKind = {
  kind: 'rebalance-recommendation',
  source: 'aws.ec2',
  detailType: 'EC2 Instance Rebalance Recommendation',
  parse: (envelope) => {
    const { 'instance-id': instanceId } = eventSchema.parse(envelope).detail;
    return {
      kind: 'trigger',
      trigger: { kind: 'rebalance-recommendation', ...wokenBy(envelope), instanceId },
    };
  },
};
