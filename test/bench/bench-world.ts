import {
  AllocateAddressCommand,
  AssignPrivateIpAddressesCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { BenchCloud } from './bench-cloud.ts';

/** A cloud with as many running instances as records, and two addresses that move between two of the instances. */
export interface BenchWorld {
  readonly cloud: BenchCloud;
  readonly subnetId: string;
  readonly zoneId: string;
  /** The Elastic IP that moves. */
  readonly allocationId: string;
  /** The secondary private address that moves. */
  readonly privateIp: string;
  readonly pair: readonly [Standby, Standby];
}

/** An instance that an address can be moved to. */
export interface Standby {
  readonly instanceId: string;
  readonly networkInterfaceId: string;
}

/** How many instances have one `role` tag, and are one reservation. */
const instancesOfRole = 10;
const recordsOfBatch = 1_000;

/** Builds it through the cloud's own front, without the SDK reading the answers. */
export async function buildWorld(size: number): Promise<BenchWorld> {
  const cloud = new BenchCloud();
  const subnetId = await openSubnet(cloud);
  const zone = await cloud.route53.send(
    new CreateHostedZoneCommand({ Name: 'bench.example.com', CallerReference: 'bench' }),
  );
  const zoneId = zone.HostedZone?.Id?.split('/').at(-1) ?? '';
  const { AllocationId: allocationId = '' } = await cloud.ec2.send(new AllocateAddressCommand({}));
  const pair = await launchPair(cloud, subnetId);
  const privateIp = await assignPrivateIp(cloud, pair[0]);
  for (let count = 2; count < size; count += instancesOfRole) {
    const command = launch(subnetId, roleName(count / instancesOfRole), instancesOfRole);
    await cloud.answerOf(() => cloud.ec2.send(command));
  }
  for (let first = 0; first < size; first += recordsOfBatch) {
    const command = createRecords(zoneId, first, recordsOfBatch);
    await cloud.answerOf(() => cloud.route53.send(command));
  }
  await cloud.settle();
  return { cloud, subnetId, zoneId, allocationId, privateIp, pair };
}

async function launchPair({ ec2 }: BenchCloud, subnetId: string): Promise<readonly [Standby, Standby]> {
  const { Instances = [] } = await ec2.send(launch(subnetId, 'pair', 2));
  const [first, second] = Instances.map(({ InstanceId = '', NetworkInterfaces = [] }) => ({
    instanceId: InstanceId,
    networkInterfaceId: NetworkInterfaces[0]?.NetworkInterfaceId ?? '',
  }));
  if (first === undefined || second === undefined) throw new Error('two instances were to be launched');
  return [first, second];
}

async function assignPrivateIp({ ec2 }: BenchCloud, { networkInterfaceId }: Standby): Promise<string> {
  const { AssignedPrivateIpAddresses = [] } = await ec2.send(
    new AssignPrivateIpAddressesCommand({
      NetworkInterfaceId: networkInterfaceId,
      SecondaryPrivateIpAddressCount: 1,
    }),
  );
  return AssignedPrivateIpAddresses[0]?.PrivateIpAddress ?? '';
}

/** The role of some instances of a world; ten have it. */
export function roleName(number: number): string {
  return `role-${Math.floor(number)}`;
}

export function launch(subnetId: string, role: string, count: number): RunInstancesCommand {
  return new RunInstancesCommand({
    ImageId: 'ami-0abcdef1234567890',
    InstanceType: 't3.micro',
    SubnetId: subnetId,
    MinCount: count,
    MaxCount: count,
    TagSpecifications: [
      {
        ResourceType: 'instance',
        Tags: [
          { Key: 'Name', Value: `${role} of the bench` },
          { Key: 'role', Value: role },
        ],
      },
    ],
  });
}

/** A VPC with an internet gateway and one subnet for up to 65,531 addresses. */
async function openSubnet({ ec2 }: BenchCloud): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId;
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = InternetGateway?.InternetGatewayId;
  await ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId }));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/16' }));
  return Subnet?.SubnetId ?? '';
}

function createRecords(HostedZoneId: string, first: number, count: number): ChangeResourceRecordSetsCommand {
  const Changes = Array.from({ length: count }, (_, index) => ({
    Action: 'CREATE' as const,
    ResourceRecordSet: {
      Name: `host-${first + index}.bench.example.com`,
      Type: 'A' as const,
      TTL: 60,
      ResourceRecords: [{ Value: '192.0.2.1' }],
    },
  }));
  return new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } });
}
