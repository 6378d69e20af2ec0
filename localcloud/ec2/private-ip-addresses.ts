import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { invalidParameterCombination, invalidParameterValue, missingParameter } from './errors.ts';
import { addressLimitOf } from './instance-type-limits.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { expectFree, expectInSubnet, takeFree } from './private-addresses.ts';
import { relink, unlink } from './public-association.ts';
import type { NetworkInterface, PrivateIp } from './state/resources.ts';
import { expectResource, privateIpKey, targetKey, type World } from './state/world.ts';

const userGuidePage =
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-secondary-ip-addresses.html';

/** AssignPrivateIpAddresses and UnassignPrivateIpAddresses. */
export function privateIpAddressOperations(world: World): readonly Operation[] {
  return [assignPrivateIpAddresses(world), unassignPrivateIpAddresses(world)];
}

function assignPrivateIpAddresses(world: World): Operation {
  return ec2Operation({
    name: 'AssignPrivateIpAddresses',
    effect: 'write',
    hasDryRun: false,
    input: {
      NetworkInterfaceId: z.string(),
      PrivateIpAddresses: z.array(z.string()).optional(),
      SecondaryPrivateIpAddressCount: z.number().int().positive().optional(),
      AllowReassignment: z.boolean().optional(),
    },
    honesty: {
      modelled: [
        'All addresses or none; they must be in the subnet of the interface and not reserved.',
        'AllowReassignment moves a secondary address from another interface with its Elastic IP; without it the address is refused. A primary address never moves.',
        'An address that the interface has already is left as it is.',
        'The limit of the instance type for addresses per interface.',
        'The move is decided at once and shows after the lag: on AWS too remapping is asynchronous.',
      ],
      notModelled: ['Prefixes'],
      sources: [
        ec2Page('AssignPrivateIpAddresses'),
        userGuidePage,
        'unverified: whether the association id of an Elastic IP that moves along stays (here it does)',
      ],
    },
    run: ({ NetworkInterfaceId, PrivateIpAddresses, SecondaryPrivateIpAddressCount, AllowReassignment }) => {
      const eni = expectResource(world.networkInterfaces, 'network-interface', NetworkInterfaceId);
      if (PrivateIpAddresses !== undefined && SecondaryPrivateIpAddressCount !== undefined)
        throw invalidParameterCombination(
          'You may specify one and only one of privateIpAddressSet or secondaryPrivateIpAddressCount, but not both of them.',
        );
      if (PrivateIpAddresses === undefined && SecondaryPrivateIpAddressCount === undefined)
        throw missingParameter('privateIpAddressSet or secondaryPrivateIpAddressCount');
      const wanted = [...new Set(PrivateIpAddresses)];
      const { free, moving } = sortOut(world, eni, wanted, AllowReassignment ?? false);
      const count = SecondaryPrivateIpAddressCount ?? 0;
      expectRoomFor(world, eni, free.length + moving.length + count);
      const subnet = expectResource(world.subnets, 'subnet', eni.subnetId);
      expectFree(world, subnet, free, count);
      const taken = takeFree(world, subnet, free, count);
      give(world, eni, taken);
      for (const address of moving) move(world, address, eni);
      return {
        NetworkInterfaceId: eni.id,
        AssignedPrivateIpAddresses: [...new Set([...wanted, ...taken])].map((PrivateIpAddress) => ({
          PrivateIpAddress,
        })),
      };
    },
  });
}

/** Which of the wanted addresses are free and which come from other interfaces; throws for those that may not. */
function sortOut(
  world: World,
  eni: NetworkInterface,
  wanted: readonly string[],
  isMoveAllowed: boolean,
): { readonly free: readonly string[]; readonly moving: readonly string[] } {
  const subnet = expectResource(world.subnets, 'subnet', eni.subnetId);
  const free: string[] = [];
  const moving: string[] = [];
  for (const address of wanted) {
    expectInSubnet(world, subnet, address);
    const holder = holderOf(world, eni.vpcId, address);
    if (holder === undefined) free.push(address);
    else if (holder.ip.isPrimary) throw invalidParameterValue('secondary-addresses');
    else if (holder.eni.id !== eni.id) moving.push(address);
  }
  if (moving.length > 0 && !isMoveAllowed)
    throw invalidParameterValue(`[${moving.join(', ')}] assigned, but move is not allowed.`);
  return { free, moving };
}

