import {
  CreateTableCommand,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import {
  AllocateAddressCommand,
  AssignPrivateIpAddressesCommand,
  AssociateAddressCommand,
  CreateNetworkInterfaceCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeSubnetsCommand,
  DisassociateAddressCommand,
} from '@aws-sdk/client-ec2';
import {
  type ChangeAction,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  type RRType,
} from '@aws-sdk/client-route-53';
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { aRole, errorOf, type RoleBench } from './a-role.ts';

const account = 'us-east-1:123456789012';
const ec2Arn = (resource: string): string => `arn:aws:ec2:${account}:${resource}`;

interface Interface {
  readonly id: string;
  readonly subnetId: string;
  readonly vpcId: string;
}

async function anInterface({ root }: RoleBench): Promise<Interface> {
  const { Subnets = [] } = await root.ec2.send(new DescribeSubnetsCommand({}));
  const { SubnetId = '', VpcId = '' } = Subnets[0] ?? {};
  const { NetworkInterface } = await root.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
  return { id: NetworkInterface?.NetworkInterfaceId ?? '', subnetId: SubnetId, vpcId: VpcId };
}

async function anAddress({ root }: RoleBench, tag: string): Promise<string> {
  const Tags = [{ Key: 'managed', Value: tag }];
  const { AllocationId = '' } = await root.ec2.send(
    new AllocateAddressCommand({ TagSpecifications: [{ ResourceType: 'elastic-ip', Tags }] }),
  );
  return AllocationId;
}

describe('every resource of an EC2 call must be allowed', () => {
  const onAddresses = {
    Action: ['ec2:AssociateAddress', 'ec2:DisassociateAddress'],
    Resource: ec2Arn('elastic-ip/*'),
    Condition: { StringEquals: { 'aws:ResourceTag/managed': 'yes' } },
  };
  const onInterfacesOf = (vpcId: string) => ({
    Action: ['ec2:AssociateAddress', 'ec2:DisassociateAddress'],
    Resource: ec2Arn('network-interface/*'),
    Condition: {
      ArnEquals: { 'ec2:Vpc': ec2Arn(`vpc/${vpcId}`) },
      StringEquals: { 'ec2:Region': 'us-east-1' },
    },
  });

  test('so an address is moved when the address and the interface are', async () => {
    const bench = aRole();
    const { id: NetworkInterfaceId, vpcId } = await anInterface(bench);
    const AllocationId = await anAddress(bench, 'yes');
    bench.allow(onAddresses, onInterfacesOf(vpcId));
    const associate = new AssociateAddressCommand({ AllocationId, NetworkInterfaceId });

    const { AssociationId } = await bench.worker.ec2.send(associate);
    await bench.worker.ec2.send(new DisassociateAddressCommand({ AssociationId }));

    expect(bench.cloud.rooms.ec2.world.addresses.get(AllocationId)?.association).toBeUndefined();
  });

  test.each([
    ['the tag of the address', 'no', 'vpc', 'elastic-ip/eipalloc-'],
    ['the VPC of the interface', 'yes', 'vpc-0123456789abcdef0', 'network-interface/eni-'],
  ])('so %s is enough to deny it', async (_what, tag, vpc, told) => {
    const bench = aRole();
    const { id: NetworkInterfaceId, vpcId } = await anInterface(bench);
    const AllocationId = await anAddress(bench, tag);
    bench.allow(onAddresses, onInterfacesOf(vpc === 'vpc' ? vpcId : vpc));

    const error = await errorOf(
      bench.worker.ec2.send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId })),
    );

    expect(error.message).toContain(`ec2:AssociateAddress on resource: ${ec2Arn(told)}`);
  });

  test('and what does not exist is told before', async () => {
    const bench = aRole();
    bench.allow(onAddresses);
    const associate = new AssociateAddressCommand({
      AllocationId: 'eipalloc-0123456789abcdef0',
      NetworkInterfaceId: 'eni-0123456789abcdef0',
    });

    const error = await errorOf(bench.worker.ec2.send(associate));

    expect(error.name).toMatch(/NotFound$/);
  });
});

test('secondary addresses are judged by the subnet of their interface', async () => {
  const bench = aRole();
  const { id: NetworkInterfaceId, subnetId } = await anInterface(bench);
  const onSubnet = (subnet: string) => ({
    Action: 'ec2:AssignPrivateIpAddresses',
    Resource: ec2Arn('network-interface/*'),
    Condition: { ArnEquals: { 'ec2:Subnet': ec2Arn(`subnet/${subnet}`) } },
  });
  const assign = new AssignPrivateIpAddressesCommand({
    NetworkInterfaceId,
    SecondaryPrivateIpAddressCount: 1,
  });

  bench.allow(onSubnet('subnet-0123456789abcdef0'));
  const elsewhere = await errorOf(bench.worker.ec2.send(assign));
  bench.allow(onSubnet(subnetId));
  const { AssignedPrivateIpAddresses } = await bench.worker.ec2.send(assign);

  expect(elsewhere.name).toBe('UnauthorizedOperation');
  expect(AssignedPrivateIpAddresses).toHaveLength(1);
});

