import {
  CreateTableCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { conformanceCase } from './conformance-case.ts';
import type { Target } from './target.ts';

let tables = 0;

async function aTable({ clients, eventually }: Target): Promise<string> {
  const TableName = `conformance-${Date.now()}-${++tables}`;
  await clients.dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'PK', AttributeType: 'S' }],
    }),
  );
  await eventually(async () => {
    const { Table } = await clients.dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table?.TableStatus).toBe('ACTIVE');
  });
  return TableName;
}

conformanceCase(
  'of two conditional writes that expect the same version, one is refused',
  {
    source:
      'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html#WorkingWithItems.ConditionalUpdate',
  },
  async (target) => {
    const TableName = await aTable(target);
    const { dynamodb } = target.clients;
    await dynamodb.send(
      new PutItemCommand({ TableName, Item: { PK: { S: 'role' }, generation: { N: '1' } } }),
    );
    const claim = (): Promise<unknown> =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: { PK: { S: 'role' } },
          UpdateExpression: 'SET generation = generation + :one',
          ConditionExpression: 'generation = :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      );

    const claims = await Promise.allSettled([claim(), claim()]);

    expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(claims.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'ConditionalCheckFailedException' },
    });
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName, Key: { PK: { S: 'role' } }, ConsistentRead: true }),
    );
    expect(Item).toEqual({ PK: { S: 'role' }, generation: { N: '2' } });
  },
);
