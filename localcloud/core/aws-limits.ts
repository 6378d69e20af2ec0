import { AwsError } from './aws-error.ts';
import type { BucketSize, Demand, ThrottlePolicy } from './throttle.ts';

const mutating: BucketSize = { capacity: 50, refillPerSecond: 5 };
const describing: BucketSize = { capacity: 100, refillPerSecond: 20 };
const describingEverything: BucketSize = { capacity: 50, refillPerSecond: 10 };

const heavierEc2Actions: ReadonlyMap<string, BucketSize> = new Map([
  ['AssignPrivateIpAddresses', { capacity: 100, refillPerSecond: 5 }],
  ['UnassignPrivateIpAddresses', { capacity: 100, refillPerSecond: 5 }],
  ['AssignIpv6Addresses', { capacity: 100, refillPerSecond: 5 }],
  ['ModifyNetworkInterfaceAttribute', { capacity: 100, refillPerSecond: 5 }],
  ['TerminateInstances', { capacity: 100, refillPerSecond: 5 }],
  ['CreateTags', { capacity: 100, refillPerSecond: 10 }],
  ['DeleteTags', { capacity: 100, refillPerSecond: 10 }],
  ['RunInstances', { capacity: 5, refillPerSecond: 2 }],
  ['StartInstances', { capacity: 5, refillPerSecond: 2 }],
]);

const costlyWhenUnfiltered: ReadonlySet<string> = new Set([
  'DescribeInstances',
  'DescribeInstanceStatus',
  'DescribeNetworkInterfaces',
  'DescribeSecurityGroups',
  'DescribeVolumes',
]);

const narrowingInputs: readonly string[] = [
  'Filters',
  'InstanceIds',
  'NetworkInterfaceIds',
  'GroupIds',
  'VolumeIds',
  'MaxResults',
];

/**
 * EC2's request token buckets, one per action.
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export const ec2Limits: ThrottlePolicy = {
  demands: (operation, input) => [ec2Demand(operation, input)],
  refusal: () => new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503),
};

function ec2Demand(operation: string, input: unknown): Demand {
  if (!operation.startsWith('Describe')) {
    return { bucket: operation, size: heavierEc2Actions.get(operation) ?? mutating, tokens: 1 };
  }
  if (costlyWhenUnfiltered.has(operation) && !isNarrowed(input)) {
    return { bucket: `${operation} unfiltered`, size: describingEverything, tokens: 1 };
  }
  return { bucket: operation, size: describing, tokens: 1 };
}

function isNarrowed(input: unknown): boolean {
  return narrowingInputs.some((name) => {
    const value: unknown = Reflect.get(Object(input), name);
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
}

const route53Requests: BucketSize = { capacity: 50, refillPerSecond: 10 };
const route53Changes: BucketSize = { capacity: 1500, refillPerSecond: 100 };

/**
 * Route 53's account-wide and per-action request buckets, and the change tokens of the account: CREATE and DELETE
 * cost one each, UPSERT two.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/throttling-api-requests.html
 */
export const route53Limits: ThrottlePolicy = {
  demands: (operation, input) => {
    const demands: Demand[] = [
      { bucket: 'account', size: route53Requests, tokens: 1 },
      { bucket: operation, size: route53Requests, tokens: 1 },
    ];
    if (operation !== 'ChangeResourceRecordSets') return demands;
    return [...demands, { bucket: 'change tokens', size: route53Changes, tokens: changeTokens(input) }];
  },
  refusal: () => new AwsError('Throttling', 'Rate exceeded', 400),
};

function changeTokens(input: unknown): number {
  const { ChangeBatch } = input as { ChangeBatch?: { Changes?: readonly { Action?: string }[] } };
  return (ChangeBatch?.Changes ?? []).reduce(
    (tokens, { Action }) => tokens + (Action === 'UPSERT' ? 2 : 1),
    0,
  );
}
