import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { Table } from '../../../../../shared/adapters/dynamodb/table.ts';
import type { CannedAnswer, CannedRequest } from '../../../../fakes/canned-aws.ts';
import { CannedAws, dynamodbError, jsonAnswer } from '../../../../fakes/canned-aws.ts';

type Wire = Readonly<Record<string, { readonly S: string }>>;

interface Input {
  readonly RequestItems: {
    readonly roles: { readonly Keys: readonly Wire[]; readonly ConsistentRead: boolean } & readonly {
      readonly PutRequest: { readonly Item: Wire };
    }[];
  };
}

function inputOf(request: CannedRequest | undefined): Input['RequestItems']['roles'] {
  const { RequestItems }: Input = JSON.parse(request?.body ?? '');
  return RequestItems.roles;
}

function aBench(answer: (request: CannedRequest, index: number) => CannedAnswer) {
  const aws = new CannedAws(answer);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(aws.options));
  return { aws, table: new Table(client, 'roles', async () => undefined) };
}

const keys = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ pk: `ROLE#${index}`, sk: 'SPEC' }));

describe('batchGet', () => {
  const everything = (request: CannedRequest) =>
    jsonAnswer({ Responses: { roles: inputOf(request).Keys }, UnprocessedKeys: {} });

  it('reads consistently, 100 keys at a time', async () => {
    const { aws, table } = aBench(everything);

    const items = await table.batchGet(keys(201));

    expect(items).toEqual(keys(201));
    expect(aws.requests.map((request) => inputOf(request).Keys.length)).toEqual([100, 100, 1]);
    expect(aws.requests.every((request) => inputOf(request).ConsistentRead)).toBe(true);
  });

  it('leaves out what does not exist', async () => {
    const { table } = aBench(() => jsonAnswer({ Responses: { roles: [] }, UnprocessedKeys: {} }));

    expect(await table.batchGet(keys(2))).toEqual([]);
  });

  it('asks nobody for nothing', async () => {
    const { aws, table } = aBench(everything);

    await table.batchGet([]);

    expect(aws.requests).toEqual([]);
  });

  it('asks again for what was left unprocessed, and for nothing else', async () => {
    const { aws, table } = aBench((request) => {
      const [first, ...left] = inputOf(request).Keys;
      return jsonAnswer({
        Responses: { roles: [first] },
        UnprocessedKeys: left.length === 0 ? {} : { roles: { Keys: left, ConsistentRead: true } },
      });
    });

    const items = await table.batchGet(keys(3));

    expect(items).toEqual(keys(3));
    expect(aws.requests.map((request) => inputOf(request).Keys.length)).toEqual([3, 2, 1]);
  });

  it('gives up after five tries, as throttled', async () => {
    const { aws, table } = aBench((request) =>
      jsonAnswer({ Responses: {}, UnprocessedKeys: { roles: { Keys: inputOf(request).Keys } } }),
    );

    await expect(table.batchGet(keys(1))).rejects.toMatchObject({
      code: 'Throttling',
      disposition: 'retryable',
    });
    expect(aws.requests).toHaveLength(5);
  });
});

describe('batchPut', () => {
  const allDone = () => jsonAnswer({ UnprocessedItems: {} });

  it('puts 25 items at a time', async () => {
    const { aws, table } = aBench(allDone);

    await table.batchPut(keys(51));

    expect(aws.requests.map((request) => inputOf(request).length)).toEqual([25, 25, 1]);
  });

  it('puts of two items with one key only the later: DynamoDB would refuse both', async () => {
    const { aws, table } = aBench(allDone);
    const [key = { pk: '', sk: '' }] = keys(1);

    await table.batchPut([
      { ...key, word: 'first' },
      { ...key, word: 'second' },
    ]);

    expect(inputOf(aws.requests[0]).map(({ PutRequest }) => PutRequest.Item['word']?.S)).toEqual(['second']);
  });

  it('puts again what was left unprocessed, and gives up after five tries, as throttled', async () => {
    const { aws, table } = aBench((request, index) => {
      const left = index === 0 ? inputOf(request).slice(1) : inputOf(request);
      return jsonAnswer({ UnprocessedItems: { roles: left } });
    });

    await expect(table.batchPut(keys(3))).rejects.toMatchObject({
      code: 'Throttling',
      disposition: 'retryable',
    });
    expect(aws.requests.map((request) => inputOf(request).length)).toEqual([3, 2, 2, 2, 2]);
  });
});

describe('call', () => {
  const get = (table: Table) =>
    table.call('GetItem', (client) =>
      client.send(new GetCommand({ TableName: table.name, Key: { pk: 'a', sk: 'b' } })),
    );

  it('says that the table is missing, by its name, and what may be the reason', async () => {
    const { table } = aBench(() => dynamodbError('ResourceNotFoundException'));

    await expect(get(table)).rejects.toMatchObject({
      code: 'TableMissing',
      disposition: 'permanent',
      message: 'the table "roles" does not exist; is the stack deployed, and in this region?',
    });
  });

  it('names the call and the table in any other failure', async () => {
    const { table } = aBench(() => dynamodbError('ProvisionedThroughputExceededException'));

    await expect(get(table)).rejects.toMatchObject({
      code: 'ProvisionedThroughputExceededException',
      disposition: 'retryable',
      message: expect.stringContaining('GetItem on roles'),
    });
  });
});
