import { Aws, Fn } from 'aws-cdk-lib';
import type { Parameters } from '../parameters.ts';
import { arnOf, ec2Arn } from './arns.ts';
import type { Permission } from './permission.ts';

type Scope = Pick<Parameters, 'elasticIpTag' | 'vpcs'>;
type Conditions = Pick<Permission, 'conditions'>;

const ofTheAccount = 'Which one is said in the specs of roles, which change without a deployment.';
const noResources = 'EC2 and Elastic Load Balancing know no resources for reading; the region is the bound.';

/**
 * What it takes to read and to move addresses: one statement for each kind of address and of resource, so that each is
 * needed by some role, and bounded as far as IAM can tell.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function addressPermissions(scope: Scope): readonly Permission[] {
  return [
    ...readPermissions,
    ...elasticIpPermissions(scope),
    ...networkPermissions(scope),
    ...targetPermissions,
  ];
}

/** For actions that know no resource. */
const inThisRegion = { StringEquals: { 'aws:RequestedRegion': Aws.REGION } };

/** From the instances of an event to the roles that they ask for. */
export const roleTagsPermission: Permission = {
  sid: 'DescribeRoleTags',
  actions: ['ec2:DescribeTags'],
  resources: ['*'],
  conditions: inThisRegion,
  wildcard: noResources,
};

/** All that is read of EC2 for a plan. */
export const describeActions: readonly string[] = [
  'ec2:DescribeAddresses',
  'ec2:DescribeAddressesAttribute',
  'ec2:DescribeImages',
  'ec2:DescribeInstanceStatus',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeInstances',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeRouteTables',
  'ec2:DescribeSubnets',
];

const readPermissions: readonly Permission[] = [
  {
    sid: 'Describe',
    actions: describeActions,
    resources: ['*'],
    conditions: inThisRegion,
    wildcard: noResources,
  },
  {
    sid: 'DescribeTargets',
    actions: ['elasticloadbalancing:DescribeTargetHealth'],
    resources: ['*'],
    conditions: inThisRegion,
    wildcard: noResources,
  },
];

/**
 * An association is of an Elastic IP with an interface, and IAM asks about both. IAM's reference has the instance too, and
 * does not say when it is asked about. An association ends with the next one, so nothing is ever disassociated.
 */
function elasticIpPermissions({ elasticIpTag, vpcs }: Scope): readonly Permission[] {
  const tagged = withTag(elasticIpTag);
  return [
    {
      sid: 'MoveElasticIps',
      actions: ['ec2:AssociateAddress'],
      resources: [ec2Arn('elastic-ip')],
      wildcard: ofTheAccount,
      ...tagged,
    },
    {
      sid: 'ElasticIpInterfaces',
      actions: ['ec2:AssociateAddress'],
      resources: [ec2Arn('network-interface')],
      wildcard: ofTheAccount,
      ...inVpcs(vpcs),
    },
    {
      sid: 'ElasticIpInstances',
      actions: ['ec2:AssociateAddress'],
      resources: [ec2Arn('instance')],
      wildcard: ofTheAccount,
    },
    {
      sid: 'NameElasticIps',
      actions: ['ec2:ModifyAddressAttribute'],
      resources: [ec2Arn('elastic-ip')],
      wildcard: ofTheAccount,
      ...tagged,
    },
  ];
}

function networkPermissions({ vpcs }: Scope): readonly Permission[] {
  const onInterfaces = { resources: [ec2Arn('network-interface')], wildcard: ofTheAccount, ...inVpcs(vpcs) };
  return [
    // One that is assigned elsewhere is reassigned by the same call.
    { sid: 'MovePrivateIps', actions: ['ec2:AssignPrivateIpAddresses'], ...onInterfaces },
    {
      sid: 'MoveIpv6Addresses',
      actions: ['ec2:AssignIpv6Addresses', 'ec2:UnassignIpv6Addresses'],
      ...onInterfaces,
    },
    {
      sid: 'MoveInterfaces',
      actions: ['ec2:AttachNetworkInterface', 'ec2:DetachNetworkInterface'],
      ...onInterfaces,
    },
    {
      sid: 'MoveInterfacesBetweenInstances',
      actions: ['ec2:AttachNetworkInterface', 'ec2:DetachNetworkInterface'],
      resources: [ec2Arn('instance')],
      wildcard: ofTheAccount,
    },
    // So that it forwards what is not for itself, and does not end with the instance that it was attached to.
    { sid: 'AdjustInterfaces', actions: ['ec2:ModifyNetworkInterfaceAttribute'], ...onInterfaces },
    {
      sid: 'AdjustInterfacesOfInstances',
      actions: ['ec2:ModifyNetworkInterfaceAttribute'],
      resources: [ec2Arn('instance')],
      wildcard: ofTheAccount,
    },
    {
      sid: 'MoveRoutes',
      actions: ['ec2:CreateRoute', 'ec2:ReplaceRoute'],
      resources: [ec2Arn('route-table')],
      wildcard: ofTheAccount,
      ...inVpcs(vpcs),
    },
  ];
}

const targetPermissions: readonly Permission[] = [
  {
    sid: 'RegisterTargets',
    actions: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
    resources: [arnOf('elasticloadbalancing', 'targetgroup/*')],
    wildcard: ofTheAccount,
  },
];

function withTag(tag: Parameters['elasticIpTag']): Conditions {
  if (tag === undefined) return {};
  return { conditions: { StringEquals: { [`aws:ResourceTag/${tag.key}`]: tag.value } } };
}

/** Interfaces and route tables know their VPC; instances do not. */
function inVpcs(vpcs: Parameters['vpcs']): Conditions {
  if (vpcs === undefined) return {};
  return { conditions: { ArnEquals: { 'ec2:Vpc': vpcs.map((id) => Fn.sub(arnOf('ec2', `vpc/${id}`))) } } };
}
