import { formatIpv4 } from './state/ipv4.ts';
import type { World } from './state/world.ts';
import { createSubnet } from './subnets.ts';
import { untagged } from './tag-rules.ts';
import { createVpc } from './vpcs.ts';

// 172.31.0.0, the block of every default VPC, cut into /20 for the zones.
const firstAddress = 0xac1f_0000;
const subnetSize = 2 ** 12;

/**
 * What a fresh account has: a default VPC with an internet gateway, a default route to it, and a subnet in each
 * zone that maps public IPs on launch.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
 */
export function createDefaultVpc(world: World): void {
  const vpc = createVpc(world, {
    cidrBlock: '172.31.0.0/16',
    isDefault: true,
    hasIpv6: false,
    tags: untagged.tags,
  });
  const internetGatewayId = world.newResourceId('internet-gateway');
  world.internetGateways.put({ id: internetGatewayId, ...untagged, vpcId: vpc.id });
  const table = world.routeTables.get(world.mainRouteTableByVpc.get(vpc.id) ?? '');
  if (table !== undefined)
    world.routeTables.put({
      ...table,
      routes: [
        ...table.routes,
        {
          destination: '0.0.0.0/0',
          target: { kind: 'internet-gateway', internetGatewayId },
          origin: 'CreateRoute',
        },
      ],
    });
  for (const [index, { name }] of world.zones.entries())
    createSubnet(world, {
      vpc,
      cidrBlock: `${formatIpv4(firstAddress + index * subnetSize)}/20`,
      availabilityZone: name,
      ipv6CidrBlock: undefined,
      isDefaultForZone: true,
      tags: untagged.tags,
    });
}
