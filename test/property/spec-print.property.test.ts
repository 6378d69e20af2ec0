import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roleDifference } from '../../cli/roles-file/role-difference.ts';
import { roleYaml } from '../../cli/roles-file/role-yaml.ts';
import { parseRolesFile } from '../../cli/roles-file/roles-file.ts';
import { createDocumentClient } from '../../shared/adapters/dynamodb/document-client.ts';
import { createRoleCatalogue } from '../../shared/adapters/dynamodb/role-catalogue.ts';
import { createRoleStore } from '../../shared/adapters/dynamodb/role-store.ts';
import { Table } from '../../shared/adapters/dynamodb/table.ts';
import { addressClaims } from '../../shared/model/address-claims.ts';
import type { Role } from '../../shared/model/observed.ts';
import { roleConflicts } from '../../shared/model/role-conflicts.ts';
import { roleSpecSchema } from '../../shared/model/role-spec.ts';
import { arbitraryKindsRole } from '../builders/arbitrary-kinds.ts';
import { instanceId, roleName, subnetId, vpcId } from '../builders/observed.ts';
import { CannedAws, jsonAnswer } from '../fakes/canned-aws.ts';

/** Text that YAML would take for something else, and text that it must quote. */
const trickyText = fc.oneof(
  fc.constantFrom(
    'yes',
    'null',
    '~',
    '1e3',
    '0x10',
    '2026-01-01',
    '- a',
    'a: b',
    '#',
    '*a',
    '&a',
    '!x',
    '|',
    '"',
    "'",
    '<<',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.string({ minLength: 1, maxLength: 12 }),
);
const tags = fc.dictionary(trickyText, trickyText, { minKeys: 1, maxKeys: 3, noNullPrototype: true });

const arbitraryAllow = fc
  .record(
    {
      instances: fc.constantFrom(instanceId(1), [instanceId(1), instanceId(2)]),
      subnets: fc.constant(subnetId(1)),
      vpc: fc.constant([vpcId(1)]),
      autoScalingGroup: trickyText,
      imageOwner: fc.array(trickyText, { minLength: 1, maxLength: 2 }),
      tags,
    },
    { requiredKeys: [] },
  )
  .filter((allow) => Object.keys(allow).length > 0);

const arbitraryElection = fc
  .record({
    prefer: fc.constantFrom('incumbent', 'priority', 'newest', 'oldest'),
    failback: fc.boolean(),
    ready: fc.oneof(
      fc.constantFrom('running', 'status-checks', 'hook', 'alarm'),
      trickyText.map((text) => ({ tag: `app=${text.replaceAll(/[\n\r\u2028\u2029]/g, '')}` })),
    ),
    cooldown: fc.constantFrom('60s', '0s', '2h', '1d'),
    zones: fc.array(trickyText, { maxLength: 2 }),
    handover: fc.constantFrom('10m', '90s'),
  })
  .map((election) => ({ ...election, failback: election.failback && election.prefer !== 'incumbent' }));

/** A role with anything that a spec can say. */
const arbitraryRole: fc.Arbitrary<Role> = fc
  .record({
    role: arbitraryKindsRole,
    allow: fc.option(arbitraryAllow, { nil: undefined }),
    election: arbitraryElection,
    byTags: fc.option(tags, { nil: undefined }),
  })
  .map(({ role, allow, election, byTags }) => {
    const more =
      byTags === undefined || role.spec.slots > 1 ? [] : [{ elasticIp: { tags: byTags }, on: 'primary' }];
    const spec = { ...role.spec, ...(allow && { allow }), election };
    const whole = roleSpecSchema.safeParse({ ...spec, addresses: [...spec.addresses, ...more] });
    return { ...role, spec: whole.data ?? roleSpecSchema.parse(spec) };
  });

const retention = { historyDays: 1, goneInstanceDays: 1 };

/** A table that gives back the item that was put into it, as DynamoDB writes it. */
function aTableThatKeeps(): Table {
  let item: unknown;
  const aws = new CannedAws(({ headers, body }) => {
    const operation = headers['x-amz-target']?.split('.')[1];
    if (operation === 'PutItem') item = JSON.parse(body).Item;
    return jsonAnswer(operation === 'BatchGetItem' ? { Responses: { understudy: [item] } } : {});
  });
  return new Table(
    createDocumentClient(new DynamoDBClient(aws.options)),
    'understudy',
    async () => undefined,
  );
}

describe('a role', () => {
  it('is the same once it was printed as a file and read again', () => {
    fc.assert(
      fc.property(arbitraryRole, (role) => {
        const parsed = parseRolesFile(roleYaml(role));

        expect(parsed).toMatchObject({ kind: 'valid' });
        if (parsed.kind === 'invalid') return;
        expect(parsed.file.roles).toEqual([{ name: role.name, spec: role.spec }]);
        const { version: _, ...resolved } = role;
        expect(roleDifference(role, { ...resolved, spec: role.spec }).kind).toBe('unchanged');
      }),
      { numRuns: 60 },
    );
  });

  it('is the same once it was stored as an item and read again', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRole, async (role) => {
        const table = aTableThatKeeps();

        const isWritten = await createRoleCatalogue(table).apply(role);
        const { stored } = await createRoleStore(table, retention, () => 0).readRoles([role.name]);

        expect(isWritten).toBe(true);
        expect(stored.map((each) => each.role)).toEqual([role]);
      }),
      { numRuns: 60 },
    );
  });

  it('reads the same when what was read is read again', () => {
    fc.assert(
      fc.property(arbitraryRole, ({ spec }) => {
        expect(roleSpecSchema.parse(spec)).toEqual(spec);
      }),
    );
  });
});

describe('two roles', () => {
  const arbitraryPair = fc.tuple(arbitraryKindsRole, arbitraryKindsRole).map(([one, other]) => ({
    one,
    other: { ...other, name: roleName('web') },
  }));

  it('are in each other’s way, or neither is in the other’s', () => {
    fc.assert(
      fc.property(arbitraryPair, ({ one, other }) => {
        expect(roleConflicts(one, [other]).length > 0).toBe(roleConflicts(other, [one]).length > 0);
      }),
      { numRuns: 60 },
    );
  });

  it('are in each other’s way in whatever order others stand, and never in their own', () => {
    fc.assert(
      fc.property(arbitraryPair, arbitraryKindsRole, ({ one, other }, third) => {
        const others = [other, { ...third, name: roleName('third') }];

        const paths = (conflicts: ReturnType<typeof roleConflicts>) => conflicts.map(({ path }) => path);
        expect(paths(roleConflicts(one, others))).toEqual(paths(roleConflicts(one, others.toReversed())));
        expect(roleConflicts(one, [one])).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('that claim an address each, claim it by a key that the order of tags does not change', () => {
    fc.assert(
      fc.property(tags, (some) => {
        const reversed = Object.fromEntries(Object.entries(some).toReversed());
        const keys = [some, reversed].map(
          (each) => addressClaims({ elasticIp: { tags: each }, adopt: false })[0]?.key,
        );

        expect(keys[0]).toBe(keys[1]);
      }),
    );
  });
});
