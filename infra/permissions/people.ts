import { Aws } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Parameters } from '../parameters.ts';
import type { Queues } from '../queues.ts';
import { describeActions } from './addresses.ts';
import { arnOf, ec2Arn, zoneArns } from './arns.ts';
import { acknowledgeWildcards, type Permission, policyOf } from './permission.ts';

/** What people's policies are about. */
export interface PeopleScope {
  readonly parameters: Parameters;
  readonly tableArn: string;
  readonly archiveArn: string;
  readonly queues: Queues;
}

/** The policies that are left for people; the stack gives them to nobody. */
export interface PeoplePolicies {
  /** Who says what a role is and who may hold it: the users of the command. */
  readonly roleWriters: ManagedPolicy;
  /** Who may make an instance ask for a role. */
  readonly roleTaggers: ManagedPolicy;
}

export function createPeoplePolicies(scope: Construct, people: PeopleScope): PeoplePolicies {
  return {
    roleWriters: createPolicy(scope, 'RoleWriters', 'May write the roles of Understudy', writing(people)),
    roleTaggers: createPolicy(
      scope,
      'RoleTaggers',
      'May make instances ask for roles of Understudy',
      tagging(people.parameters.roleTagKey),
    ),
  };
}

function createPolicy(
  scope: Construct,
  id: string,
  description: string,
  permissions: readonly Permission[],
): ManagedPolicy {
  const policy = new ManagedPolicy(scope, id, { description, document: policyOf(permissions) });
  acknowledgeWildcards(policy, permissions);
  return policy;
}

const noResources = 'The action knows no resources.';

/**
 * What the command calls, and no more. Claiming and releasing a role is tagging: it takes the other policy too. Nobody
 * moves an address or a record by hand: the command says what is wanted, and the controller does it.
 */
function writing(people: PeopleScope): readonly Permission[] {
  return [
    ...tablePermissions(people.tableArn),
    ...worldPermissions(people.parameters),
    ...queuePermissions(people.queues),
    ...busPermissions(people),
  ];
}

function tablePermissions(tableArn: string): readonly Permission[] {
  return [
    {
      sid: 'ReadRoles',
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
      resources: [tableArn],
    },
    {
      sid: 'WriteRoles',
      actions: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [tableArn],
      conditions: {
        // Roles and their directory, and what is remembered of instances: draining is a word about an instance. A team's
        // own policy may name fewer roles.
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ROLE#*', 'ROLES', 'INSTANCE#*'] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    },
    {
      sid: 'LookAtTable',
      actions: [
        'dynamodb:DescribeContinuousBackups',
        'dynamodb:DescribeTable',
        'dynamodb:DescribeTimeToLive',
      ],
      resources: [tableArn],
    },
  ];
}

/** What is read for a plan, which is all that the controller itself reads, and for a look at what it rests on. */
function worldPermissions({ zones }: Parameters): readonly Permission[] {
  return [
    {
      sid: 'LookAtInstances',
      actions: [...describeActions, 'ec2:DescribeAccountAttributes'].toSorted(),
      resources: ['*'],
      conditions: { StringEquals: { 'aws:RequestedRegion': Aws.REGION } },
      wildcard: noResources,
    },
    {
      sid: 'LookAtVpcs',
      actions: ['ec2:DescribeVpcAttribute'],
      resources: [ec2Arn('vpc')],
      wildcard: 'Any VPC may have candidates.',
    },
    {
      sid: 'LookAtTargets',
      actions: ['elasticloadbalancing:DescribeTargetHealth'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:RequestedRegion': Aws.REGION } },
      wildcard: noResources,
    },
    {
      sid: 'FindZones',
      actions: ['route53:ListHostedZones', 'route53:ListHostedZonesByName'],
      resources: ['*'],
      wildcard: noResources,
    },
    {
      sid: 'LookAtRecords',
      actions: ['route53:GetHostedZone', 'route53:ListResourceRecordSets'],
      resources: zoneArns(zones),
      wildcard: 'Only with zones=*: whoever writes roles may look at every zone that roles may name.',
    },
  ];
}

/** A redrive sends first and deletes then; what it leaves it shows again. */
function queuePermissions({
  events,
  deadLetters,
  undelivered,
  failedResyncs,
}: Queues): readonly Permission[] {
  return [
    {
      sid: 'SendEvents',
      actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
      resources: [events.queueArn],
    },
    {
      sid: 'RedriveEvents',
      actions: [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
      ],
      resources: [deadLetters.queueArn, undelivered.queueArn],
    },
    {
      sid: 'CountFailedResyncs',
      actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
      resources: [failedResyncs.queueArn],
    },
  ];
}

/** A replay is named after its stack, so that nobody looks at those of others. */
function busPermissions({ parameters: { name }, archiveArn }: PeopleScope): readonly Permission[] {
  const replays = arnOf('events', `replay/${name}-*`);
  return [
    {
      sid: 'ReplayEvents',
      actions: ['events:StartReplay'],
      resources: [archiveArn, arnOf('events', 'event-bus/default'), replays],
      wildcard: 'Each replay has a name of its own.',
    },
    {
      sid: 'WatchReplays',
      actions: ['events:DescribeReplay'],
      resources: [replays],
      wildcard: 'Each replay has a name of its own.',
    },
    { sid: 'LookAtArchive', actions: ['events:DescribeArchive'], resources: [archiveArn] },
    { sid: 'FindRules', actions: ['events:ListRules'], resources: ['*'], wildcard: noResources },
    {
      sid: 'LookAtRules',
      actions: ['events:ListTargetsByRule'],
      resources: [arnOf('events', `rule/${name}-*`)],
      wildcard: 'The rules of the stack, one for each kind of event.',
    },
  ];
}

/**
 * Only these tags of instances, set or taken away. Whoever may tag asks for a role; who gets it is for the role to say.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
 */
function tagging(roleTagKey: string): readonly Permission[] {
  return [
    {
      sid: 'TagInstances',
      actions: ['ec2:CreateTags', 'ec2:DeleteTags'],
      resources: [ec2Arn('instance')],
      conditions: {
        'ForAllValues:StringEquals': { 'aws:TagKeys': [roleTagKey, 'role-priority'] },
        // DeleteTags without a key takes every tag away.
        Null: { 'aws:TagKeys': 'false' },
      },
      wildcard: 'Any instance may ask; which may hold a role is in its spec.',
    },
  ];
}
