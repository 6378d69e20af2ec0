import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ControllerError } from '../../model/errors.ts';
import { toControllerError } from '../../model/errors.ts';
import type { HistoryEntry } from '../../model/history-entry.ts';
import type { InstanceId, RoleName } from '../../model/ids.ts';
import { roleNameSchema } from '../../model/ids.ts';
import type { RoleState, SlotState } from '../../model/role-state.ts';
import { noState } from '../../model/role-state.ts';
import type {
  Claim,
  ClaimResult,
  InstanceMemory,
  Memories,
  RoleStore,
  StoredRole,
  StoredRoles,
} from '../../reconcile/ports.ts';
import { isConditionFailure, succeeds } from './condition.ts';
import { parseFacts, parseRole, parseState } from './items.ts';
import {
  directoryPartition,
  factsAttribute,
  historyPrefix,
  instanceFactsKey,
  instancePartition,
  instanceRoleKey,
  instanceRolePrefix,
  rolePartition,
  specKey,
  stateKey,
} from './keys.ts';
import { keepFacts, learn } from './learnt.ts';
import type { Item, Table } from './table.ts';

export interface Retention {
  readonly historyDays: number;
  /** Rows of instances that are gone; long enough for their late events to find their roles. */
  readonly goneInstanceDays: number;
}

const daySeconds = 86_400;

/** The controller's memory in its one table. Reads are consistent, every write of a decision is conditional. */
export function createRoleStore(table: Table, retention: Retention, now: () => number): RoleStore {
  const expiresAt = (days: number): number => Math.floor(now() / 1_000) + days * daySeconds;
  return {
    rememberedInstance: (instanceId) => rememberedInstance(table, instanceId),
    readRoles: (names) => readRoles(table, names),
    listRoles: (page) => listRoles(table, page),
    claim: (claim) => writeClaim(table, claim),
    settle: (role, claimed, slots, forgotten) => settle(table, role, claimed, slots, forgotten),
    release: (role, claimed) => release(table, role, claimed),
    askAgain: (role, owner) => askAgain(table, role, owner),
    keepFacts: (instanceId, facts, seenRevision, passing = false) =>
      keepFacts(table, instanceId, facts, {
        seenRevision,
        expiresAt: passing ? expiresAt(retention.historyDays) : undefined,
      }),
    learn: (learnt) => learn(table, learnt),
    remember: (memories) => table.batchPut(rowsOf(memories, retention, expiresAt)),
  };
}

async function rememberedInstance(table: Table, instanceId: InstanceId): Promise<InstanceMemory> {
  const { Items = [] } = await table.call('Query', (client) =>
    client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': instancePartition(instanceId) },
      }),
    ),
  );
  const names = Items.map((item) => String(item['sk']))
    .filter((sk) => sk.startsWith(instanceRolePrefix))
    .map((sk) => sk.slice(instanceRolePrefix.length));
  const facts = Items.find((item) => item['sk'] === 'FACTS');
  const known = facts === undefined ? { isGone: false, facts: {}, factsRevision: 0 } : parseFacts(facts);
  return { roles: roleNames(names), ...known };
}

function roleNames(names: readonly unknown[]): readonly RoleName[] {
  return names.flatMap((name) => roleNameSchema.safeParse(name).data ?? []);
}

async function readRoles(table: Table, names: readonly RoleName[]): Promise<StoredRoles> {
  const items = await table.batchGet(names.flatMap((name) => [specKey(name), stateKey(name)]));
  const byKey = new Map(items.map((item) => [`${String(item['pk'])} ${String(item['sk'])}`, item]));
  const stored: StoredRole[] = [];
  const failures = new Map<RoleName, ControllerError>();
  for (const name of names) {
    const spec = byKey.get(`${rolePartition(name)} SPEC`);
    const state = byKey.get(`${rolePartition(name)} STATE`);
    if (spec === undefined) continue;
    try {
      stored.push({ role: parseRole(spec), state: state === undefined ? noState : parseState(state) });
    } catch (error) {
      failures.set(name, toControllerError(error));
    }
  }
  return { stored, failures };
}

async function listRoles(
  table: Table,
  { after, max }: { readonly after: RoleName | undefined; readonly max: number },
): Promise<readonly RoleName[]> {
  const { Items = [] } = await table.call('Query', (client) =>
    client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': directoryPartition },
        Limit: max,
        ...(after === undefined ? {} : { ExclusiveStartKey: { pk: directoryPartition, sk: after } }),
      }),
    ),
  );
  return roleNames(Items.map((item) => item['sk']));
}

