import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { invalidParameterCombination, invalidParameterValue, missingParameter } from './errors.ts';
import { type FilterFields, filtersInput } from './filters.ts';
import { foundByIds } from './found-by-ids.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { pagingInput } from './paging.ts';
import { createMainRouteTable } from './route-tables.ts';
import { createDefaultGroup } from './security-groups.ts';
import { selectPage } from './select-page.ts';
import { formatIpv4Block, parseIpv4Block } from './state/ipv4.ts';
import type { Tags, Vpc } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';
import { announceInitialTags, initialTags, tagList, tagSpecificationsInput, tagsFor } from './tag-rules.ts';

/** What a new VPC is given; the default VPC alone starts with DNS host names. */
export interface NewVpc {
  readonly cidrBlock: string;
  readonly isDefault: boolean;
  readonly hasIpv6: boolean;
  readonly tags: Tags;
}

/** CreateVpc, DescribeVpcs, ModifyVpcAttribute and DescribeVpcAttribute. */
export function vpcOperations(world: World): readonly Operation[] {
  return [
    createVpcOperation(world),
    describeVpcs(world),
    modifyVpcAttribute(world),
    describeVpcAttribute(world),
  ];
}

/** Makes a VPC with its main route table and its default security group. */
export function createVpc(world: World, { cidrBlock, isDefault, hasIpv6, tags }: NewVpc): Vpc {
  const block = parseIpv4Block(cidrBlock);
  if (block === undefined)
    throw invalidParameterValue(
      `Value (${cidrBlock}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  if (block.prefixLength < 16 || block.prefixLength > 28)
    throw new AwsError('InvalidVpc.Range', `The CIDR '${cidrBlock}' is invalid.`);
  const vpc: Vpc = {
    id: world.newResourceId('vpc'),
    ...initialTags(tags),
    cidrBlock: formatIpv4Block(block),
    cidrAssociationId: world.newId('vpc-cidr-assoc'),
    ipv6CidrBlock: hasIpv6 ? newIpv6Block(world) : undefined,
    ipv6AssociationId: hasIpv6 ? world.newId('vpc-cidr-assoc') : undefined,
    dhcpOptionsId: world.newId('dopt'),
    isDefault,
    isDnsSupportEnabled: true,
    isDnsHostnamesEnabled: isDefault,
  };
  world.vpcs.put(vpc);
  createMainRouteTable(world, vpc);
  createDefaultGroup(world, vpc.id);
  announceInitialTags(world, vpc);
  return vpc;
}

// A /56 out of the documentation prefix of RFC 3849, as Amazon gives a /56 out of its own.
function newIpv6Block({ surroundings: { random } }: World): string {
  return `2001:db8:${random.hex(4).replace(/^0+(?=.)/, '')}:${(random.integer(255) + 1).toString(16)}00::/56`;
}

function createVpcOperation(world: World): Operation {
  return ec2Operation({
    name: 'CreateVpc',
    effect: 'write',
    input: {
      CidrBlock: z.string().optional(),
      AmazonProvidedIpv6CidrBlock: z.boolean().optional(),
      InstanceTenancy: z.literal('default').optional(),
      TagSpecifications: tagSpecificationsInput,
    },
    honesty: {
      modelled: [
        'A block between /16 and /28, its main route table and default security group; DNS support on, DNS host names off.',
        'An Amazon-provided IPv6 /56 (out of the documentation prefix 2001:db8::/32).',
      ],
      notModelled: [
        'The state pending: a VPC is available at once',
        'Secondary CIDR blocks',
        'Tenancy',
        'IPAM',
      ],
      sources: [ec2Page('CreateVpc'), 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html'],
    },
    run: ({ CidrBlock, AmazonProvidedIpv6CidrBlock, TagSpecifications }) => {
      if (CidrBlock === undefined) throw missingParameter('cidrBlock');
      const vpc = createVpc(world, {
        cidrBlock: CidrBlock,
        isDefault: false,
        hasIpv6: AmazonProvidedIpv6CidrBlock ?? false,
        tags: tagsFor('vpc', TagSpecifications),
      });
      return { Vpc: vpcView(world, vpc) };
    },
  });
}

function vpcView(world: World, vpc: Vpc): object {
  return {
    VpcId: vpc.id,
    State: 'available',
    CidrBlock: vpc.cidrBlock,
    DhcpOptionsId: vpc.dhcpOptionsId,
    OwnerId: world.surroundings.accountId,
    InstanceTenancy: 'default',
    IsDefault: vpc.isDefault,
    CidrBlockAssociationSet: [
      {
        AssociationId: vpc.cidrAssociationId,
        CidrBlock: vpc.cidrBlock,
        CidrBlockState: { State: 'associated' },
      },
    ],
    Ipv6CidrBlockAssociationSet:
      vpc.ipv6CidrBlock === undefined
        ? undefined
        : [
            {
              AssociationId: vpc.ipv6AssociationId,
              Ipv6CidrBlock: vpc.ipv6CidrBlock,
              Ipv6CidrBlockState: { State: 'associated' },
              NetworkBorderGroup: world.surroundings.region,
              Ipv6Pool: 'Amazon',
            },
          ],
    Tags: tagList(vpc.tags),
  };
}

function vpcFields(world: World): FilterFields<Vpc> {
  return {
    cidr: (vpc) => vpc.cidrBlock,
    'cidr-block-association.association-id': (vpc) => vpc.cidrAssociationId,
    'cidr-block-association.cidr-block': (vpc) => vpc.cidrBlock,
    'cidr-block-association.state': () => 'associated',
    'dhcp-options-id': (vpc) => vpc.dhcpOptionsId,
    'ipv6-cidr-block-association.association-id': (vpc) => vpc.ipv6AssociationId,
    'ipv6-cidr-block-association.ipv6-cidr-block': (vpc) => vpc.ipv6CidrBlock,
    'is-default': (vpc) => vpc.isDefault,
    isDefault: (vpc) => vpc.isDefault,
    'owner-id': () => world.surroundings.accountId,
    state: () => 'available',
    'vpc-id': (vpc) => vpc.id,
  };
}

function describeVpcs(world: World): Operation {
  return ec2Operation({
    name: 'DescribeVpcs',
    effect: 'read',
    input: { VpcIds: z.array(z.string()).optional(), Filters: filtersInput, ...pagingInput },
    honesty: {
      modelled: ['Ids, filters on all fields that are kept, MaxResults 5 to 1000 with NextToken.'],
      sources: [ec2Page('DescribeVpcs')],
    },
    run: ({ VpcIds, Filters, ...paging }) => {
      const { items, nextToken } = selectPage(world.vpcs, {
        kind: 'vpc',
        ids: VpcIds,
        Filters,
        paging,
        fields: vpcFields(world),
        idFilter: 'vpc-id',
        idsAloneParameter: 'vpcSet',
      });
      return { Vpcs: items.map((vpc) => vpcView(world, vpc)), ...nextToken };
    },
  });
}

const booleanAttribute = z.strictObject({ Value: z.boolean() }).optional();

function modifyVpcAttribute(world: World): Operation {
  return ec2Operation({
    name: 'ModifyVpcAttribute',
    effect: 'write',
    hasDryRun: false,
    input: {
      VpcId: z.string(),
      EnableDnsSupport: booleanAttribute,
      EnableDnsHostnames: booleanAttribute,
    },
    honesty: {
      modelled: [
        'One attribute a call. DNS host names need DNS support; public DNS names show and hide with them.',
      ],
      notModelled: ['EnableNetworkAddressUsageMetrics'],
      sources: [
        ec2Page('ModifyVpcAttribute'),
        'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html',
        'unverified: the codes and messages of the refusals',
      ],
    },
    run: ({ VpcId, EnableDnsSupport, EnableDnsHostnames }) => {
      const vpc = expectResource(world.vpcs, 'vpc', VpcId);
      if (EnableDnsSupport !== undefined && EnableDnsHostnames !== undefined)
        throw invalidParameterCombination('Fields for multiple attribute types specified');
      if (EnableDnsSupport === undefined && EnableDnsHostnames === undefined)
        throw invalidParameterCombination('No attributes specified.');
      const isDnsSupportEnabled = EnableDnsSupport?.Value ?? vpc.isDnsSupportEnabled;
      const isDnsHostnamesEnabled = EnableDnsHostnames?.Value ?? vpc.isDnsHostnamesEnabled;
      if (EnableDnsHostnames?.Value === true && !isDnsSupportEnabled)
        throw invalidParameterCombination('DNS hostnames cannot be enabled while DNS support is disabled');
      world.vpcs.put({ ...vpc, isDnsSupportEnabled, isDnsHostnamesEnabled });
      return {};
    },
  });
}

function describeVpcAttribute(world: World): Operation {
  return ec2Operation({
    name: 'DescribeVpcAttribute',
    effect: 'read',
    input: { VpcId: z.string(), Attribute: z.enum(['enableDnsSupport', 'enableDnsHostnames']) },
    honesty: {
      modelled: ['enableDnsSupport and enableDnsHostnames.'],
      notModelled: ['enableNetworkAddressUsageMetrics'],
      sources: [ec2Page('DescribeVpcAttribute')],
    },
    run: ({ VpcId, Attribute }) => {
      const [vpc] = foundByIds(world.vpcs, 'vpc', [VpcId]);
      return Attribute === 'enableDnsSupport'
        ? { VpcId, EnableDnsSupport: { Value: vpc?.isDnsSupportEnabled ?? false } }
        : { VpcId, EnableDnsHostnames: { Value: vpc?.isDnsHostnamesEnabled ?? false } };
    },
  });
}
