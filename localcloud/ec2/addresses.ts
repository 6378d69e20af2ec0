import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { invalidParameterCombination, invalidParameterValue, missingParameter } from './errors.ts';
import { compileFilters, type FilterFields, filtersInput } from './filters.ts';
import { foundByIds } from './found-by-ids.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import type { Address } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';
import { announceInitialTags, initialTags, tagList, tagSpecificationsInput, tagsFor } from './tag-rules.ts';

/** AllocateAddress, DescribeAddresses and ReleaseAddress. */
export function addressOperations(world: World): readonly Operation[] {
  return [allocateAddress(world), describeAddresses(world), releaseAddress(world)];
}

function allocateAddress(world: World): Operation {
  return ec2Operation({
    name: 'AllocateAddress',
    effect: 'write',
    input: {
      Domain: z.literal('vpc').optional(),
      NetworkBorderGroup: z.string().optional(),
      TagSpecifications: tagSpecificationsInput,
    },
    honesty: {
      modelled: ["Amazon's pool, documentation addresses; five per region unless set otherwise."],
      notModelled: ['Recovering an address', 'Own and customer-owned pools', 'IPAM', 'Local Zones'],
      sources: [
        ec2Page('AllocateAddress'),
        'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html',
      ],
    },
    run: ({ NetworkBorderGroup, TagSpecifications }) => {
      const { region } = world.surroundings;
      if (NetworkBorderGroup !== undefined && NetworkBorderGroup !== region)
        throw invalidParameterValue(
          `Value (${NetworkBorderGroup}) for parameter networkBorderGroup is invalid.`,
        );
      const tags = tagsFor('elastic-ip', TagSpecifications);
      if (world.addresses.size >= world.settings.elasticIpQuota)
        throw new AwsError('AddressLimitExceeded', 'The maximum number of addresses has been reached.');
      const address: Address = {
        id: world.newResourceId('elastic-ip'),
        ...initialTags(tags),
        publicIp: world.publicAddresses.take(),
        association: undefined,
        ptr: undefined,
      };
      world.addresses.put(address);
      announceInitialTags(world, address);
      return {
        PublicIp: address.publicIp,
        AllocationId: address.id,
        PublicIpv4Pool: 'amazon',
        NetworkBorderGroup: region,
        Domain: 'vpc',
      };
    },
  });
}

function addressView(world: World, address: Address): object {
  const { association } = address;
  return {
    InstanceId: instanceIdOf(world, address),
    PublicIp: address.publicIp,
    AllocationId: address.id,
    AssociationId: association?.id,
    Domain: 'vpc',
    NetworkInterfaceId: association?.networkInterfaceId,
    NetworkInterfaceOwnerId: association === undefined ? undefined : world.surroundings.accountId,
    PrivateIpAddress: association?.privateIpAddress,
    Tags: tagList(address.tags),
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: world.surroundings.region,
  };
}

function instanceIdOf(world: World, { association }: Address): string | undefined {
  return association === undefined
    ? undefined
    : world.networkInterfaces.seen(association.networkInterfaceId)?.attachment?.instanceId;
}

function addressFields(world: World): FilterFields<Address> {
  return {
    'allocation-id': ({ id }) => id,
    'association-id': ({ association }) => association?.id,
    domain: () => 'vpc',
    'instance-id': (address) => instanceIdOf(world, address),
    'network-border-group': () => world.surroundings.region,
    'network-interface-id': ({ association }) => association?.networkInterfaceId,
    'network-interface-owner-id': ({ association }) =>
      association === undefined ? undefined : world.surroundings.accountId,
    'private-ip-address': ({ association }) => association?.privateIpAddress,
    'public-ip': ({ publicIp }) => publicIp,
  };
}

function describeAddresses(world: World): Operation {
  return ec2Operation({
    name: 'DescribeAddresses',
    effect: 'read',
    input: {
      AllocationIds: z.array(z.string()).optional(),
      PublicIps: z.array(z.string()).optional(),
      Filters: filtersInput,
    },
    honesty: {
      modelled: ['Allocation ids, public IPs, all documented filters; no paging, as on AWS.'],
      sources: [ec2Page('DescribeAddresses')],
    },
    run: ({ AllocationIds, PublicIps, Filters }) => {
      const isWanted = compileFilters(Filters, addressFields(world), ({ tags }) => tags);
      const named = PublicIps?.map((publicIp) => expectSeenByPublicIp(world, publicIp));
      const ids =
        AllocationIds === undefined && named === undefined
          ? undefined
          : [...(AllocationIds ?? []), ...(named ?? [])];
      const found = foundByIds(world.addresses, 'elastic-ip', ids, Filters, 'allocation-id');
      return { Addresses: found.filter(isWanted).map((address) => addressView(world, address)) };
    },
  });
}

function expectSeenByPublicIp(world: World, publicIp: string): string {
  const id = world.addressByPublicIp.get(publicIp);
  if (id === undefined || world.addresses.seen(id) === undefined)
    throw new AwsError('InvalidAddress.NotFound', `Address '${publicIp}' not found.`);
  return id;
}

function releaseAddress(world: World): Operation {
  return ec2Operation({
    name: 'ReleaseAddress',
    effect: 'write',
    input: {
      AllocationId: z.string().optional(),
      PublicIp: z.string().optional(),
      NetworkBorderGroup: z.string().optional(),
    },
    honesty: {
      modelled: [
        'An associated address is refused with InvalidIPAddress.InUse, one with a reverse DNS record with InvalidAddress.Locked.',
      ],
      notModelled: ['Release by public IP (EC2-Classic)'],
      sources: [
        ec2Page('ReleaseAddress'),
        'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Elastic_Addressing_Reverse_DNS.html',
      ],
    },
    run: ({ AllocationId, PublicIp }) => {
      if (AllocationId !== undefined && PublicIp !== undefined)
        throw invalidParameterCombination(
          'You may specify public IP or allocation id, but not both in the same call',
        );
      if (PublicIp !== undefined)
        throw invalidParameterValue(
          'You must specify an allocation id when releasing a VPC elastic IP address',
        );
      if (AllocationId === undefined) throw missingParameter('AllocationId');
      const address = expectResource(world.addresses, 'elastic-ip', AllocationId);
      if (address.association !== undefined)
        throw new AwsError('InvalidIPAddress.InUse', `Address ${address.publicIp} is in use.`);
      if (address.ptr !== undefined)
        throw new AwsError(
          'InvalidAddress.Locked',
          `The address with allocation id '${address.id}' cannot be released because it is locked to your account.`,
        );
      world.addresses.remove(address.id);
      world.publicAddresses.give(address.publicIp);
      return {};
    },
  });
}
