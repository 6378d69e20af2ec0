import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { wiring } from '../../../infra/wiring.ts';
import { createCloud } from '../../../localcloud/cloud.ts';
import { createRequestHandler } from '../../../localcloud/front/request-handler.ts';
import { createDocumentClient } from '../../../shared/adapters/dynamodb/document-client.ts';
import { createResyncCursor } from '../../../shared/adapters/dynamodb/resync-cursor.ts';
import { createRoleCatalogue } from '../../../shared/adapters/dynamodb/role-catalogue.ts';
import { createRoleStore } from '../../../shared/adapters/dynamodb/role-store.ts';
import { Table } from '../../../shared/adapters/dynamodb/table.ts';
import type { HistoryEntry } from '../../../shared/model/history-entry.ts';
import { noState } from '../../../shared/model/role-state.ts';
import { aRole, heldBy, instanceId, nowMs, roleName } from '../../builders/observed.ts';
import { defineRoleStoreContract } from './role-store.contract.ts';

const db = roleName('db');

/** The table of the controller, empty, in a cloud of its own. */
async function aTable(): Promise<Table> {
  const cloud = createCloud({ throttles: false });
  const client = new DynamoDBClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATABLE', secretAccessKey: 'not-checked' },
    requestHandler: createRequestHandler(cloud.handle),
  });
  const { name: TableName, partitionKey, sortKey } = wiring.table;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: partitionKey, KeyType: 'HASH' },
        { AttributeName: sortKey, KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [partitionKey, sortKey].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
    }),
  );
  const documents = createDocumentClient(client);
  return new Table(documents, TableName, async () => undefined);
}

const storeOn = (table: Table) =>
  createRoleStore(table, { historyDays: 90, goneInstanceDays: 7 }, () => nowMs);

defineRoleStoreContract('in DynamoDB', async (roles) => {
  const table = await aTable();
  const catalogue = createRoleCatalogue(table);
  for (const role of roles) await catalogue.apply(role);
  return storeOn(table);
});

function anEntry(generation: number, to = instanceId(generation)): HistoryEntry {
  return {
    role: db,
    slot: 0,
    timeMs: nowMs + generation * 1_000,
    generation,
    outcome: 'converged',
    cause: 'a test',
    from: undefined,
    to,
    changes: [],
    refusals: [],
    verdicts: [],
    steps: { observeMs: 1, claimMs: 2, applyMs: 3 },
  };
}

describe('the facts of an instance', () => {
  const facts = { alarms: { hot: { state: 'ALARM' as const, timeMs: nowMs } } };
  const expiryOf = async (table: Table) => {
    const [item] = await table.batchGet([{ pk: `INSTANCE#${instanceId(1)}`, sk: 'FACTS' }]);
    return item?.['expiresAt'];
  };

  it('go away by themselves only while they are of no role: their revision must not begin again', async () => {
    const table = await aTable();
    const store = storeOn(table);

    await store.keepFacts(instanceId(1), facts, 0, true);
    const ofNoRole = await expiryOf(table);
    await store.keepFacts(instanceId(1), {}, 1);

    expect(ofNoRole).toBe(nowMs / 1_000 + 90 * 86_400);
    expect(await expiryOf(table)).toBeUndefined();
  });
});

describe('the catalogue of roles', () => {
  it('takes the next version of a spec, and refuses one that was overtaken', async () => {
    const table = await aTable();
    const catalogue = createRoleCatalogue(table);
    const second = { ...aRole({ records: [] }), version: 2 };

    expect(await catalogue.apply(aRole())).toBe(true);
    expect(await catalogue.apply(aRole())).toBe(false);
    expect(await catalogue.apply(second)).toBe(true);
    expect(await catalogue.apply(second)).toBe(false);
    expect((await storeOn(table).readRoles([db])).stored).toMatchObject([{ role: second }]);
  });

  it('tells of a role whose item is corrupt without holding up the others', async () => {
    const table = await aTable();
    const catalogue = createRoleCatalogue(table);
    await catalogue.apply(aRole());
    await catalogue.apply(aRole({}, 'web'));
    await table.batchPut([{ pk: 'ROLE#web', sk: 'STATE', slots: 'not as Understudy writes it' }]);

    const { stored, failures } = await storeOn(table).readRoles([db, roleName('web')]);

    expect(stored).toMatchObject([{ role: { name: 'db' } }]);
    expect([...failures]).toMatchObject([['web', { code: 'CorruptItem', disposition: 'permanent' }]]);
  });

  it('forgets the spec of a role and its place in the list, but neither its state nor its history', async () => {
    const table = await aTable();
    const catalogue = createRoleCatalogue(table);
    const store = storeOn(table);
    await catalogue.apply(aRole());
    const lease = { owner: 'me', expiresAtMs: nowMs };
    await store.claim({ role: db, seen: noState, lease, slots: heldBy(1).slots, unfit: [] });
    await store.remember({ asked: [], gone: [], history: [anEntry(1)] });

    await catalogue.remove(db);

    expect((await store.readRoles([db])).stored).toEqual([]);
    expect(await store.listRoles({ after: undefined, max: 10 })).toEqual([]);
    expect(await catalogue.history(db, 10)).toEqual([anEntry(1)]);
    await catalogue.apply(aRole());
    expect((await store.readRoles([db])).stored).toMatchObject([{ state: { slots: [{ generation: 1 }] } }]);
  });

  it('tells the history newest first, and no more of it than was asked for', async () => {
    const table = await aTable();
    await storeOn(table).remember({ asked: [], gone: [], history: [anEntry(2), anEntry(10), anEntry(9)] });

    const history = await createRoleCatalogue(table).history(db, 2);

    expect(history.map(({ generation }) => generation)).toEqual([10, 9]);
  });
});

describe('the resync cursor', () => {
  it('goes on where it was left, and from the beginning once it is cleared', async () => {
    const table = await aTable();
    const cursor = createResyncCursor(table);

    const atFirst = await cursor.read();
    await cursor.write(db);
    const afterPage = await cursor.read();
    await cursor.write(undefined);

    expect([atFirst, afterPage, await cursor.read()]).toEqual([undefined, db, undefined]);
  });
});
