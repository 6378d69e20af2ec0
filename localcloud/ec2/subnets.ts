import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { invalidParameterCombination, invalidParameterValue, missingParameter } from './errors.ts';
import { type FilterFields, filtersInput } from './filters.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { pagingInput } from './paging.ts';
import { selectPage } from './select-page.ts';
import { formatIpv4Block, isWithin, overlaps, parseIpv4Block } from './state/ipv4.ts';
import { formatIpv6Block, holdsIpv6, parseIpv6Block } from './state/ipv6.ts';
import type { Subnet, Tags, Vpc } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';
import { announceInitialTags, initialTags, tagList, tagSpecificationsInput, tagsFor } from './tag-rules.ts';
import { expectZoneId } from './zones.ts';

/** What a new subnet is given. */
export interface NewSubnet {
  readonly vpc: Vpc;
  readonly cidrBlock: string;
  readonly availabilityZone: string;
  readonly ipv6CidrBlock: string | undefined;
  readonly isDefaultForZone: boolean;
  readonly tags: Tags;
}

/** CreateSubnet, ModifySubnetAttribute and DescribeSubnets. */
export function subnetOperations(world: World): readonly Operation[] {
  return [createSubnetOperation(world), modifySubnetAttribute(world), describeSubnets(world)];
}

/** Makes a subnet; a default one maps public IPs on launch, as those of a default VPC do. */
export function createSubnet(world: World, subnet: NewSubnet): Subnet {
  const { vpc, isDefaultForZone, availabilityZone, tags } = subnet;
  expectZoneId(world, availabilityZone);
  const cidrBlock = expectFreeBlock(world, vpc, subnet.cidrBlock);
  const ipv6CidrBlock =
    subnet.ipv6CidrBlock === undefined ? undefined : expectIpv6Block(world, vpc, subnet.ipv6CidrBlock);
  const created: Subnet = {
    id: world.newResourceId('subnet'),
    ...initialTags(tags),
    vpcId: vpc.id,
    availabilityZone,
    cidrBlock,
    ipv6CidrBlock,
    ipv6AssociationId: ipv6CidrBlock === undefined ? undefined : world.newId('subnet-cidr-assoc'),
    isDefaultForZone,
    isPublicIpMappedOnLaunch: isDefaultForZone,
    isIpv6AssignedOnCreation: false,
  };
  world.subnets.put(created);
  world.subnetAddresses.open(created.id, cidrBlock);
  announceInitialTags(world, created);
  return created;
}

