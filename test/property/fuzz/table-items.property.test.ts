import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDocumentClient } from '../../../shared/adapters/dynamodb/document-client.ts';
import { createResyncCursor } from '../../../shared/adapters/dynamodb/resync-cursor.ts';
import { createRoleCatalogue } from '../../../shared/adapters/dynamodb/role-catalogue.ts';
import { createRoleStore } from '../../../shared/adapters/dynamodb/role-store.ts';
import { Table } from '../../../shared/adapters/dynamodb/table.ts';
import { isControllerError } from '../../../shared/model/errors.ts';
import { reconcileRoles } from '../../../shared/reconcile/reconcile-roles.ts';
import { longText, spoilt } from '../../builders/hostile-input.ts';
import {
  anElasticIp,
  anInstance,
  aRole,
  heldBy,
  instanceId,
  nowMs,
  roleName,
} from '../../builders/observed.ts';
import { CannedAws, jsonAnswer } from '../../fakes/canned-aws.ts';
import { Stage } from '../../fakes/stage.ts';

type Item = Readonly<Record<string, unknown>>;

const db = roleName('db');
const web = roleName('web');
const facts = {
  leaving: { spot: { saidAtMs: nowMs, atMs: nowMs + 1, words: 'Spot interruption (stop)' } },
  alarms: { cpu: { state: 'OK', timeMs: nowMs } },
  hook: {
    kind: 'launch',
    action: { groupName: 'g', hookName: 'understudy', actionToken: 't' },
    sinceMs: nowMs,
  },
};
const said = { by: 'ana', atMs: nowMs };

const specItem = { pk: 'ROLE#db', sk: 'SPEC', ...aRole() };
const stateItem = {
  pk: 'ROLE#db',
  sk: 'STATE',
  ...heldBy(1),
  lease: { owner: 'somebody', expiresAtMs: nowMs },
  unfit: [{ instanceId: instanceId(2), words: 'it is full', untilMs: nowMs }],
  [`facts ${instanceId(1)}`]: { facts, revision: 3 },
  'alarm db is down': { state: 'ALARM', timeMs: nowMs },
  'word pin': { instanceId: instanceId(1), ...said },
  'word frozen': said,
  'word failover': { slot: 0, generation: 1, to: instanceId(2), ...said },
};
const factsItem = { pk: `INSTANCE#${instanceId(1)}`, sk: 'FACTS', gone: false, facts, revision: 2 };
const historyItem = {
  pk: 'ROLE#db',
  sk: 'HISTORY#2026',
  role: 'db',
  slot: 0,
  timeMs: nowMs,
  generation: 1,
  outcome: 'converged',
  cause: 'a test',
  from: instanceId(1),
  to: instanceId(2),
  changes: ['x'],
  refusals: [],
  verdicts: [],
  steps: { observeMs: 1, claimMs: 1, applyMs: 1 },
};
const goodWeb = [
  { pk: 'ROLE#web', sk: 'SPEC', ...aRole({ addresses: [] }, 'web') },
  { pk: 'ROLE#web', sk: 'STATE', slots: [], revision: 1 },
];

/** The item with anything in one of its places but its key. */
function spoiltItem<Good extends Item & { pk: string; sk: string }>({
  pk,
  sk,
  ...rest
}: Good): fc.Arbitrary<Item> {
  return spoilt(rest).map((item) => ({ ...(Array.isArray(item) ? {} : Object(item)), pk, sk }));
}

/** A value as DynamoDB keeps it; what is deeper than it takes is cut off. */
function attribute(value: unknown, level = 0): object {
  if (value === null || value === undefined || level > 32) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'number') return { N: Number.isFinite(value) ? String(value) : '9007199254740993.5' };
  if (Array.isArray(value)) return { L: value.map((each) => attribute(each, level + 1)) };
  return { M: attributesOf(value, level + 1) };
}

function attributesOf(value: object, level = 0): object {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [key, attribute(each, level)]));
}

/** The adapters over a table that answers every read with these items. */
function aTable(items: readonly Item[]) {
  const aws = new CannedAws(({ headers }) => {
    const raw = items.map((item) => attributesOf(item));
    return headers['x-amz-target']?.endsWith('BatchGetItem') === true
      ? jsonAnswer({ Responses: { understudy: raw } })
      : jsonAnswer({ Items: raw, Item: raw[0] });
  });
  const table = new Table(
    createDocumentClient(new DynamoDBClient(aws.options)),
    'understudy',
    async () => undefined,
  );
  return { table, store: createRoleStore(table, { historyDays: 1, goneInstanceDays: 1 }, () => nowMs) };
}

/** What it refuses with, in few words that name the item; undefined for a value. */
async function refusalOf(read: () => Promise<unknown>, item: string): Promise<string | undefined> {
  try {
    await read();
    return undefined;
  } catch (error) {
    if (!isControllerError(error)) throw error;
    expect(error.message).toContain(item);
    expect(error.message.length).toBeLessThan(2_500);
    return error.code;
  }
}

