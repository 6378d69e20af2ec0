import {
  CreateTableCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  AssignPrivateIpAddressesCommand,
  AssociateAddressCommand,
  CreateTagsCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  DescribeRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  ChangeResourceRecordSetsCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
} from '@aws-sdk/client-route-53';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { BenchWorld } from './bench-world.ts';

/** A call that can be made over and over; `turn` alternates between 0 and 1, so that writes change something. */
export interface SimpleCall {
  readonly service: string;
  readonly name: string;
  readonly send: (turn: 0 | 1) => Promise<unknown>;
}

/** A handful of reads and writes of each service, on a world that is prepared for them. */
export async function prepareSimpleCalls(world: BenchWorld): Promise<readonly SimpleCall[]> {
  return [
    ...ec2Calls(world),
    ...route53Calls(world),
    ...(await dynamodbCalls(world)),
    ...(await sqsCalls(world)),
    ...(await eventsCalls(world)),
    {
      service: 'sts',
      name: 'GetCallerIdentity',
      send: () => world.cloud.sts.send(new GetCallerIdentityCommand({})),
    },
  ];
}

/** The writes of the controller's main job: what must not cost more in a larger world. */
export function ec2Writes({
  cloud: { ec2 },
  allocationId,
  privateIp,
  pair,
}: BenchWorld): readonly SimpleCall[] {
  const service = 'ec2';
  const [{ instanceId }] = pair;
  return [
    {
      service,
      name: 'CreateTags',
      send: (turn) =>
        ec2.send(
          new CreateTagsCommand({ Resources: [instanceId], Tags: [{ Key: 'turn', Value: `${turn}` }] }),
        ),
    },
    {
      service,
      name: 'AssociateAddress (move)',
      send: (turn) =>
        ec2.send(
          new AssociateAddressCommand({ AllocationId: allocationId, InstanceId: pair[turn].instanceId }),
        ),
    },
    {
      service,
      name: 'AssignPrivateIpAddresses (move)',
      send: (turn) =>
        ec2.send(
          new AssignPrivateIpAddressesCommand({
            NetworkInterfaceId: pair[turn].networkInterfaceId,
            PrivateIpAddresses: [privateIp],
            AllowReassignment: true,
          }),
        ),
    },
  ];
}

/** One change batch, as the controller sends it. */
export function changeBatch({ cloud, zoneId }: BenchWorld): SimpleCall {
  return {
    service: 'route53',
    name: 'ChangeResourceRecordSets',
    send: (turn) =>
      cloud.route53.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: zoneId,
          ChangeBatch: {
            Changes: [
              {
                Action: 'UPSERT',
                ResourceRecordSet: {
                  Name: 'db.bench.example.com',
                  Type: 'A',
                  TTL: 60,
                  ResourceRecords: [{ Value: `192.0.2.${turn + 1}` }],
                },
              },
            ],
          },
        }),
      ),
  };
}

function ec2Calls(world: BenchWorld): readonly SimpleCall[] {
  const { cloud, allocationId, pair } = world;
  return [
    {
      service: 'ec2',
      name: 'DescribeInstances (one)',
      send: (turn) => cloud.ec2.send(new DescribeInstancesCommand({ InstanceIds: [pair[turn].instanceId] })),
    },
    {
      service: 'ec2',
      name: 'DescribeAddresses (one)',
      send: () => cloud.ec2.send(new DescribeAddressesCommand({ AllocationIds: [allocationId] })),
    },
    ...ec2Writes(world),
  ];
}

function route53Calls(world: BenchWorld): readonly SimpleCall[] {
  const { cloud, zoneId } = world;
  return [
    {
      service: 'route53',
      name: 'GetHostedZone',
      send: () => cloud.route53.send(new GetHostedZoneCommand({ Id: zoneId })),
    },
    {
      service: 'route53',
      name: 'ListResourceRecordSets (one)',
      send: (turn) =>
        cloud.route53.send(
          new ListResourceRecordSetsCommand({
            HostedZoneId: zoneId,
            StartRecordName: `host-${turn}.bench.example.com`,
            StartRecordType: 'A',
            MaxItems: 1,
          }),
        ),
    },
    changeBatch(world),
  ];
}

async function dynamodbCalls({ cloud: { dynamodb } }: BenchWorld): Promise<readonly SimpleCall[]> {
  const service = 'dynamodb';
  const TableName = 'bench';
  const key = { id: { S: 'db' } };
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  return [
    {
      service,
      name: 'PutItem',
      send: (turn) =>
        dynamodb.send(new PutItemCommand({ TableName, Item: { ...key, generation: { N: `${turn}` } } })),
    },
    {
      service,
      name: 'UpdateItem (conditional)',
      send: (turn) =>
        dynamodb.send(
          new UpdateItemCommand({
            TableName,
            Key: key,
            UpdateExpression: 'SET generation = :generation',
            ConditionExpression: 'attribute_exists(id)',
            ExpressionAttributeValues: { ':generation': { N: `${turn}` } },
          }),
        ),
    },
    {
      service,
      name: 'GetItem',
      send: () => dynamodb.send(new GetItemCommand({ TableName, Key: key, ConsistentRead: true })),
    },
  ];
}

async function sqsCalls({ cloud: { sqs } }: BenchWorld): Promise<readonly SimpleCall[]> {
  const service = 'sqs';
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'bench' }));
  return [
    {
      service,
      name: 'SendMessage',
      send: () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a message' })),
    },
    {
      service,
      name: 'ReceiveMessage',
      send: () => sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 })),
    },
    {
      service,
      name: 'GetQueueUrl',
      send: () => sqs.send(new GetQueueUrlCommand({ QueueName: 'bench' })),
    },
  ];
}

async function eventsCalls({ cloud: { events, sqs } }: BenchWorld): Promise<readonly SimpleCall[]> {
  const service = 'events';
  await sqs.send(new CreateQueueCommand({ QueueName: 'bench-events' }));
  const Arn = 'arn:aws:sqs:us-east-1:123456789012:bench-events';
  const rule = {
    Name: 'bench',
    EventPattern: JSON.stringify({ source: ['bench'], detail: { turn: [0, 1] } }),
  };
  await events.send(new PutRuleCommand(rule));
  await events.send(new PutTargetsCommand({ Rule: 'bench', Targets: [{ Id: 'queue', Arn }] }));
  return [
    { service, name: 'PutRule', send: () => events.send(new PutRuleCommand(rule)) },
    {
      service,
      name: 'DescribeRule',
      send: () => events.send(new DescribeRuleCommand({ Name: 'bench' })),
    },
    {
      service,
      name: 'PutEvents (to a queue)',
      send: (turn) =>
        events.send(
          new PutEventsCommand({
            Entries: [{ Source: 'bench', DetailType: 'bench', Detail: JSON.stringify({ turn }) }],
          }),
        ),
    },
  ];
}
