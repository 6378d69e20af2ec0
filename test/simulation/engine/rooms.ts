import type { AutoScaling } from '../../../localcloud/auto-scaling/auto-scaling.ts';
import { createAutoScaling } from '../../../localcloud/auto-scaling/auto-scaling.ts';
import type { Cloud } from '../../../localcloud/cloud.ts';
import { createCloud } from '../../../localcloud/cloud.ts';
import type { CloudTrail } from '../../../localcloud/cloudtrail/cloudtrail.ts';
import { createCloudTrail } from '../../../localcloud/cloudtrail/cloudtrail.ts';
import type { VirtualClock } from '../../../localcloud/core/clock.ts';
import type { Service } from '../../../localcloud/core/service.ts';
import type { Surroundings } from '../../../localcloud/core/surroundings.ts';
import { createDynamodb } from '../../../localcloud/dynamodb/dynamodb.ts';
import type { Ec2 } from '../../../localcloud/ec2/ec2.ts';
import { createEc2 } from '../../../localcloud/ec2/ec2.ts';
import type { ElasticLoadBalancing } from '../../../localcloud/elastic-load-balancing/elastic-load-balancing.ts';
import { createElasticLoadBalancing } from '../../../localcloud/elastic-load-balancing/elastic-load-balancing.ts';
import type { Deliver } from '../../../localcloud/events/delivery.ts';
import type { Events } from '../../../localcloud/events/events.ts';
import { createEvents } from '../../../localcloud/events/events.ts';
import { deliverTo } from '../../../localcloud/events/target-delivery.ts';
import type { Route53 } from '../../../localcloud/route53/route53.ts';
import { createRoute53 } from '../../../localcloud/route53/route53.ts';
import type { Sqs } from '../../../localcloud/sqs/sqs.ts';
import { createSqs } from '../../../localcloud/sqs/sqs.ts';

/** The services that the controller and its world live in. Lambda is the simulator itself. */
export interface SimulatedRooms {
  readonly autoScaling: AutoScaling;
  readonly cloudTrail: CloudTrail;
  readonly dynamodb: Service;
  readonly ec2: Ec2;
  readonly elasticLoadBalancing: ElasticLoadBalancing;
  readonly events: Events;
  readonly route53: Route53;
  readonly sqs: Sqs;
}

export type SimulatedCloud = Cloud<SimulatedRooms>;

/** What the cloud cannot do by itself. */
export interface RoomParts {
  readonly clock: VirtualClock;
  readonly seed: number;
  readonly invokeAsynchronously: (functionArn: string, payload: string) => void;
  /** What becomes of a delivery of EventBridge; `deliver` hands it over. */
  readonly onDelivery: (deliver: Deliver) => Deliver;
}

export const region = 'eu-west-1';

/** Half an hour of archive lag would outlast most runs. */
const archiveLagMs = 1_000;

export function createSimulatedCloud(parts: RoomParts): SimulatedCloud {
  return createCloud({
    clock: parts.clock,
    seed: parts.seed,
    region,
    rooms: (surroundings: Surroundings) => {
      const ec2 = createEc2(surroundings, { elasticIpQuota: 50 });
      const sqs = createSqs(surroundings);
      const lambda = { invokeAsynchronously: parts.invokeAsynchronously };
      return {
        autoScaling: createAutoScaling(surroundings, ec2),
        cloudTrail: createCloudTrail(surroundings, { hasTrail: true }),
        dynamodb: createDynamodb(surroundings),
        ec2,
        elasticLoadBalancing: createElasticLoadBalancing(surroundings, ec2),
        events: createEvents(surroundings, parts.onDelivery(deliverTo(() => ({ sqs, lambda }))), {
          archiveLagMs,
        }),
        route53: createRoute53(surroundings, {
          hasVpc: (vpcId, itsRegion) => itsRegion === region && ec2.vpc(vpcId) !== undefined,
        }),
        sqs,
      };
    },
  });
}
