import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { type Cloud, createCloud } from '../../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { passTime } from '../../../../localcloud/core/pass-time.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';

interface Bench {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly client: DynamoDBClient;
}

const TableName = 'roles';

async function aTable(): Promise<Bench> {
  const clock = new VirtualClock();
  const cloud = createCloud({ clock });
  const client = new DynamoDBClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAONE', secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
  });
  await createTable(client, TableName);
  return { cloud, clock, client };
}

async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'PK', AttributeType: 'S' }],
    }),
  );
}

const anItem = (name: string, generation: number) => ({
  PK: { S: name },
  generation: { N: String(generation) },
});

async function generationOf(
  { client }: Bench,
  name: string,
  ConsistentRead = false,
): Promise<string | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName, Key: { PK: { S: name } }, ConsistentRead }),
  );
  return Item?.['generation']?.N;
}

describe('tables', () => {
  test('have ARNs of the cloud’s own account and region', async () => {
    const { client } = await aTable();

    const { Table } = await client.send(new DescribeTableCommand({ TableName }));

    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/roles',
    });
  });

  test('that do not exist are a ResourceNotFoundException', async () => {
    const { client } = await aTable();

    const read = client.send(new GetItemCommand({ TableName: 'other', Key: { PK: { S: 'db' } } }));

    await expect(read).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('what dynalite would drop without a word is refused by name', () => {
  test('a parameter', async () => {
    const { client } = await aTable();

    const create = client.send(
      new CreateTableCommand({
        TableName: 'streaming',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'PK', AttributeType: 'S' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      }),
    );

    await expect(create).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Parameter StreamSpecification: is not modelled by localcloud',
    });
  });

  test('an operation', async () => {
    const { client } = await aTable();

    const transact = client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: anItem('db', 1) } }] }),
    );

    await expect(transact).rejects.toMatchObject({
      name: 'NotImplementedByLocalcloud',
      message: 'localcloud does not model the dynamodb operation TransactWriteItems',
    });
  });
});

describe('a write whose condition does not hold', () => {
  const condition = {
    TableName,
    ConditionExpression: 'attribute_not_exists(PK)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
  const Key = { PK: { S: 'db' } };

  test.each([
    ['PutItem', new PutItemCommand({ ...condition, Item: anItem('db', 9) })],
    ['UpdateItem', new UpdateItemCommand({ ...condition, Key, UpdateExpression: 'REMOVE generation' })],
    ['DeleteItem', new DeleteItemCommand({ ...condition, Key })],
  ])('changes nothing and tells the item in its way when asked: %s', async (_name, command) => {
    const bench = await aTable();
    await bench.client.send(new PutItemCommand({ TableName, Item: anItem('db', 1) }));

    const failure: unknown = await bench.client
      .send(command as PutItemCommand)
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ConditionalCheckFailedException);
    expect(failure).toMatchObject({ Item: anItem('db', 1), message: 'The conditional request failed' });
    expect(await generationOf(bench, 'db')).toBe('1');
  });

  test('does not tell the item unasked', async () => {
    const { client } = await aTable();
    await client.send(new PutItemCommand({ TableName, Item: anItem('db', 1) }));

    const put = client.send(
      new PutItemCommand({
        TableName,
        Item: anItem('db', 9),
        ConditionExpression: 'attribute_not_exists(PK)',
      }),
    );

    await expect(put).rejects.toSatisfy(
      (error) => !(error instanceof Error && 'Item' in error && error.Item),
    );
  });

  test('tells each of many rivals the winner', async () => {
    const { client } = await aTable();
    const claims = Array.from({ length: 20 }, (_, generation) =>
      client.send(new PutItemCommand({ ...condition, Item: anItem('db', generation) })),
    );

    const results = await Promise.allSettled(claims);

    const losers = results.filter((result) => result.status === 'rejected');
    expect(losers).toHaveLength(19);
    expect(new Set(losers.map(({ reason }) => reason.Item.generation.N)).size).toBe(1);
  });
});

describe('with a lag', () => {
  async function aLaggingTable(): Promise<Bench> {
    const bench = await aTable();
    await bench.client.send(new PutItemCommand({ TableName, Item: anItem('db', 1) }));
    bench.cloud.setLag({ dynamodbReadMs: 1_000 });
    return bench;
  }

  test('an eventually consistent read shows the item of before, a consistent one never', async () => {
    const bench = await aLaggingTable();

    await bench.client.send(new PutItemCommand({ TableName, Item: anItem('db', 2) }));
    const before = [await generationOf(bench, 'db'), await generationOf(bench, 'db', true)];
    await passTime(bench.clock, 1_000);
    const after = await generationOf(bench, 'db');

    expect(before).toEqual(['1', '2']);
    expect(after).toBe('2');
  });

  test('writes show in the order in which they were made', async () => {
    const bench = await aLaggingTable();
    for (let generation = 2; generation <= 9; generation += 1) {
      await bench.client.send(new PutItemCommand({ TableName, Item: anItem('db', generation) }));
    }

    const seen: number[] = [];
    for (let elapsedMs = 0; elapsedMs <= 1_000; elapsedMs += 50) {
      seen.push(Number(await generationOf(bench, 'db')));
      await passTime(bench.clock, 50);
    }

    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(9);
  });

  test('a query lags as well, unless it asks for consistency', async () => {
    const bench = await aLaggingTable();
    const query = {
      TableName,
      KeyConditionExpression: 'PK = :name',
      ExpressionAttributeValues: { ':name': { S: 'db' } },
    };

    await bench.client.send(new PutItemCommand({ TableName, Item: anItem('db', 2) }));
    const eventual = await bench.client.send(new QueryCommand(query));
    const strong = await bench.client.send(new QueryCommand({ ...query, ConsistentRead: true }));

    expect(eventual.Items).toEqual([anItem('db', 1)]);
    expect(strong.Items).toEqual([anItem('db', 2)]);
  });

  test('one batch reads each table as it asks for it', async () => {
    const bench = await aLaggingTable();
    await createTable(bench.client, 'facts');
    for (const name of [TableName, 'facts']) {
      await bench.client.send(new PutItemCommand({ TableName: name, Item: anItem('db', 2) }));
    }

    const { Responses } = await bench.client.send(
      new BatchGetItemCommand({
        RequestItems: {
          [TableName]: { Keys: [{ PK: { S: 'db' } }] },
          facts: { Keys: [{ PK: { S: 'db' } }], ConsistentRead: true },
        },
      }),
    );

    expect(Responses).toEqual({ [TableName]: [anItem('db', 1)], facts: [anItem('db', 2)] });
  });
});

describe('time to live', () => {
  const settings = { TableName, TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } };

  test('is off until it is switched on', async () => {
    const { client } = await aTable();

    const before = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    await client.send(new UpdateTimeToLiveCommand(settings));
    const after = await client.send(new DescribeTimeToLiveCommand({ TableName }));

    expect(before.TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
    expect(after.TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
  });

  test('does not outlive its table', async () => {
    const { client } = await aTable();
    await client.send(new UpdateTimeToLiveCommand(settings));

    await client.send(new DeleteTableCommand({ TableName }));
    await createTable(client, TableName);
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));

    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
  });

  test('cannot be switched on twice', async () => {
    const { client } = await aTable();
    await client.send(new UpdateTimeToLiveCommand(settings));

    const again = client.send(new UpdateTimeToLiveCommand(settings));

    await expect(again).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'TimeToLive is already enabled',
    });
  });

  test('needs a table', async () => {
    const { client } = await aTable();

    const update = client.send(new UpdateTimeToLiveCommand({ ...settings, TableName: 'other' }));

    await expect(update).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
