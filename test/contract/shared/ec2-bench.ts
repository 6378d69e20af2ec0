import type { NetworkInterface } from '@aws-sdk/client-ec2';
import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Cloud } from '../../../localcloud/cloud.ts';
import { createCloud } from '../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../localcloud/core/clock.ts';
import type { Ec2 as Ec2Room } from '../../../localcloud/ec2/ec2.ts';
import { createEc2 as createEc2Room } from '../../../localcloud/ec2/ec2.ts';
import { createElasticLoadBalancing } from '../../../localcloud/elastic-load-balancing/elastic-load-balancing.ts';
import { createRequestHandler } from '../../../localcloud/front/request-handler.ts';
import { createEc2 } from '../../../shared/adapters/ec2/ec2.ts';
import { createLoadBalancing } from '../../../shared/adapters/elastic-load-balancing/load-balancing.ts';
import type {
  AllocationId,
  InstanceId,
  NetworkInterfaceId,
  SubnetId,
  VpcId,
} from '../../../shared/model/ids.ts';
import {
  allocationIdSchema,
  instanceIdSchema,
  networkInterfaceIdSchema,
  subnetIdSchema,
  vpcIdSchema,
} from '../../../shared/model/ids.ts';
import type { Ec2 } from '../../../shared/reconcile/ports.ts';

/** Subnet a is 10.0.1.0/24 in us-east-1a, b is 10.0.2.0/24 in us-east-1b. */
export interface Ec2Bench {
  /** The adapter: its waiting lets virtual time pass. */
  readonly ec2: Ec2;
  readonly client: EC2Client;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly cloud: Cloud<{ readonly ec2: Ec2Room }>;
  readonly clock: VirtualClock;
  readonly vpcId: VpcId;
  readonly subnets: { readonly a: SubnetId; readonly b: SubnetId };
}

/** The adapter on EC2 and Elastic Load Balancing of a cloud with a VPC that has IPv6, two subnets and a gateway. */
export async function anEc2Bench({ hasGateway = true } = {}): Promise<Ec2Bench> {
  const clock = new VirtualClock();
  const cloud = createCloud({
    clock,
    throttles: false,
    isCheckingInvariants: true,
    rooms: (surroundings) => {
      const ec2 = createEc2Room(surroundings);
      return { ec2, elasticLoadBalancing: createElasticLoadBalancing(surroundings, ec2) };
    },
  });
  const settings = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'not-checked' },
    requestHandler: createRequestHandler(cloud.handle),
    maxAttempts: 1,
  };
  const client = new EC2Client(settings);
  const elb = new ElasticLoadBalancingV2Client(settings);
  const vpcId = await aVpc(client, hasGateway);
  const ipv6Block = cloud.rooms.ec2.world.vpcs.get(vpcId)?.ipv6CidrBlock?.replace('00::/56', '') ?? '';
  const subnet = async (zone: string, third: number) => {
    const { Subnet } = await client.send(
      new CreateSubnetCommand({
        VpcId: vpcId,
        AvailabilityZone: `us-east-1${zone}`,
        CidrBlock: `10.0.${third}.0/24`,
        Ipv6CidrBlock: `${ipv6Block}0${third}::/64`,
      }),
    );
    return subnetIdSchema.parse(Subnet?.SubnetId);
  };
  const ec2 = createEc2(client, 'role', {
    surroundings: { now: () => clock.now(), sleep: async (durationMs) => clock.advanceBy(durationMs) },
    loadBalancing: async () => createLoadBalancing(elb),
  });
  return {
    ec2,
    client,
    elb,
    cloud,
    clock,
    vpcId,
    subnets: { a: await subnet('a', 1), b: await subnet('b', 2) },
  };
}

async function aVpc(client: EC2Client, hasGateway: boolean): Promise<VpcId> {
  const input = { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true };
  const { Vpc } = await client.send(new CreateVpcCommand(input));
  const vpcId = vpcIdSchema.parse(Vpc?.VpcId);
  if (!hasGateway) return vpcId;
  const { InternetGateway } = await client.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = InternetGateway?.InternetGatewayId;
  await client.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: vpcId }));
  return vpcId;
}

/** A running instance, with its primary interface. */
export async function aRunningInstance(
  { client, cloud, clock, subnets }: Ec2Bench,
  { subnet = subnets.a, type = 't3.medium' as 't3.medium' | 't3.nano', role = 'db' } = {},
): Promise<{ readonly instanceId: InstanceId; readonly networkInterfaceId: NetworkInterfaceId }> {
  const { Instances } = await client.send(
    new RunInstancesCommand({
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: type,
      SubnetId: subnet,
      MinCount: 1,
      MaxCount: 1,
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'role', Value: role }] }],
    }),
  );
  clock.advanceBy(cloud.rooms.ec2.world.settings.pendingMs);
  const [instance] = Instances ?? [];
  return {
    instanceId: instanceIdSchema.parse(instance?.InstanceId),
    networkInterfaceId: networkInterfaceIdSchema.parse(instance?.NetworkInterfaces?.[0]?.NetworkInterfaceId),
  };
}

/** An available interface. */
export async function anInterface(
  { client, subnets }: Ec2Bench,
  subnet = subnets.a,
): Promise<NetworkInterfaceId> {
  const { NetworkInterface } = await client.send(new CreateNetworkInterfaceCommand({ SubnetId: subnet }));
  return networkInterfaceIdSchema.parse(NetworkInterface?.NetworkInterfaceId);
}

/** A free Elastic IP. */
export async function anElasticIp({ client }: Ec2Bench): Promise<AllocationId> {
  const { AllocationId } = await client.send(new AllocateAddressCommand({}));
  return allocationIdSchema.parse(AllocationId);
}

/** An interface as EC2 shows it. */
export async function described({ client }: Ec2Bench, id: NetworkInterfaceId): Promise<NetworkInterface> {
  const { NetworkInterfaces = [] } = await client.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] }),
  );
  const [found] = NetworkInterfaces;
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}

/** A bench with two running instances in subnet a. */
export async function aPair() {
  const bench = await anEc2Bench();
  return { bench, first: await aRunningInstance(bench), second: await aRunningInstance(bench) };
}

/** Needs of nothing. */
export const noNeeds = {
  networkInterfaceIds: [],
  privateIps: [],
  ipv6s: [],
  routeTableIds: [],
  subnetIds: [],
  instanceTypes: [],
  targetGroupArns: [],
  reverseNamesOf: [],
};
