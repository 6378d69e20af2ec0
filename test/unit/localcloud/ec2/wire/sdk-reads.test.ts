import * as sdk from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { anEc2Room, aRunningInstance, type Ec2Room } from '../ec2-room.ts';

/** A world in which every member that an answer may have is there somewhere. */
async function aRichWorld(): Promise<Ec2Room> {
  const ec2Room = anEc2Room();
  const { client, room, clock } = ec2Room;
  const Tags = [{ Key: 'role', Value: 'db' }];
  const { Vpc } = await client.send(
    new sdk.CreateVpcCommand({
      CidrBlock: '10.0.0.0/16',
      AmazonProvidedIpv6CidrBlock: true,
      TagSpecifications: [{ ResourceType: 'vpc', Tags }],
    }),
  );
  const ipv6Prefix = Vpc?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock?.replace('::/56', '');
  await client.send(
    new sdk.CreateSubnetCommand({
      VpcId: Vpc?.VpcId,
      CidrBlock: '10.0.0.0/24',
      Ipv6CidrBlock: `${ipv6Prefix}::/64`,
      TagSpecifications: [{ ResourceType: 'subnet', Tags }],
    }),
  );
  await client.send(
    new sdk.CreateInternetGatewayCommand({ TagSpecifications: [{ ResourceType: 'internet-gateway', Tags }] }),
  );
  const id = await aRunningInstance(ec2Room, {
    KeyName: 'key',
    IamInstanceProfile: { Name: 'db' },
    TagSpecifications: [{ ResourceType: 'instance', Tags }],
  });
  await aRunningInstance(ec2Room);
  room.failStatusCheck(id, 'system');
  const allocated = await client.send(
    new sdk.AllocateAddressCommand({ TagSpecifications: [{ ResourceType: 'elastic-ip', Tags }] }),
  );
  const { AllocationId } = allocated;
  await client.send(new sdk.AssociateAddressCommand({ AllocationId, InstanceId: id }));
  await client.send(new sdk.ModifyAddressAttributeCommand({ AllocationId, DomainName: 'db.example.com' }));
  const [table] = [...room.world.routeTables.all()];
  await client.send(
    new sdk.CreateRouteCommand({
      RouteTableId: table?.id,
      DestinationCidrBlock: '192.168.9.9/32',
      InstanceId: id,
    }),
  );
  clock.advanceBy(10);
  return ec2Room;
}

const reads: [operation: string, input: object][] = [
  ['DescribeAddresses', {}],
  ['DescribeAddressesAttribute', {}],
  ['DescribeAvailabilityZones', {}],
  ['DescribeInstances', {}],
  ['DescribeInstanceStatus', { IncludeAllInstances: true }],
  ['DescribeInstanceTypes', { InstanceTypes: ['t3.micro', 'm1.small'] }],
  ['DescribeInternetGateways', {}],
  ['DescribeNetworkInterfaces', {}],
  ['DescribeRegions', {}],
  ['DescribeRouteTables', {}],
  ['DescribeSecurityGroups', {}],
  ['DescribeSubnets', {}],
  ['DescribeTags', {}],
  ['DescribeTags', { MaxResults: 5 }],
  ['DescribeVpcs', {}],
];

const call = { requestId: 'request-1', accessKeyId: 'AKIATEST', traceId: undefined };

test.each(reads)(
  'the SDK reads from the XML of %s %j just what the operation answers',
  async (name, input) => {
    const { room, client } = await aRichWorld();

    const answered = await room.operations.get(name)?.run(input as never, call);
    const method: unknown = Reflect.get(sdk, `${name}Command`);
    const Command = method as new (input: object) => Parameters<sdk.EC2Client['send']>[0];
    const { $metadata, ...read } = (await client.send(new Command(input))) as { $metadata: object };

    expect($metadata).toMatchObject({ httpStatusCode: 200 });
    expect(read).toEqual(withoutUndefined(answered));
  },
);

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      each === undefined ? [] : [[name, withoutUndefined(each)] as const],
    ),
  );
}