test('tagging is judged by the keys of the tags, and taking away every tag by there being none', async () => {
  const bench = aRole();
  const { id } = await anInterface(bench);
  bench.allow({
    Action: ['ec2:CreateTags', 'ec2:DeleteTags'],
    Resource: ec2Arn('network-interface/*'),
    Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['role'] }, Null: { 'aws:TagKeys': 'false' } },
  });
  const tag = (...keys: string[]) =>
    bench.worker.ec2.send(
      new CreateTagsCommand({ Resources: [id], Tags: keys.map((Key) => ({ Key, Value: 'db' })) }),
    );

  await tag('role');
  const ofAnother = await errorOf(tag('role', 'owner'));
  const ofAll = await errorOf(bench.worker.ec2.send(new DeleteTagsCommand({ Resources: [id] })));

  expect([ofAnother.name, ofAll.name]).toEqual(['UnauthorizedOperation', 'UnauthorizedOperation']);
});

describe('a change of records is judged', () => {
  async function aZone(bench: RoleBench): Promise<string> {
    const create = new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'once' });
    const { HostedZone } = await bench.root.route53.send(create);
    return HostedZone?.Id?.replace('/hostedzone/', '') ?? '';
  }

  function change(bench: RoleBench, HostedZoneId: string, Action: ChangeAction, Name: string, Type: RRType) {
    const Value = Type === 'A' ? '192.0.2.1' : '"text"';
    const ResourceRecordSet = { Name, Type, TTL: 60, ResourceRecords: [{ Value }] };
    return bench.worker.route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId,
        ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
      }),
    );
  }

  const prefix = 'route53:ChangeResourceRecordSets';
  const condition = {
    'ForAllValues:StringLike': {
      [`${prefix}NormalizedRecordNames`]: ['*.roles.example.com', '\\052.web.example.com'],
    },
    'ForAllValues:StringEquals': {
      [`${prefix}RecordTypes`]: ['A'],
      [`${prefix}Actions`]: ['CREATE', 'DELETE'],
    },
    Null: { [`${prefix}Actions`]: 'false' },
  };

  test.each<[ChangeAction, string, RRType, boolean]>([
    ['CREATE', 'db.roles.example.com', 'A', true],
    ['CREATE', 'DB.Roles.Example.com.', 'A', true],
    ['CREATE', '*.web.example.com', 'A', true],
    ['CREATE', 'db.example.com', 'A', false],
    ['CREATE', 'db.roles.example.com', 'TXT', false],
    ['UPSERT', 'db.roles.example.com', 'A', false],
  ])('%s %s %s: allowed %s', async (action, name, type, isAllowed) => {
    const bench = aRole();
    const zoneId = await aZone(bench);
    bench.allow({ Action: prefix, Resource: `arn:aws:route53:::hostedzone/${zoneId}`, Condition: condition });

    const made = change(bench, zoneId, action, name, type);

    if (isAllowed) await expect(made).resolves.toMatchObject({ ChangeInfo: { Status: 'PENDING' } });
    else expect((await errorOf(made)).name).toBe('AccessDenied');
  });
});

test('writing items is judged by their partition key', async () => {
  const bench = aRole();
  await bench.root.dynamodb.send(
    new CreateTableCommand({
      TableName: 'state',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
  bench.allow({
    Action: ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
    Resource: `arn:aws:dynamodb:${account}:table/state`,
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ROLE#*'] } },
  });
  const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'SPEC' } });
  const put = (pk: string) =>
    bench.worker.dynamodb.send(new PutItemCommand({ TableName: 'state', Item: key(pk) }));
  const remove = (pk: string) =>
    bench.worker.dynamodb.send(new DeleteItemCommand({ TableName: 'state', Key: key(pk) }));
  const query = (pk: string) =>
    bench.worker.dynamodb.send(
      new QueryCommand({
        TableName: 'state',
        KeyConditionExpression: '#pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeNames: { '#pk': 'pk' },
        ExpressionAttributeValues: { ':pk': { S: pk }, ':sk': { S: 'S' } },
      }),
    );

  await put('ROLE#db');
  const { Count } = await query('ROLE#db');
  await remove('ROLE#db');
  const denied = [
    await errorOf(put('INSTANCE#1')),
    await errorOf(remove('INSTANCE#1')),
    await errorOf(query('X')),
  ];

  expect(Count).toBe(1);
  expect(denied.map(({ name }) => name)).toEqual(Array(3).fill('AccessDeniedException'));
});

test("a queue's own policy allows and denies too", async () => {
  const bench = aRole();
  const { QueueUrl } = await bench.root.sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
  const setPolicy = (Effect: 'Allow' | 'Deny') => {
    const Principal = { AWS: 'arn:aws:iam::123456789012:role/worker' };
    const Resource = `arn:aws:sqs:${account}:jobs`;
    const Policy = JSON.stringify({ Statement: { Effect, Principal, Action: 'sqs:*', Resource } });
    return bench.root.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  };
  const receive = () => bench.worker.sqs.send(new ReceiveMessageCommand({ QueueUrl }));

  await setPolicy('Allow');
  await receive();
  bench.allow({ Action: 'sqs:ReceiveMessage', Resource: '*' });
  await setPolicy('Deny');
  const error = await errorOf(receive());

  expect(error.message).toContain('with an explicit deny in a resource-based policy');
});
