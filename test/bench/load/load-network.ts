import type { Ask } from '../../simulation/engine/ask.ts';
import { textAt } from '../../simulation/engine/ask.ts';
import { region } from '../../simulation/engine/rooms.ts';

/** Where everything of a world is. */
export interface LoadNetwork {
  /** In zones a, b and c. */
  readonly subnetIds: readonly string[];
  /** The private zone of all records. */
  readonly zoneId: string;
}

export const zoneName = 'corp.internal';

/** Room for 10,000 holders in zone a, as many standbys in zone b and three times as many in zone c. */
const subnets = [
  { CidrBlock: '10.0.0.0/18', letter: 'a' },
  { CidrBlock: '10.0.64.0/18', letter: 'b' },
  { CidrBlock: '10.0.128.0/17', letter: 'c' },
] as const;

/** A VPC with an internet gateway, a subnet in each of three zones, and a private hosted zone. */
export async function buildLoadNetwork(ask: Ask): Promise<LoadNetwork> {
  const { Vpc } = await ask('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' });
  const VpcId = textAt(Vpc, 'VpcId');
  const { InternetGateway } = await ask('ec2', 'CreateInternetGateway', {});
  const InternetGatewayId = textAt(InternetGateway, 'InternetGatewayId');
  await ask('ec2', 'AttachInternetGateway', { VpcId, InternetGatewayId });
  const subnetIds: string[] = [];
  for (const { CidrBlock, letter } of subnets) {
    const AvailabilityZone = `${region}${letter}`;
    const { Subnet } = await ask('ec2', 'CreateSubnet', { VpcId, CidrBlock, AvailabilityZone });
    subnetIds.push(textAt(Subnet, 'SubnetId'));
  }
  const { HostedZone } = await ask('route53', 'CreateHostedZone', {
    Name: zoneName,
    CallerReference: 'load',
    VPC: { VPCId: VpcId, VPCRegion: region },
  });
  return { subnetIds, zoneId: textAt(HostedZone, 'Id').replace('/hostedzone/', '') };
}
