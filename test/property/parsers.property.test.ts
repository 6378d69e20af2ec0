import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHistory, parseRole, parseState } from '../../shared/adapters/dynamodb/items.ts';
import { readConfig } from '../../shared/config.ts';
import { roleNameSchema } from '../../shared/model/ids.ts';
import { roleSpecSchema } from '../../shared/model/role-spec.ts';
import { specProblems } from '../../shared/model/spec-problem.ts';
import { parsePriorityTag, parseRoleTag } from '../../shared/plan/role-tag.ts';
import { arbitraryState } from '../builders/arbitraries.ts';
import { arbitraryText, mutated } from '../builders/arbitrary-input.ts';
import { aRole, heldBy } from '../builders/observed.ts';
import { refusalOf } from '../builders/refusal-of.ts';

describe('parsing a tag', () => {
  it('gives names of roles, each once and no more than twenty, whatever the value', () => {
    const arbitraryTag = fc.oneof(
      arbitraryText,
      fc
        .array(fc.constantFrom('db', 'web', 'nat-a', ' db', 'Db', '', '*'), { maxLength: 40 })
        .map((all) => all.join()),
    );
    fc.assert(
      fc.property(arbitraryTag, (value) => {
        const roles = parseRoleTag(value);

        expect(roles.every((role) => roleNameSchema.safeParse(role).success)).toBe(true);
        expect(new Set(roles).size).toBe(roles.length);
        expect(roles.length).toBeLessThanOrEqual(20);
      }),
    );
  });

  it('finds every role that is named, in whatever company', () => {
    // Ten of the longest still fit into the 256 characters that a tag's value may have.
    const name = fc.constantFrom('db', 'web', 'nat-a', 'a'.repeat(22));
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 10 }),
        fc.array(fc.constantFrom(' ', '')),
        (names, spaces) => {
          const value = names.map((each, index) => `${spaces[index] ?? ''}${each}`).join(',');

          expect(parseRoleTag(value)).toEqual([...new Set(names)]);
        },
      ),
    );
  });

  it('gives a whole number for a priority, whatever the value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), (value) => {
        expect(Number.isSafeInteger(parsePriorityTag(value))).toBe(true);
      }),
    );
  });
});

const goodSpec = {
  addresses: [{ elasticIp: { tags: { Name: 'db' } }, adopt: true }],
  records: [
    { zone: 'example.com', name: 'db.example.com', value: 'elasticIpName', ttl: 60 },
    { zone: 'Z0PRIVATE', name: 'db.corp.internal', value: 'privateIp', adopt: false },
  ],
};

describe('parsing a role spec', () => {
  it('gives a spec that reads the same again, or problems that each say what was found and what is allowed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), mutated(goodSpec)), (input) => {
        const result = roleSpecSchema.safeParse(input);

        if (result.success) {
          expect(roleSpecSchema.parse(result.data)).toEqual(result.data);
          return;
        }
        const problems = specProblems(result.error, input);
        expect(problems.length).toBeGreaterThan(0);
        for (const { found, allowed } of problems) {
          expect(found.length).toBeGreaterThan(0);
          expect(allowed.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('parsing an item of the table', () => {
  const key = { pk: 'ROLE#db', sk: 'STATE' };

  it('gives back the state that was written', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        const item = { ...key, ...JSON.parse(JSON.stringify(state)) };

        expect(parseState(item)).toEqual(state);
      }),
    );
  });

  it.each([
    ['state', parseState, heldBy(1, {}, { lease: { owner: 'me', expiresAtMs: 1 } })],
    ['role', parseRole, aRole()],
    ['history', parseHistory, { role: 'db', slot: 0, timeMs: 1, generation: 1 }],
  ])('gives a %s or refuses for good, whatever is in the item', (_, parse, good) => {
    const arbitraryItem = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), mutated({ ...key, ...good }));
    fc.assert(
      fc.property(arbitraryItem, (item) => {
        const refusal = refusalOf(() => parse(item as Readonly<Record<string, unknown>>));

        expect([undefined, 'CorruptItem']).toContain(refusal);
      }),
      { numRuns: 300 },
    );
  });
});

describe('reading the configuration', () => {
  it('gives one or refuses for good, whatever the environment', () => {
    const names = [
      'TABLE_NAME',
      'AWS_REGION',
      'ROLE_TAG_KEY',
      'LEASE_DURATION_SECONDS',
      'HISTORY_RETENTION_DAYS',
    ];
    const value = fc.oneof(fc.string(), fc.integer().map(String), fc.constant(undefined));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (environment) => {
        expect([undefined, 'InvalidConfiguration']).toContain(refusalOf(() => readConfig(environment)));
      }),
    );
  });
});
