import type { EC2Client } from '@aws-sdk/client-ec2';
import {
  AssignIpv6AddressesCommand,
  AssignPrivateIpAddressesCommand,
  UnassignIpv6AddressesCommand,
} from '@aws-sdk/client-ec2';
import type { AssignIpv6, AssignPrivateIp } from '../../model/change.ts';
import { isControllerError } from '../../model/errors.ts';
import type { NetworkInterfaceId } from '../../model/ids.ts';
import type { ObservedNetworkInterface } from '../../model/observed.ts';
import { callAws } from '../aws-error.ts';
import { readNetworkInterface } from './describe-network-interfaces.ts';
import type { Making, Waiting } from './wait-for.ts';
import { waitFor } from './wait-for.ts';

/**
 * Moves a secondary private address in one call, then waits until the interface shows it: the move is asynchronous.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html
 */
export async function assignPrivateIp(
  client: EC2Client,
  waiting: Waiting,
  { privateIp, networkInterfaceId, allowReassignment }: AssignPrivateIp,
): Promise<void> {
  const doing = `AssignPrivateIpAddresses ${privateIp} to ${networkInterfaceId}`;
  await callAws(doing, () =>
    client.send(
      new AssignPrivateIpAddressesCommand({
        NetworkInterfaceId: networkInterfaceId,
        PrivateIpAddresses: [privateIp],
        AllowReassignment: allowReassignment,
      }),
    ),
  );
  await seenOn(client, waiting, networkInterfaceId, doing, ({ privateIps }) =>
    privateIps.includes(privateIp),
  );
}

/**
 * Takes an IPv6 address from where it was seen, gives it to the interface, and waits until that shows it. EC2 does not
 * reassign IPv6 addresses; one that was just unassigned may be in use for a moment longer.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignIpv6Addresses.html
 */
export async function assignIpv6(
  client: EC2Client,
  making: Making,
  { ipv6, networkInterfaceId, from }: AssignIpv6,
): Promise<void> {
  if (from !== undefined) await unassignIpv6(client, ipv6, from);
  const doing = `AssignIpv6Addresses ${ipv6} to ${networkInterfaceId}`;
  const input = { NetworkInterfaceId: networkInterfaceId, Ipv6Addresses: [ipv6] };
  await waitFor(making, doing, async () => {
    making.mayBegin();
    try {
      await callAws(doing, () => client.send(new AssignIpv6AddressesCommand(input)));
      return 'assigned';
    } catch (error) {
      const isLetGo =
        from !== undefined && isControllerError(error) && error.code === 'InvalidIPAddress.InUse';
      if (!isLetGo) throw error;
      return undefined;
    }
  });
  await seenOn(client, making, networkInterfaceId, doing, ({ ipv6s }) => ipv6s.includes(ipv6));
}

/** That it is gone from there already, or the interface itself is, is what we want. */
async function unassignIpv6(client: EC2Client, ipv6: string, from: NetworkInterfaceId): Promise<void> {
  try {
    await callAws(`UnassignIpv6Addresses ${ipv6} from ${from}`, () =>
      client.send(new UnassignIpv6AddressesCommand({ NetworkInterfaceId: from, Ipv6Addresses: [ipv6] })),
    );
  } catch (error) {
    if (!isControllerError(error) || error.disposition !== 'conflict') throw error;
  }
}

async function seenOn(
  client: EC2Client,
  waiting: Waiting,
  id: NetworkInterfaceId,
  doing: string,
  isThere: (networkInterface: ObservedNetworkInterface) => boolean,
): Promise<void> {
  await waitFor(waiting, doing, async () => {
    const found = await readNetworkInterface(client, id);
    return found !== undefined && isThere(found) ? found : undefined;
  });
}
