import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { type FilterFields, filtersInput } from './filters.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { pagingInput } from './paging.ts';
import { selectPage } from './select-page.ts';
import { notFound } from './state/ids.ts';
import type { SecurityGroup } from './state/resources.ts';
import { expectResource, expectResources, type World } from './state/world.ts';
import {
  announceInitialTags,
  initialTags,
  tagList,
  tagSpecificationsInput,
  tagsFor,
  untagged,
} from './tag-rules.ts';

/** CreateSecurityGroup and DescribeSecurityGroups: groups exist, their rules are not modelled. */
export function securityGroupOperations(world: World): readonly Operation[] {
  return [createSecurityGroup(world), describeSecurityGroups(world)];
}

/** Every VPC has a group named `default`. */
export function createDefaultGroup(world: World, vpcId: string): void {
  world.securityGroups.put({
    id: world.newResourceId('security-group'),
    ...untagged,
    vpcId,
    name: 'default',
    description: 'default VPC security group',
  });
}

/**
 * The groups of an interface: those asked for, which must be of its VPC, or the VPC's default group.
 * Throws InvalidGroup.NotFound also for groups of another VPC.
 */
export function expectGroupIds(
  world: World,
  vpcId: string,
  ids: readonly string[] | undefined,
): readonly string[] {
  if (ids === undefined || ids.length === 0) {
    const defaultGroupId = world.groupByName.get(`${vpcId}/default`);
    return defaultGroupId === undefined ? [] : [defaultGroupId];
  }
  const groups = expectResources(world.securityGroups, 'security-group', ids);
  const foreign = groups.find((group) => group.vpcId !== vpcId);
  if (foreign !== undefined)
    throw new AwsError(
      'InvalidGroup.NotFound',
      `The security group '${foreign.id}' does not exist in VPC '${vpcId}'`,
    );
  return groups.map(({ id }) => id);
}

/** The ids of groups of a VPC that are given by name. */
export function expectGroupIdsByName(world: World, vpcId: string, names: readonly string[]): string[] {
  return names.map((name) => {
    const id = world.groupByName.get(`${vpcId}/${name}`);
    if (id === undefined) throw notFound('security-group', [name]);
    return id;
  });
}

/** Groups as they show on interfaces and instances. */
export function groupViews(
  world: World,
  ids: readonly string[],
): { readonly GroupId: string; readonly GroupName: string | undefined }[] {
  return ids.map((id) => ({ GroupId: id, GroupName: world.securityGroups.get(id)?.name }));
}

function createSecurityGroup(world: World): Operation {
  return ec2Operation({
    name: 'CreateSecurityGroup',
    effect: 'write',
    input: {
      GroupName: z.string(),
      Description: z.string(),
      VpcId: z.string().optional(),
      TagSpecifications: tagSpecificationsInput,
    },
    honesty: {
      modelled: ['A group in a VPC (the default one unless given); names are unique within it.'],
      notModelled: ['Rules: nothing is filtered'],
      sources: [ec2Page('CreateSecurityGroup')],
    },
    run: ({ GroupName, Description, VpcId = world.defaultVpc.get('default'), TagSpecifications }) => {
      if (VpcId === undefined) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user');
      const vpc = expectResource(world.vpcs, 'vpc', VpcId);
      if (world.groupByName.has(`${vpc.id}/${GroupName}`))
        throw new AwsError(
          'InvalidGroup.Duplicate',
          `The security group '${GroupName}' already exists for VPC '${vpc.id}'`,
        );
      const group: SecurityGroup = {
        id: world.newResourceId('security-group'),
        ...initialTags(tagsFor('security-group', TagSpecifications)),
        vpcId: vpc.id,
        name: GroupName,
        description: Description,
      };
      world.securityGroups.put(group);
      announceInitialTags(world, group);
      return {
        GroupId: group.id,
        SecurityGroupArn: world.arn('security-group', group.id),
        Tags: tagList(group.tags),
      };
    },
  });
}

function groupFields(world: World): FilterFields<SecurityGroup> {
  return {
    description: (group) => group.description,
    'group-id': (group) => group.id,
    'group-name': (group) => group.name,
    'owner-id': () => world.surroundings.accountId,
    'vpc-id': (group) => group.vpcId,
  };
}

function describeSecurityGroups(world: World): Operation {
  return ec2Operation({
    name: 'DescribeSecurityGroups',
    effect: 'read',
    input: {
      GroupIds: z.array(z.string()).optional(),
      GroupNames: z.array(z.string()).optional(),
      Filters: filtersInput,
      ...pagingInput,
    },
    honesty: {
      modelled: ['Ids, names in the default VPC, filters on the fields that are kept, paging.'],
      notModelled: ['Rules: the permission lists are those of a fresh group, egress to everywhere'],
      sources: [ec2Page('DescribeSecurityGroups')],
    },
    run: ({ GroupIds, GroupNames, Filters, ...paging }) => {
      const named = expectGroupIdsByName(world, world.defaultVpc.get('default') ?? '', GroupNames ?? []);
      const ids =
        GroupIds === undefined && GroupNames === undefined ? undefined : [...(GroupIds ?? []), ...named];
      const { items, nextToken } = selectPage(world.securityGroups, {
        kind: 'security-group',
        ids,
        Filters,
        paging,
        fields: groupFields(world),
        idFilter: 'group-id',
        idsAloneParameter: 'groupIdSet',
      });
      return { SecurityGroups: items.map((group) => groupView(world, group)), ...nextToken };
    },
  });
}

function groupView(world: World, group: SecurityGroup): object {
  return {
    OwnerId: world.surroundings.accountId,
    GroupId: group.id,
    SecurityGroupArn: world.arn('security-group', group.id),
    GroupName: group.name,
    Description: group.description,
    VpcId: group.vpcId,
    IpPermissions: [],
    IpPermissionsEgress: [
      {
        IpProtocol: '-1',
        UserIdGroupPairs: [],
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
      },
    ],
    Tags: tagList(group.tags),
  };
}
