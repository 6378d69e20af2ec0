import { createAutoScaling } from '../../../localcloud/auto-scaling/auto-scaling.ts';
import { createCloud } from '../../../localcloud/cloud.ts';
import { createCloudTrail } from '../../../localcloud/cloudtrail/cloudtrail.ts';
import type { Clock } from '../../../localcloud/core/clock.ts';
import { createDynamodb } from '../../../localcloud/dynamodb/dynamodb.ts';
import { createEc2 } from '../../../localcloud/ec2/ec2.ts';
import { createElasticLoadBalancing } from '../../../localcloud/elastic-load-balancing/elastic-load-balancing.ts';
import { createEvents } from '../../../localcloud/events/events.ts';
import { deliverTo } from '../../../localcloud/events/target-delivery.ts';
import { createRoute53 } from '../../../localcloud/route53/route53.ts';
import { createSqs } from '../../../localcloud/sqs/sqs.ts';
import type { SimulatedCloud } from '../../simulation/engine/rooms.ts';
import { region } from '../../simulation/engine/rooms.ts';

const unlimited = 1_000_000;

/** A cloud with AWS's request limits and quotas that somebody with a large world had raised. */
export function createLoadCloud(
  clock: Clock,
  invokeAsynchronously: (functionArn: string) => void = () => undefined,
): SimulatedCloud {
  return createCloud({
    clock,
    region,
    rooms: (surroundings) => {
      const ec2 = createEc2(surroundings, { elasticIpQuota: unlimited });
      const sqs = createSqs(surroundings);
      const lambda = { invokeAsynchronously };
      return {
        autoScaling: createAutoScaling(surroundings, ec2),
        cloudTrail: createCloudTrail(surroundings),
        dynamodb: createDynamodb(surroundings),
        ec2,
        elasticLoadBalancing: createElasticLoadBalancing(surroundings, ec2),
        events: createEvents(
          surroundings,
          deliverTo(() => ({ sqs, lambda })),
        ),
        route53: createRoute53(surroundings, {
          quotas: { recordSetsPerZone: unlimited },
          hasVpc: (vpcId, itsRegion) => itsRegion === region && ec2.vpc(vpcId) !== undefined,
        }),
        sqs,
      };
    },
  });
}