function expectFreeBlock(world: World, vpc: Vpc, cidr: string): string {
  const block = parseIpv4Block(cidr);
  const vpcBlock = parseIpv4Block(vpc.cidrBlock);
  if (block === undefined || vpcBlock === undefined)
    throw invalidParameterValue(
      `Value (${cidr}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  if (block.prefixLength < 16 || block.prefixLength > 28 || !isWithin(block, vpcBlock))
    throw new AwsError('InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`);
  // Subnets of one VPC are few (200 by default quota), so looking at all of them is no scan of the world's size.
  for (const other of world.subnets.all()) {
    const otherBlock = other.vpcId === vpc.id ? parseIpv4Block(other.cidrBlock) : undefined;
    if (otherBlock !== undefined && overlaps(block, otherBlock))
      throw new AwsError('InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`);
  }
  return formatIpv4Block(block);
}

function expectIpv6Block(world: World, vpc: Vpc, cidr: string): string {
  const block = parseIpv6Block(cidr);
  const vpcBlock = vpc.ipv6CidrBlock === undefined ? undefined : parseIpv6Block(vpc.ipv6CidrBlock);
  if (block === undefined || block.prefixLength !== 64)
    throw invalidParameterValue(
      `Value (${cidr}) for parameter ipv6CidrBlock is invalid. This is not a valid IPv6 CIDR block.`,
    );
  if (vpcBlock === undefined || !holdsIpv6(vpcBlock, block.first))
    throw new AwsError('InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`);
  const canonical = formatIpv6Block(block);
  for (const other of world.subnets.all())
    if (other.vpcId === vpc.id && other.ipv6CidrBlock === canonical)
      throw new AwsError('InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`);
  return canonical;
}

function createSubnetOperation(world: World): Operation {
  return ec2Operation({
    name: 'CreateSubnet',
    effect: 'write',
    input: {
      VpcId: z.string(),
      CidrBlock: z.string().optional(),
      Ipv6CidrBlock: z.string().optional(),
      AvailabilityZone: z.string().optional(),
      AvailabilityZoneId: z.string().optional(),
      TagSpecifications: tagSpecificationsInput,
    },
    honesty: {
      modelled: [
        'A block between /16 and /28 inside the VPC that overlaps no other subnet; an IPv6 /64 inside the VPC.',
        'The first four addresses and the last one are reserved.',
        'Without a zone the first one is taken.',
      ],
      notModelled: ['IPv6-only subnets', 'Outposts', 'IPAM', 'Shared subnets'],
      sources: [
        ec2Page('CreateSubnet'),
        'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
        'unverified: which zone AWS chooses',
      ],
    },
    run: ({ VpcId, CidrBlock, Ipv6CidrBlock, TagSpecifications, ...zone }) => {
      const vpc = expectResource(world.vpcs, 'vpc', VpcId);
      if (CidrBlock === undefined) throw missingParameter('cidrBlock');
      const subnet = createSubnet(world, {
        vpc,
        cidrBlock: CidrBlock,
        availabilityZone: zoneOf(world, zone),
        ipv6CidrBlock: Ipv6CidrBlock,
        isDefaultForZone: false,
        tags: tagsFor('subnet', TagSpecifications),
      });
      return { Subnet: subnetView(world, subnet) };
    },
  });
}

function zoneOf(
  world: World,
  {
    AvailabilityZone,
    AvailabilityZoneId,
  }: { AvailabilityZone?: string | undefined; AvailabilityZoneId?: string | undefined },
): string {
  if (AvailabilityZone !== undefined && AvailabilityZoneId !== undefined)
    throw invalidParameterCombination('Specify either AvailabilityZone or AvailabilityZoneId, not both');
  if (AvailabilityZone !== undefined) return AvailabilityZone;
  const zones = world.zones;
  const zone =
    AvailabilityZoneId === undefined ? zones[0] : zones.find(({ id }) => id === AvailabilityZoneId);
  if (zone === undefined)
    throw invalidParameterValue(`Value (${AvailabilityZoneId}) for parameter availabilityZoneId is invalid.`);
  return zone.name;
}

function subnetView(world: World, subnet: Subnet): object {
  return {
    SubnetId: subnet.id,
    SubnetArn: world.arn('subnet', subnet.id),
    State: 'available',
    VpcId: subnet.vpcId,
    OwnerId: world.surroundings.accountId,
    CidrBlock: subnet.cidrBlock,
    AvailableIpAddressCount: world.subnetAddresses.freeCount(subnet.id),
    AvailabilityZone: subnet.availabilityZone,
    AvailabilityZoneId: expectZoneId(world, subnet.availabilityZone),
    DefaultForAz: subnet.isDefaultForZone,
    MapPublicIpOnLaunch: subnet.isPublicIpMappedOnLaunch,
    MapCustomerOwnedIpOnLaunch: false,
    AssignIpv6AddressOnCreation: subnet.isIpv6AssignedOnCreation,
    Ipv6Native: false,
    EnableDns64: false,
    Ipv6CidrBlockAssociationSet:
      subnet.ipv6CidrBlock === undefined
        ? []
        : [
            {
              AssociationId: subnet.ipv6AssociationId,
              Ipv6CidrBlock: subnet.ipv6CidrBlock,
              Ipv6CidrBlockState: { State: 'associated' },
            },
          ],
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    Tags: tagList(subnet.tags),
  };
}

function subnetFields(world: World): FilterFields<Subnet> {
  return {
    'availability-zone': (subnet) => subnet.availabilityZone,
    availabilityZone: (subnet) => subnet.availabilityZone,
    'availability-zone-id': (subnet) => expectZoneId(world, subnet.availabilityZone),
    availabilityZoneId: (subnet) => expectZoneId(world, subnet.availabilityZone),
    'available-ip-address-count': (subnet) => world.subnetAddresses.freeCount(subnet.id),
    cidr: (subnet) => subnet.cidrBlock,
    cidrBlock: (subnet) => subnet.cidrBlock,
    'cidr-block': (subnet) => subnet.cidrBlock,
    'default-for-az': (subnet) => subnet.isDefaultForZone,
    defaultForAz: (subnet) => subnet.isDefaultForZone,
    'ipv6-cidr-block-association.association-id': (subnet) => subnet.ipv6AssociationId,
    'ipv6-cidr-block-association.ipv6-cidr-block': (subnet) => subnet.ipv6CidrBlock,
    'map-public-ip-on-launch': (subnet) => subnet.isPublicIpMappedOnLaunch,
    'owner-id': () => world.surroundings.accountId,
    state: () => 'available',
    'subnet-arn': (subnet) => world.arn('subnet', subnet.id),
    'subnet-id': (subnet) => subnet.id,
    'vpc-id': (subnet) => subnet.vpcId,
  };
}

function describeSubnets(world: World): Operation {
  return ec2Operation({
    name: 'DescribeSubnets',
    effect: 'read',
    input: { SubnetIds: z.array(z.string()).optional(), Filters: filtersInput, ...pagingInput },
    honesty: {
      modelled: ['Ids, filters on all fields that are kept, paging. The count of free addresses never lags.'],
      sources: [ec2Page('DescribeSubnets')],
    },
    run: ({ SubnetIds, Filters, ...paging }) => {
      const { items, nextToken } = selectPage(world.subnets, {
        kind: 'subnet',
        ids: SubnetIds,
        Filters,
        paging,
        fields: subnetFields(world),
        idFilter: 'subnet-id',
        idsAloneParameter: 'subnetSet',
      });
      return { Subnets: items.map((subnet) => subnetView(world, subnet)), ...nextToken };
    },
  });
}

const booleanAttribute = z.strictObject({ Value: z.boolean() }).optional();

function modifySubnetAttribute(world: World): Operation {
  return ec2Operation({
    name: 'ModifySubnetAttribute',
    effect: 'write',
    hasDryRun: false,
    input: {
      SubnetId: z.string(),
      MapPublicIpOnLaunch: booleanAttribute,
      AssignIpv6AddressOnCreation: booleanAttribute,
    },
    honesty: {
      modelled: ['MapPublicIpOnLaunch and AssignIpv6AddressOnCreation, one a call.'],
      notModelled: ['All other attributes'],
      sources: [ec2Page('ModifySubnetAttribute')],
    },
    run: ({ SubnetId, MapPublicIpOnLaunch, AssignIpv6AddressOnCreation }) => {
      const subnet = expectResource(world.subnets, 'subnet', SubnetId);
      if ((MapPublicIpOnLaunch === undefined) === (AssignIpv6AddressOnCreation === undefined))
        throw invalidParameterCombination('Exactly one attribute must be specified');
      if (AssignIpv6AddressOnCreation?.Value === true && subnet.ipv6CidrBlock === undefined)
        throw invalidParameterValue(`The subnet '${subnet.id}' does not have an IPv6 CIDR block`);
      world.subnets.put({
        ...subnet,
        isPublicIpMappedOnLaunch: MapPublicIpOnLaunch?.Value ?? subnet.isPublicIpMappedOnLaunch,
        isIpv6AssignedOnCreation: AssignIpv6AddressOnCreation?.Value ?? subnet.isIpv6AssignedOnCreation,
      });
      return {};
    },
  });
}
