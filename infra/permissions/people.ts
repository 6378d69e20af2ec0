import { Aws } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Parameters } from '../parameters.ts';
import { ec2Arn, zoneArns } from './arns.ts';
import { acknowledgeWildcards, type Permission, policyOf } from './permission.ts';

/** What people's policies are about. */
export interface PeopleScope {
  readonly parameters: Parameters;
  readonly tableArn: string;
  readonly eventsQueueArn: string;
  readonly resyncFunctionArn: string;
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

function writing({
  parameters,
  tableArn,
  eventsQueueArn,
  resyncFunctionArn,
}: PeopleScope): readonly Permission[] {
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
        // The rows of roles and their directory: not what is remembered of instances. A team's own policy may name fewer.
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ROLE#*', 'ROLES'] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    },
    {
      sid: 'LookAtInstances',
      actions: [
        'ec2:DescribeAddresses',
        'ec2:DescribeInstances',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSubnets',
        'ec2:DescribeTags',
      ],
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
      resources: zoneArns(parameters.zones),
      wildcard: 'Only with zones=*: whoever writes roles may look at every zone that roles may name.',
    },
    { sid: 'SendEvents', actions: ['sqs:SendMessage'], resources: [eventsQueueArn] },
    { sid: 'RunResync', actions: ['lambda:InvokeFunction'], resources: [resyncFunctionArn] },
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
