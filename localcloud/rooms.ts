import { type AutoScaling, createAutoScaling } from './auto-scaling/auto-scaling.ts';
import type { AutoScalingSettings } from './auto-scaling/state/settings.ts';
import type { Service } from './core/service.ts';
import type { Surroundings } from './core/surroundings.ts';
import { createDynamodb } from './dynamodb/dynamodb.ts';
import { createEc2, type Ec2 } from './ec2/ec2.ts';
import type { Ec2Settings } from './ec2/state/settings.ts';
import { createEvents, type Events, type EventsSettings } from './events/events.ts';
import { deliverTo } from './events/target-delivery.ts';
import { createLambdaRuntime, type Lambda } from './lambda/lambda.ts';
import type { Route53Quotas } from './route53/account.ts';
import { createRoute53, type Route53 } from './route53/route53.ts';
import { createSqs, type Sqs } from './sqs/sqs.ts';
import { createSts } from './sts/sts.ts';

/** The pace and quotas of the rooms, where a test or a demonstration wants others than AWS's. */
export interface RoomOptions {
  readonly autoScaling?: Partial<AutoScalingSettings>;
  readonly ec2?: Partial<Ec2Settings>;
  readonly events?: EventsSettings;
  readonly route53Quotas?: Partial<Route53Quotas>;
}

/** What rooms need of the cloud besides their surroundings. */
export interface RoomSettings {
  /** Where the cloud's HTTP front listens; undefined as long as it has none. */
  readonly endpointUrl: () => string | undefined;
}

/** One room per AWS service, and the Lambda runtime, which speaks no protocol of its own. */
export interface Rooms {
  readonly autoScaling: AutoScaling;
  readonly dynamodb: Service;
  readonly ec2: Ec2;
  readonly events: Events;
  readonly lambda: Lambda;
  readonly route53: Route53;
  readonly sqs: Sqs;
  readonly sts: Service;
}

/** All rooms, empty, wired to each other as AWS wires its services. */
export function createRooms(
  surroundings: Surroundings,
  { endpointUrl }: RoomSettings,
  options: RoomOptions = {},
): Rooms {
  const ec2 = createEc2(surroundings, options.ec2);
  const sqs = createSqs(surroundings, { endpoint: () => endpointUrl() ?? sqsEndpoint(surroundings) });
  const lambda = createLambdaRuntime(surroundings, { endpointUrl: () => requireFront(endpointUrl()), sqs });
  const deliver = deliverTo(() => ({ sqs, lambda }));
  return {
    autoScaling: createAutoScaling(surroundings, ec2, options.autoScaling),
    dynamodb: createDynamodb(surroundings),
    ec2,
    events: createEvents(surroundings, deliver, options.events),
    lambda,
    route53: createRoute53(surroundings, {
      ...(options.route53Quotas && { quotas: options.route53Quotas }),
      hasVpc: (vpcId, region) => region === surroundings.region && ec2.vpc(vpcId) !== undefined,
    }),
    sqs,
    sts: createSts(surroundings),
  };
}

function sqsEndpoint({ region, partition }: Surroundings): string {
  return `https://sqs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}

function requireFront(endpointUrl: string | undefined): string {
  if (endpointUrl === undefined) throw new Error('functions call AWS over HTTP: start the HTTP front first');
  return endpointUrl;
}
