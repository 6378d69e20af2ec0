import { notModelled } from '../../core/aws-error.ts';
import type { Requirement } from '../evaluate.ts';
import { dynamodbRequirements } from './dynamodb.ts';
import { ec2Requirements } from './ec2.ts';
import {
  autoScalingRequirements,
  cloudWatchRequirements,
  elasticLoadBalancingRequirements,
} from './groups-and-targets.ts';
import { eventsRequirements, sqsRequirements } from './queues-and-events.ts';
import type { CallToJudge, RequirementsOf } from './request.ts';
import { route53Requirements } from './route53.ts';

/** By the service's name in a request's credential scope. */
const byService: ReadonlyMap<string, RequirementsOf> = new Map<string, RequirementsOf>([
  ['autoscaling', autoScalingRequirements],
  ['dynamodb', dynamodbRequirements],
  ['ec2', ec2Requirements],
  ['elasticloadbalancing', elasticLoadBalancingRequirements],
  ['events', eventsRequirements],
  ['monitoring', cloudWatchRequirements],
  ['route53', route53Requirements],
  ['sqs', sqsRequirements],
  // GetCallerIdentity needs no permission: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  ['sts', ({ operation }) => (operation === 'GetCallerIdentity' ? [] : undefined)],
]);

/** All that must be allowed for a call. Throws by name for an operation whose needs localcloud does not know. */
export async function requirementsOf(service: string, call: CallToJudge): Promise<readonly Requirement[]> {
  const requirements = await byService.get(service)?.(call);
  if (requirements === undefined) throw notModelled(`the permissions of ${service}:${call.operation}`);
  return requirements;
}