function holderOf(
  world: World,
  vpcId: string,
  address: string,
): { readonly eni: NetworkInterface; readonly ip: PrivateIp } | undefined {
  const eni = world.networkInterfaces.get(world.interfaceByPrivateIp.get(privateIpKey(vpcId, address)) ?? '');
  const ip = eni?.privateIps.find((each) => each.address === address);
  return eni === undefined || ip === undefined ? undefined : { eni, ip };
}

function expectRoomFor(world: World, eni: NetworkInterface, added: number): void {
  const limit = addressLimitOf(world, eni);
  if (limit !== undefined && eni.privateIps.length + added > limit)
    throw new AwsError('PrivateIpAddressLimitExceeded', 'Number of private addresses will exceed limit.');
}

function give(world: World, eni: NetworkInterface, addresses: readonly string[]): void {
  if (addresses.length === 0) return;
  const added = addresses.map((address) => ({ address, isPrimary: false, association: undefined }));
  world.networkInterfaces.put({ ...eni, privateIps: [...eni.privateIps, ...added] });
}

/** In one go for all who decide by the real state; the Elastic IP comes along. */
function move(world: World, address: string, target: NetworkInterface): void {
  const holder = holderOf(world, target.vpcId, address);
  const receiver = world.networkInterfaces.get(target.id);
  if (holder === undefined || receiver === undefined) throw new Error(`${address} cannot be moved`);
  takeAway(world, holder.eni, [address]);
  world.networkInterfaces.put({ ...receiver, privateIps: [...receiver.privateIps, holder.ip] });
  const elasticIp = world.addresses.get(world.addressByTarget.get(targetKey(holder.eni.id, address)) ?? '');
  if (elasticIp !== undefined) relink(world, elasticIp, receiver.id);
}

function takeAway(world: World, eni: NetworkInterface, addresses: readonly string[]): void {
  const privateIps = eni.privateIps.filter(({ address }) => !addresses.includes(address));
  world.networkInterfaces.put({ ...eni, privateIps });
}

function unassignPrivateIpAddresses(world: World): Operation {
  return ec2Operation({
    name: 'UnassignPrivateIpAddresses',
    effect: 'write',
    hasDryRun: false,
    input: { NetworkInterfaceId: z.string(), PrivateIpAddresses: z.array(z.string()) },
    honesty: {
      modelled: [
        'All addresses or none; not the primary one, and only those that the interface has.',
        'An Elastic IP on the address is disassociated; the address goes back to the subnet and can be given to others.',
      ],
      notModelled: ['Prefixes'],
      sources: [ec2Page('UnassignPrivateIpAddresses'), userGuidePage],
    },
    run: ({ NetworkInterfaceId, PrivateIpAddresses }) => {
      const eni = expectResource(world.networkInterfaces, 'network-interface', NetworkInterfaceId);
      const addresses = [...new Set(PrivateIpAddresses)];
      for (const address of addresses) {
        const ip = eni.privateIps.find((each) => each.address === address);
        if (ip === undefined)
          throw invalidParameterValue(
            `Some of the specified addresses are not assigned to interface ${eni.id}`,
          );
        if (ip.isPrimary)
          throw invalidParameterValue(
            `Value (${address}) for parameter privateIpAddress is invalid. The primary IP address of an interface cannot be unassigned.`,
          );
      }
      for (const address of addresses) {
        const allocationId = world.addressByTarget.get(targetKey(eni.id, address));
        if (allocationId !== undefined) unlink(world, allocationId);
      }
      const unlinked = expectResource(world.networkInterfaces, 'network-interface', eni.id);
      takeAway(world, unlinked, addresses);
      for (const address of addresses) world.subnetAddresses.give(eni.subnetId, address);
      return {};
    },
  });
}