/** The write that decides: everything that a claim is, in one condition on the revision that was read. */
async function writeClaim(table: Table, { role, seen, lease, slots, unfit }: Claim): Promise<ClaimResult> {
  return conditional(
    () =>
      update(table, role, {
        UpdateExpression:
          'SET slots = :slots, lease = :lease, unfit = :unfit, revision = :next, askedAgain = if_not_exists(askedAgain, :none)',
        ConditionExpression: seen.revision === 0 ? 'attribute_not_exists(revision)' : 'revision = :seen',
        ExpressionAttributeValues: {
          ':slots': slots,
          ':lease': lease,
          ':unfit': unfit,
          ':next': seen.revision + 1,
          ':none': 0,
          ...(seen.revision === 0 ? {} : { ':seen': seen.revision }),
        },
      }),
    // A retry of the SDK may find our own write there already.
    table,
    role,
    (state) => state.lease?.owner === lease.owner && state.revision === seen.revision + 1,
  );
}

async function settle(
  table: Table,
  role: RoleName,
  claimed: RoleState,
  slots: readonly SlotState[],
  forgotten: readonly InstanceId[],
): Promise<ClaimResult> {
  const names = forgotten.map((id, index) => [`#gone${index}`, factsAttribute(id)] as const);
  const removed = ['lease', ...names.map(([name]) => name)].join(', ');
  return conditional(
    () =>
      update(table, role, {
        UpdateExpression: `SET slots = :slots, revision = :next REMOVE ${removed}`,
        ConditionExpression: 'revision = :seen',
        ...(names.length === 0 ? {} : { ExpressionAttributeNames: Object.fromEntries(names) }),
        ExpressionAttributeValues: {
          ':slots': slots,
          ':next': claimed.revision + 1,
          ':seen': claimed.revision,
        },
      }),
    table,
    role,
    isGivenBackAfter(claimed),
  );
}

/** How the state looks once our own write gave the lease back: the answer to it may have been lost. */
function isGivenBackAfter(claimed: RoleState): (state: RoleState) => boolean {
  return ({ lease, revision }) => lease === undefined && revision === claimed.revision + 1;
}

async function release(table: Table, role: RoleName, claimed: RoleState): Promise<ClaimResult> {
  return conditional(
    () =>
      update(table, role, {
        UpdateExpression: 'SET revision = :next REMOVE lease',
        ConditionExpression: 'revision = :seen',
        ExpressionAttributeValues: { ':next': claimed.revision + 1, ':seen': claimed.revision },
      }),
    table,
    role,
    isGivenBackAfter(claimed),
  );
}

async function askAgain(table: Table, role: RoleName, owner: string): Promise<boolean> {
  return succeeds(() =>
    update(table, role, {
      UpdateExpression: 'ADD askedAgain :one',
      ConditionExpression: 'lease.#owner = :owner',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':one': 1, ':owner': owner },
    }),
  );
}

interface Update {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

async function update(table: Table, role: RoleName, expression: Update): Promise<RoleState> {
  const { Attributes = {} } = await table.call('UpdateItem', (client) =>
    client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: stateKey(role),
        ReturnValues: 'ALL_NEW',
        ...expression,
      }),
    ),
  );
  return parseState(Attributes);
}

async function conditional(
  write: () => Promise<RoleState>,
  table: Table,
  role: RoleName,
  isOurs: (state: RoleState) => boolean,
): Promise<ClaimResult> {
  try {
    return { kind: 'claimed', state: await write() };
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
  const { Item } = await table.call('GetItem', (client) =>
    client.send(new GetCommand({ TableName: table.name, Key: stateKey(role), ConsistentRead: true })),
  );
  const state = Item === undefined ? noState : parseState(Item);
  return isOurs(state) ? { kind: 'claimed', state } : { kind: 'lost' };
}

type Row = Item & { readonly pk: string; readonly sk: string };

function rowsOf(
  { asked, gone, history }: Memories,
  { historyDays, goneInstanceDays }: Retention,
  expiresAt: (days: number) => number,
): readonly Row[] {
  return [
    ...asked.flatMap(({ instanceId, roles }) =>
      roles.map((role) => ({ ...instanceRoleKey(instanceId, role) })),
    ),
    ...gone.flatMap(({ instanceId, roles }) => [
      ...roles.map((role) => ({
        ...instanceRoleKey(instanceId, role),
        expiresAt: expiresAt(goneInstanceDays),
      })),
      { ...instanceFactsKey(instanceId), gone: true, expiresAt: expiresAt(goneInstanceDays) },
    ]),
    ...history.map((entry) => ({
      pk: rolePartition(entry.role),
      sk: `${historyPrefix}${new Date(entry.timeMs).toISOString()}#${String(entry.generation).padStart(10, '0')}#${entry.slot}${isMove(entry) ? '' : '#said'}`,
      ...entry,
      expiresAt: expiresAt(historyDays),
    })),
  ];
}

/** What only tells of words or of somebody turned away must not stand in the place of a move of the same millisecond. */
function isMove({ from, to, changes }: HistoryEntry): boolean {
  return from !== to || changes.length > 0;
}
