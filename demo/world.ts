import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import type { StageClients } from './clients.ts';

/** What the small world has, before anybody launches anything. */
export interface World {
  readonly vpcId: string;
  /** One in each of two availability zones. */
  readonly subnetIds: readonly [string, string];
  readonly allocationId: string;
  readonly publicIp: string;
  readonly publicZoneId: string;
  readonly privateZoneId: string;
}

export const publicZoneName = 'example.com';
export const privateZoneName = 'corp.internal';

/** Two zones of a VPC with an internet gateway and DNS host names, a public and a private hosted zone, an Elastic IP. */
export async function createWorld(clients: StageClients, region: string): Promise<World> {
  const vpcId = await createVpc(clients);
  const [subnetA, subnetB] = await Promise.all([
    createSubnet(clients, vpcId, '10.0.1.0/24', `${region}a`),
    createSubnet(clients, vpcId, '10.0.2.0/24', `${region}b`),
  ]);
  const address = await clients.ec2.send(
    new AllocateAddressCommand({
      Domain: 'vpc',
      TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [{ Key: 'Name', Value: 'db' }] }],
    }),
  );
  return {
    vpcId,
    subnetIds: [subnetA, subnetB],
    allocationId: address.AllocationId ?? '',
    publicIp: address.PublicIp ?? '',
    publicZoneId: await createZone(clients, publicZoneName),
    privateZoneId: await createZone(clients, privateZoneName, { VPCId: vpcId, VPCRegion: region }),
  };
}

async function createVpc({ ec2 }: StageClients): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  await ec2.send(
    new AttachInternetGatewayCommand({ VpcId, InternetGatewayId: InternetGateway?.InternetGatewayId }),
  );
  return VpcId;
}

async function createSubnet(
  { ec2 }: StageClients,
  VpcId: string,
  CidrBlock: string,
  AvailabilityZone: string,
): Promise<string> {
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
  const SubnetId = Subnet?.SubnetId ?? '';
  await ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } }));
  return SubnetId;
}

async function createZone(
  { route53 }: StageClients,
  Name: string,
  VPC?: { readonly VPCId: string; readonly VPCRegion: string },
): Promise<string> {
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({
      Name,
      CallerReference: `understudy-${Name}`,
      ...(VPC === undefined ? {} : { VPC: { VPCId: VPC.VPCId, VPCRegion: VPC.VPCRegion as 'eu-west-1' } }),
    }),
  );
  return HostedZone?.Id?.replace('/hostedzone/', '') ?? '';
}
