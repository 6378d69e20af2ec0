import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import {
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { launch } from '../../../../demo/actors.ts';
import { stageRegion } from '../../../../demo/stage.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';
import { Theatre } from '../theatre.ts';

/** One in each of two Availability Zones, and one in another VPC, where no address of the ground can go. */
export type Place = 'a' | 'b' | 'elsewhere';

/** A theatre with a VPC that has everything addresses need, and the hands of somebody who sets the scenes in it. */
export class Ground {
  readonly theatre: Theatre;
  readonly loadBalancing: ElasticLoadBalancingV2Client;
  readonly vpcId: string;
  readonly subnetIds: Readonly<Record<Place, string>>;
  /** The first four groups of the IPv6 addresses of subnet a. */
  readonly ipv6Prefix: string;
  #lastNumber = 0;

  private constructor(
    theatre: Theatre,
    { vpcId, subnetIds, ipv6Prefix }: Awaited<ReturnType<typeof createNetwork>>,
  ) {
    this.theatre = theatre;
    this.vpcId = vpcId;
    this.subnetIds = subnetIds;
    this.ipv6Prefix = ipv6Prefix;
    this.loadBalancing = new ElasticLoadBalancingV2Client({
      region: stageRegion,
      credentials: { accessKeyId: 'AKIASTAGE', secretAccessKey: 'not-checked' },
      requestHandler: createRequestHandler(theatre.stage.cloud.handle),
    });
  }

  static async open(): Promise<Ground> {
    const theatre = await Theatre.open({ roomOptions: { ec2: { elasticIpQuota: 500 } } });
    return new Ground(theatre, await createNetwork(theatre));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.theatre[Symbol.asyncDispose]();
  }

  get ec2() {
    return this.theatre.stage.clients.ec2;
  }

  /** A number that nothing on this ground has in its name or address yet. */
  nextNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }

  /** A private address of subnet a that EC2 does not give out by itself so soon. */
  privateIp(): string {
    return `10.0.1.${250 - this.nextNumber()}`;
  }

  ipv6(): string {
    return `${this.ipv6Prefix}::a${this.nextNumber()}`;
  }

  async elasticIp(tags: Readonly<Record<string, string>> = {}): Promise<string> {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const { AllocationId = '' } = await this.ec2.send(
      new AllocateAddressCommand(
        Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: 'elastic-ip', Tags }] },
      ),
    );
    return AllocationId;
  }

  /** In subnet a. */
  async networkInterface(): Promise<string> {
    const { NetworkInterface } = await this.ec2.send(
      new CreateNetworkInterfaceCommand({ SubnetId: this.subnetIds.a }),
    );
    return NetworkInterface?.NetworkInterfaceId ?? '';
  }

  async routeTable(): Promise<string> {
    const { RouteTable } = await this.ec2.send(new CreateRouteTableCommand({ VpcId: this.vpcId }));
    return RouteTable?.RouteTableId ?? '';
  }

  async targetGroup(Name = `group-${this.nextNumber()}`): Promise<string> {
    const { TargetGroups } = await this.loadBalancing.send(
      new CreateTargetGroupCommand({
        Name,
        Protocol: 'HTTP',
        Port: 80,
        VpcId: this.vpcId,
      }),
    );
    return TargetGroups?.[0]?.TargetGroupArn ?? '';
  }

  /** Launches one instance after the other, and lets them run and the controller answer. */
  async launch(role: string | undefined, ...places: readonly Place[]): Promise<readonly string[]> {
    return this.launchAs({}, role, ...places);
  }

  /** The same with more in the request. */
  async launchAs(
    more: Partial<RunInstancesCommandInput>,
    role: string | undefined,
    ...places: readonly Place[]
  ): Promise<readonly string[]> {
    const ids: string[] = [];
    for (const place of places) {
      ids.push(await launch(this.theatre.stage, this.subnetIds[place], role, more));
      await this.theatre.settle(10_000);
    }
    return ids;
  }

  async primaryInterface(instanceId: string): Promise<string> {
    const { NetworkInterfaces = [] } = await this.theatre.instance(instanceId);
    const primary = NetworkInterfaces.find(({ Attachment }) => Attachment?.DeviceIndex === 0);
    return primary?.NetworkInterfaceId ?? '';
  }

  /** The calls by which the controller may have changed the world since a point of the call log. */
  writesSince(sequence: number): readonly string[] {
    const { callLog, rooms } = this.theatre.stage.cloud;
    const functions = new Set(rooms.lambda.functions().map(({ accessKeyId }) => accessKeyId));
    return callLog
      .calls({ since: sequence })
      .filter(({ effect, accessKeyId }) => effect === 'write' && functions.has(accessKeyId))
      .map(({ operation }) => operation);
  }

  get sequence(): number {
    return this.theatre.stage.cloud.callLog.sequence;
  }
}

async function createNetwork({ stage }: Theatre) {
  const { ec2 } = stage.clients;
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true }),
  );
  const vpcId = Vpc?.VpcId ?? '';
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpcId, EnableDnsHostnames: { Value: true } }));
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = InternetGateway?.InternetGatewayId;
  await ec2.send(new AttachInternetGatewayCommand({ VpcId: vpcId, InternetGatewayId }));
  const ipv6Block = Vpc?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock ?? '';
  const ipv6Prefix = ipv6Block.replace(/::\/56$/, '');
  const subnet = async (CidrBlock: string, zone: string, ipv6?: string): Promise<string> => {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({
        VpcId: vpcId,
        CidrBlock,
        AvailabilityZone: `${stageRegion}${zone}`,
        ...(ipv6 === undefined ? {} : { Ipv6CidrBlock: ipv6 }),
      }),
    );
    const SubnetId = Subnet?.SubnetId ?? '';
    await ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } }));
    return SubnetId;
  };
  return {
    vpcId,
    ipv6Prefix,
    subnetIds: {
      a: await subnet('10.0.1.0/24', 'a', `${ipv6Prefix}::/64`),
      b: await subnet('10.0.2.0/24', 'b'),
      elsewhere: stage.world.subnetIds[0],
    },
  };
}
