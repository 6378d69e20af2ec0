import type { EC2Client } from '@aws-sdk/client-ec2';
import type { InstanceTypeLimits, ObservedNetwork, ObservedTarget } from '../../model/observed.ts';
import type { NetworkNeeds } from '../../reconcile/ports.ts';
import { readReverseNames } from './describe-addresses.ts';
import { readNetworkInterfaces } from './describe-network-interfaces.ts';
import { readRouteTables } from './describe-route-tables.ts';
import { readSubnets } from './describe-subnets.ts';
import type { FactReader } from './lasting-facts.ts';

interface NetworkReaders {
  readonly limits: FactReader<InstanceTypeLimits>;
  readonly targets: (groups: NetworkNeeds['targetGroupArns']) => Promise<readonly ObservedTarget[]>;
}

/** Reads all that is needed, side by side; what nobody needs costs no call. */
export async function readNetwork(
  client: EC2Client,
  needs: NetworkNeeds,
  readers: NetworkReaders,
): Promise<ObservedNetwork> {
  const [interfaces, routeTables, subnets, limits, targets, reverseNames] = await Promise.all([
    readNetworkInterfaces(client, needs),
    readRouteTables(client, needs.routeTableIds),
    readSubnets(client, needs.subnetIds),
    readers.limits(needs.instanceTypes),
    needs.targetGroupArns.length === 0 ? [] : readers.targets(needs.targetGroupArns),
    readReverseNames(client, needs.reverseNamesOf),
  ]);
  return { interfaces, routeTables, subnets, limits, targets, reverseNames };
}
