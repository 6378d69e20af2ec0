import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { invalidParameterCombination, invalidParameterValue, missingParameter } from './errors.ts';
import { addressLimitOf } from './instance-type-limits.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { chooseIpv6 } from './private-addresses.ts';
import { formatIpv6, parseIpv6 } from './state/ipv6.ts';
import { expectResource, type World } from './state/world.ts';

/** AssignIpv6Addresses and UnassignIpv6Addresses. */
export function ipv6AddressOperations(world: World): readonly Operation[] {
  return [assignIpv6Addresses(world), unassignIpv6Addresses(world)];
}

function assignIpv6Addresses(world: World): Operation {
  return ec2Operation({
    name: 'AssignIpv6Addresses',
    effect: 'write',
    hasDryRun: false,
    input: {
      NetworkInterfaceId: z.string(),
      Ipv6Addresses: z.array(z.string()).optional(),
      Ipv6AddressCount: z.number().int().positive().optional(),
    },
    honesty: {
      modelled: [
        "Given or random addresses of the subnet's /64, all or none, within the limit of the instance type.",
        'An address in use is refused: IPv6 addresses are not reassigned, they must be unassigned first.',
      ],
      notModelled: ['Prefixes'],
      sources: [
        ec2Page('AssignIpv6Addresses'),
        'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html',
        'unverified: the codes for an address in use and for too many addresses',
      ],
    },
    run: ({ NetworkInterfaceId, Ipv6Addresses, Ipv6AddressCount }) => {
      const eni = expectResource(world.networkInterfaces, 'network-interface', NetworkInterfaceId);
      if (Ipv6Addresses !== undefined && Ipv6AddressCount !== undefined)
        throw invalidParameterCombination(
          'You may specify one and only one of ipv6Addresses or ipv6AddressCount, but not both of them.',
        );
      if (Ipv6Addresses === undefined && Ipv6AddressCount === undefined)
        throw missingParameter('ipv6Addresses or ipv6AddressCount');
      const subnet = expectResource(world.subnets, 'subnet', eni.subnetId);
      const added = chooseIpv6(world, subnet, Ipv6Addresses ?? [], Ipv6AddressCount ?? 0);
      const limit = addressLimitOf(world, eni);
      if (limit !== undefined && eni.ipv6Addresses.length + added.length > limit)
        throw new AwsError('PrivateIpAddressLimitExceeded', 'Number of IPv6 addresses will exceed limit.');
      world.networkInterfaces.put({ ...eni, ipv6Addresses: [...eni.ipv6Addresses, ...added] });
      return { NetworkInterfaceId: eni.id, AssignedIpv6Addresses: added };
    },
  });
}

function unassignIpv6Addresses(world: World): Operation {
  return ec2Operation({
    name: 'UnassignIpv6Addresses',
    effect: 'write',
    hasDryRun: false,
    input: { NetworkInterfaceId: z.string(), Ipv6Addresses: z.array(z.string()) },
    honesty: {
      modelled: ['All addresses or none, and only those that the interface has.'],
      notModelled: ['Prefixes'],
      sources: [
        ec2Page('UnassignIpv6Addresses'),
        'unverified: the error for an address that is not assigned',
      ],
    },
    run: ({ NetworkInterfaceId, Ipv6Addresses }) => {
      const eni = expectResource(world.networkInterfaces, 'network-interface', NetworkInterfaceId);
      const removed = Ipv6Addresses.map((text) => canonical(text));
      if (removed.some((address) => !eni.ipv6Addresses.includes(address)))
        throw invalidParameterValue(
          `Some of the specified addresses are not assigned to interface ${eni.id}`,
        );
      const kept = eni.ipv6Addresses.filter((address) => !removed.includes(address));
      world.networkInterfaces.put({ ...eni, ipv6Addresses: kept });
      return { NetworkInterfaceId: eni.id, UnassignedIpv6Addresses: removed };
    },
  });
}

function canonical(text: string): string {
  const address = parseIpv6(text);
  return address === undefined ? text : formatIpv6(address);
}
