import { type AutoScaling, createAutoScaling } from './auto-scaling/auto-scaling.ts';
import type { AutoScalingSettings } from './auto-scaling/state/settings.ts';
import { type CloudFormation, createCloudFormation } from './cloudformation/cloudformation.ts';
import { type CloudTrail, type CloudTrailSettings, createCloudTrail } from './cloudtrail/cloudtrail.ts';
import { createCloudWatch } from './cloudwatch/cloudwatch.ts';
import type { Service } from './core/service.ts';
import type { Surroundings } from './core/surroundings.ts';
import { createDynamodb } from './dynamodb/dynamodb.ts';
import { createEc2, type Ec2 } from './ec2/ec2.ts';
import type { Ec2Settings } from './ec2/state/settings.ts';
import {
  createElasticLoadBalancing,
  type ElasticLoadBalancing,
} from './elastic-load-balancing/elastic-load-balancing.ts';
import type { ElasticLoadBalancingSettings } from './elastic-load-balancing/state/settings.ts';
import { createEvents, type Events, type EventsSettings } from './events/events.ts';
import { deliverTo } from './events/target-delivery.ts';
import { maySendTo, queuePolicy } from './iam/event-target-policies.ts';
import { Iam } from './iam/iam.ts';
import { createLambdaRuntime, type Lambda } from './lambda/lambda.ts';
import type { LambdaKeeping } from './lambda/lambda-keeping.ts';
import type { Route53Quotas } from './route53/account.ts';
import { createRoute53, type Route53 } from './route53/route53.ts';
import { createSqs, type Sqs } from './sqs/sqs.ts';
import { createSts } from './sts/sts.ts';

/** The pace and quotas of the rooms, where a test or a demonstration wants others than AWS's. */
export interface RoomOptions {
  readonly autoScaling?: Partial<AutoScalingSettings>;
  readonly cloudTrail?: CloudTrailSettings;
  readonly ec2?: Partial<Ec2Settings>;
  readonly elasticLoadBalancing?: Partial<ElasticLoadBalancingSettings>;
  readonly events?: EventsSettings;
  readonly lambda?: LambdaKeeping;
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
  readonly cloudFormation: CloudFormation;
  readonly cloudTrail: CloudTrail;
  readonly cloudWatch: Service;
  readonly dynamodb: Service;
  readonly ec2: Ec2;
  readonly elasticLoadBalancing: ElasticLoadBalancing;
  readonly events: Events;
  readonly iam: Iam;
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
  const service = (name: string) => Object.values(rooms).find((room) => isNamed(room, name));
  const iam = new Iam(surroundings, {
    ec2: ec2.world,
    operation: (serviceName, name) => service(serviceName)?.operations.get(name),
    queuePolicy: (queueArn) => queuePolicy({ sqs }, queueArn),
  });
  const lambda = createLambdaRuntime(surroundings, {
    endpointUrl: () => requireFront(endpointUrl()),
    sqs,
    roles: iam,
    ...options.lambda,
  });
  const deliver = deliverTo(() => ({
    sqs,
    lambda,
    maySend: (targetArn, ruleArn) => maySendTo({ iam, sqs, lambda }, targetArn, ruleArn),
  }));
  const rooms: Rooms = {
    autoScaling: createAutoScaling(surroundings, ec2, options.autoScaling),
    cloudFormation: createCloudFormation(surroundings, { iam, lambda, service }),
    cloudTrail: createCloudTrail(surroundings, options.cloudTrail),
    cloudWatch: createCloudWatch(surroundings),
    dynamodb: createDynamodb(surroundings),
    ec2,
    elasticLoadBalancing: createElasticLoadBalancing(surroundings, ec2, options.elasticLoadBalancing),
    events: createEvents(surroundings, deliver, options.events),
    iam,
    lambda,
    route53: createRoute53(surroundings, {
      ...(options.route53Quotas && { quotas: options.route53Quotas }),
      hasVpc: (vpcId, region) => region === surroundings.region && ec2.vpc(vpcId) !== undefined,
    }),
    sqs,
    sts: createSts(surroundings),
  };
  return rooms;
}

function isNamed(room: object, name: string): room is Service {
  return 'operations' in room && 'name' in room && room.name === name;
}

function sqsEndpoint({ region, partition }: Surroundings): string {
  return `https://sqs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}

function requireFront(endpointUrl: string | undefined): string {
  if (endpointUrl === undefined) throw new Error('functions call AWS over HTTP: start the HTTP front first');
  return endpointUrl;
}
