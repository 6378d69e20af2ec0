import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDocumentClient } from '../../../../../shared/adapters/dynamodb/document-client.ts';
import { createRoleStore } from '../../../../../shared/adapters/dynamodb/role-store.ts';
import { Table } from '../../../../../shared/adapters/dynamodb/table.ts';
import { noState } from '../../../../../shared/model/role-state.ts';
import type { Claim } from '../../../../../shared/reconcile/ports.ts';
import { heldBy, instanceId, nowMs, roleName } from '../../../../builders/observed.ts';
import type { CannedAnswer, CannedRequest } from '../../../../fakes/canned-aws.ts';
import { CannedAws, dynamodbError, jsonAnswer } from '../../../../fakes/canned-aws.ts';

const db = roleName('db');
const retention = { historyDays: 90, goneInstanceDays: 7 };
const lease = { owner: 'me', expiresAtMs: nowMs + 30_000 };
const claim: Claim = { role: db, seen: { ...noState, revision: 4 }, lease, slots: [], unfit: [] };

/** The adapter over answers by the name of the operation. */
function aBench(answers: Readonly<Record<string, CannedAnswer>>) {
  const aws = new CannedAws((request) => answers[operationOf(request)] ?? dynamodbError('UnexpectedCall'));
  const client = createDocumentClient(new DynamoDBClient(aws.options));
  return {
    aws,
    store: createRoleStore(new Table(client, 'roles', async () => undefined), retention, () => nowMs),
  };
}

function operationOf({ headers }: CannedRequest): string {
  return headers['x-amz-target']?.split('.').at(-1) ?? '';
}

function inputOf(request: CannedRequest | undefined): Record<string, unknown> {
  return JSON.parse(request?.body ?? '{}');
}

/** A STATE item as it comes over the wire. */
function stateItem(revision: number, owner?: string): object {
  return {
    pk: { S: 'ROLE#db' },
    sk: { S: 'STATE' },
    slots: { L: [] },
    askedAgain: { N: '0' },
    revision: { N: String(revision) },
    ...(owner === undefined
      ? {}
      : { lease: { M: { owner: { S: owner }, expiresAtMs: { N: String(nowMs + 30_000) } } } }),
  };
}

const refused = dynamodbError('ConditionalCheckFailedException');

describe('claim', () => {
  it('is one write, on the condition that nobody wrote since', async () => {
    const { aws, store } = aBench({ UpdateItem: jsonAnswer({ Attributes: stateItem(5, 'me') }) });

    const result = await store.claim(claim);

    expect(result).toMatchObject({ kind: 'claimed', state: { revision: 5, lease } });
    expect(aws.requests.map(operationOf)).toEqual(['UpdateItem']);
    expect(inputOf(aws.requests[0])).toMatchObject({
      Key: { pk: { S: 'ROLE#db' }, sk: { S: 'STATE' } },
      ConditionExpression: 'revision = :seen',
      ExpressionAttributeValues: { ':seen': { N: '4' }, ':next': { N: '5' } },
    });
  });

  it('is the first only where there is no state yet', async () => {
    const { aws, store } = aBench({ UpdateItem: jsonAnswer({ Attributes: stateItem(1, 'me') }) });

    await store.claim({ ...claim, seen: noState });

    expect(inputOf(aws.requests[0])).toMatchObject({ ConditionExpression: 'attribute_not_exists(revision)' });
  });

  it.each([
    ['lost to another owner', stateItem(5, 'another'), 'lost'],
    ['lost to one who has settled since', stateItem(6), 'lost'],
    ['lost when the lease is an earlier one of our own', stateItem(8, 'me'), 'lost'],
    ['ours when it is our own write, repeated by the SDK', stateItem(5, 'me'), 'claimed'],
  ])('that fails its condition is %s', async (_, Item, kind) => {
    const { aws, store } = aBench({ UpdateItem: refused, GetItem: jsonAnswer({ Item }) });

    const result = await store.claim(claim);

    expect(result.kind).toBe(kind);
    expect(aws.requests.map(operationOf)).toEqual(['UpdateItem', 'GetItem']);
    expect(inputOf(aws.requests[1])).toMatchObject({ ConsistentRead: true });
  });

  it('that fails its condition is lost when the state is gone with its role', async () => {
    const { store } = aBench({ UpdateItem: refused, GetItem: jsonAnswer({}) });

    expect(await store.claim(claim)).toEqual({ kind: 'lost' });
  });

  it('that fails otherwise is thrown, and nothing is read', async () => {
    const { aws, store } = aBench({ UpdateItem: dynamodbError('AccessDeniedException') });

    await expect(store.claim(claim)).rejects.toMatchObject({ code: 'AccessDeniedException' });
    expect(aws.requests).toHaveLength(1);
  });
});

describe('settle', () => {
  const claimed = { ...noState, revision: 5, lease };

  it('writes the slots and gives the lease back in one write', async () => {
    const { aws, store } = aBench({ UpdateItem: jsonAnswer({ Attributes: stateItem(6) }) });

    const result = await store.settle(db, claimed, heldBy(1).slots, []);

    expect(result).toMatchObject({ kind: 'claimed', state: { revision: 6 } });
    expect(inputOf(aws.requests[0])).toMatchObject({
      UpdateExpression: expect.stringContaining('REMOVE lease'),
      ExpressionAttributeValues: { ':seen': { N: '5' }, ':next': { N: '6' } },
    });
  });

  it.each([
    ['lost when another has claimed since', stateItem(6, 'another'), 'lost'],
    ['ours when it is our own write, repeated by the SDK', stateItem(6), 'claimed'],
  ])('that fails its condition is %s', async (_, Item, kind) => {
    const { store } = aBench({ UpdateItem: refused, GetItem: jsonAnswer({ Item }) });

    expect((await store.settle(db, claimed, [], [])).kind).toBe(kind);
  });
});

describe('remember', () => {
  it('lets the rows of history and of instances that are gone expire, and no others', async () => {
    const { aws, store } = aBench({ BatchWriteItem: jsonAnswer({ UnprocessedItems: {} }) });
    const entry = {
      role: db,
      slot: 0,
      timeMs: nowMs,
      generation: 7,
      outcome: 'converged' as const,
      cause: 'why',
      from: undefined,
      to: instanceId(1),
      changes: [],
      refusals: [],
      verdicts: [],
      steps: { observeMs: 1, claimMs: 2, applyMs: 3 },
    };

    await store.remember({
      asked: [{ instanceId: instanceId(1), roles: [db] }],
      gone: [{ instanceId: instanceId(2), roles: [db] }],
      history: [entry],
    });

    const days = (count: number) => String(nowMs / 1_000 + count * 86_400);
    const { RequestItems } = inputOf(aws.requests[0]) as { RequestItems: { roles: PutRow[] } };
    const rows = RequestItems.roles.map(({ PutRequest: { Item } }) => [
      Item.pk.S,
      Item.sk.S,
      Item.expiresAt?.N,
    ]);
    expect(rows).toEqual([
      [`INSTANCE#${instanceId(1)}`, 'ROLE#db', undefined],
      [`INSTANCE#${instanceId(2)}`, 'ROLE#db', days(7)],
      [`INSTANCE#${instanceId(2)}`, 'FACTS', days(7)],
      ['ROLE#db', `HISTORY#${new Date(nowMs).toISOString()}#0000000007#0`, days(90)],
    ]);
  });
});

interface PutRow {
  readonly PutRequest: {
    readonly Item: {
      readonly pk: { readonly S: string };
      readonly sk: { readonly S: string };
      readonly expiresAt?: { readonly N: string };
    };
  };
}