const refusals = [undefined, 'CorruptItem'];

describe('a table into which somebody else wrote', () => {
  it('gives the roles that are as they should be, and says which item is not', async () => {
    const item = fc.oneof(spoiltItem(specItem), spoiltItem(stateItem));
    await fc.assert(
      fc.asyncProperty(item, async (spoiltOne) => {
        const others = [specItem, stateItem].filter(({ sk }) => sk !== spoiltOne['sk']);
        const { store } = aTable([spoiltOne, ...others, ...goodWeb]);

        const { stored, failures } = await store.readRoles([db, web]);

        expect(stored.map(({ role }) => role.name).filter((name) => name !== db)).toEqual([web]);
        expect(refusals).toContain(failures.get(db)?.code);
        if (failures.has(db))
          expect(failures.get(db)?.message).toContain(`ROLE#db ${String(spoiltOne['sk'])}`);
        expect((failures.get(db)?.message ?? '').length).toBeLessThan(2_500);
      }),
      { numRuns: 100 },
    );
  });

  it('gives the facts of an instance, or says that they are not as they should be', async () => {
    await fc.assert(
      fc.asyncProperty(spoiltItem(factsItem), async (item) => {
        const { store } = aTable([item]);

        const refusal = await refusalOf(
          () => store.rememberedInstance(instanceId(1)),
          `${factsItem.pk} FACTS`,
        );

        expect(refusals).toContain(refusal);
      }),
      { numRuns: 80 },
    );
  });

  it('gives history, or says which line is not as it should be', async () => {
    await fc.assert(
      fc.asyncProperty(spoiltItem(historyItem), async (item) => {
        const catalogue = createRoleCatalogue(aTable([item]).table);

        const refusal = await refusalOf(() => catalogue.history(db, 10), 'ROLE#db HISTORY#2026');

        expect(refusals).toContain(refusal);
      }),
      { numRuns: 60 },
    );
  });

  it('begins a resync anew when nobody can tell where the last one left off', async () => {
    await fc.assert(
      fc.asyncProperty(spoiltItem({ pk: 'RESYNC', sk: 'CURSOR', after: 'db' }), async (item) => {
        const after = await createResyncCursor(aTable([item]).table).read();

        expect(after === undefined || /^[a-z0-9-]{1,63}$/.test(after)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['a role under the key of another', { ...specItem, name: 'web' }, 'name'],
    ['facts of what is no instance', { ...stateItem, 'facts x': { facts, revision: 1 } }, 'facts x'],
    [
      'a lease beyond the end of time',
      { ...stateItem, lease: { owner: 'x', expiresAtMs: 9e15 } },
      'lease.expiresAtMs',
    ],
    ['a slot twice', { ...stateItem, slots: [heldBy(1).slots[0], heldBy(2).slots[0]] }, 'slots'],
    [
      'a warning beyond the end of time',
      { ...stateItem, [`facts ${instanceId(1)}`]: { facts: { launchHookSeenAtMs: 1e300 }, revision: 1 } },
      `facts ${instanceId(1)}.facts.launchHookSeenAtMs`,
    ],
    ['a number that no program holds', { ...stateItem, revision: Number.NaN }, 'revision'],
    [
      'a field without end',
      { ...stateItem, lease: { owner: longText, expiresAtMs: longText } },
      'lease.expiresAtMs',
    ],
  ])('refuses %s, naming the field', async (_, item: Item, field) => {
    const others = [specItem, stateItem].filter(({ sk }) => sk !== item['sk']);
    const { store } = aTable([...others, item, ...goodWeb]);

    const { stored, failures } = await store.readRoles([db, web]);

    expect(stored).toMatchObject([{ role: { name: web } }]);
    expect(failures.get(db)?.message).toContain(`: ${field}`);
  });
});

describe('roles whose items can be read', () => {
  it('are reconciled or failed one by one, whatever stands in the item of one of them', async () => {
    await fc.assert(
      fc.asyncProperty(spoiltItem(stateItem), async (item) => {
        const { stored } = await aTable([specItem, item]).store.readRoles([db]);
        const stage = new Stage();
        stage.store.define(aRole(), stored[0]?.state);
        stage.store.define(aRole({ addresses: [], records: [record] }, 'web'));
        stage.ec2.put(anInstance(1), anInstance(2, { tags: { role: 'web' } }));
        stage.ec2.putElasticIp(anElasticIp());

        const { outcomes } = await reconcileRoles(stage.ports, stage.settings, {
          roles: [db, web],
          hints: new Map(),
          causeOf: () => 'a test',
          readsRecords: true,
          deadlineMs: nowMs + 600_000,
          memories: { asked: [], gone: [] },
          learnt: [],
        });

        expect(outcomes.get(web)).toMatchObject({ kind: 'converged' });
        expect(outcomes.has(db)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

const record = { zone: 'corp.internal', name: 'web.corp.internal', value: 'privateIp' };
