import type { EC2Client, Filter } from '@aws-sdk/client-ec2';
import { DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2';
import type { NetworkInterfaceId } from '../../model/ids.ts';
import type { ObservedNetworkInterface } from '../../model/observed.ts';
import type { NetworkNeeds } from '../../reconcile/ports.ts';
import { callAws } from '../aws-error.ts';
import { toObservedNetworkInterface } from './observed-network-interface.ts';
import { everyPage, filteredBy } from './pages.ts';

/** Interfaces of one page, at the most. */
const pageMax = 1_000;

/** The interfaces that are named, and those that carry one of the addresses, each once. */
export async function readNetworkInterfaces(
  client: EC2Client,
  needs: Pick<NetworkNeeds, 'networkInterfaceIds' | 'privateIps' | 'ipv6s'>,
): Promise<readonly ObservedNetworkInterface[]> {
  const read = (filter: Filter) => describe(client, filter);
  const found = await Promise.all([
    filteredBy('network-interface-id', needs.networkInterfaceIds, read),
    filteredBy('addresses.private-ip-address', needs.privateIps, read),
    filteredBy('ipv6-addresses.ipv6-address', needs.ipv6s, read),
  ]);
  return [...new Map(found.flat().map((each) => [each.networkInterfaceId, each])).values()];
}

/** One interface as it is now; undefined when EC2 knows none of that id. */
export async function readNetworkInterface(
  client: EC2Client,
  id: NetworkInterfaceId,
): Promise<ObservedNetworkInterface | undefined> {
  const [found] = await describe(client, { Name: 'network-interface-id', Values: [id] });
  return found;
}

async function describe(client: EC2Client, filter: Filter): Promise<readonly ObservedNetworkInterface[]> {
  return everyPage(
    (next) =>
      callAws('DescribeNetworkInterfaces', () =>
        client.send(
          new DescribeNetworkInterfacesCommand({ Filters: [filter], MaxResults: pageMax, ...next }),
        ),
      ),
    ({ NetworkInterfaces = [] }) =>
      NetworkInterfaces.flatMap((each) => toObservedNetworkInterface(each) ?? []),
  );
}
