import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFilters, type FilterFields } from '../../../../localcloud/ec2/filters.ts';

interface Thing {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly isNew?: boolean;
  readonly tags: ReadonlyMap<string, string>;
}

const fields: FilterFields<Thing> = {
  name: ({ name }) => name,
  size: ({ sizes }) => sizes,
  'is-new': ({ isNew }) => isNew,
};

function matches(thing: Partial<Thing>, ...filters: [name: string, ...values: string[]][]): boolean {
  const isWanted = compileFilters(
    filters.map(([Name, ...Values]) => ({ Name, Values })),
    fields,
    ({ tags }) => tags,
  );
  return isWanted({ name: '', sizes: [], tags: new Map(), ...thing });
}

describe('values', () => {
  test.each([
    ['db-main', 'db-main', true],
    ['db-main', 'db', false],
    ['db-*', 'db-main', true],
    ['*', '', true],
    ['*main', 'db-main', true],
    ['d?-main', 'db-main', true],
    ['?', '', false],
    ['db.*', 'dbxmain', false],
    ['(db)+', 'db', false],
    ['\\*', '*', true],
    ['\\*', 'x', false],
    ['a\\?b', 'a?b', true],
    ['a\\?b', 'axb', false],
    ['\\\\', '\\', true],
    ['DB-main', 'db-main', false],
    ['line*', 'line one\nline two', true],
  ])('%j on %j: %s', (pattern, name, isMatch) => {
    expect(matches({ name }, ['name', pattern])).toBe(isMatch);
  });

  test('a text with its wildcards escaped matches itself and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, other) => {
        const escaped = name.replaceAll(/[*?\\]/g, '\\$&');
        expect(matches({ name }, ['name', escaped])).toBe(true);
        expect(matches({ name: other }, ['name', escaped])).toBe(other === name);
      }),
    );
  });

  test('numbers and booleans are compared as text, lists by any of their values', () => {
    expect(matches({ sizes: [1, 20] }, ['size', '20'])).toBe(true);
    expect(matches({ sizes: [] }, ['size', '*'])).toBe(false);
    expect(matches({ isNew: true }, ['is-new', 'true'])).toBe(true);
    expect(matches({}, ['is-new', '*'])).toBe(false);
  });
});

describe('several filters', () => {
  test('must all match, each by any of its values', () => {
    const thing = { name: 'db', sizes: [1] };

    expect(matches(thing, ['name', 'web', 'db'], ['size', '1'])).toBe(true);
    expect(matches(thing, ['name', 'db'], ['size', '2'])).toBe(false);
    expect(matches(thing)).toBe(true);
  });
});

describe('tags', () => {
  const tags = new Map([
    ['role', 'db'],
    ['a:b', ''],
  ]);

  test('are matched by key and value, and by key alone', () => {
    expect(matches({ tags }, ['tag:role', 'd*'])).toBe(true);
    expect(matches({ tags }, ['tag:a:b', ''])).toBe(true);
    expect(matches({ tags }, ['tag:other', '*'])).toBe(false);
    expect(matches({ tags }, ['tag-key', 'ro?e'])).toBe(true);
  });
});

describe('refused filters', () => {
  test.each(['colour', 'tag:', 'constructor', 'toString'])('%j is unknown', (name) => {
    expect(() => matches({}, [name, 'x'])).toThrow(`The filter '${name}' is invalid`);
  });

  test('more than 200 values are too many', () => {
    const values = Array.from({ length: 201 }, (_, number) => String(number));

    expect(() => matches({}, ['name', ...values])).toThrow('200');
    expect(matches({ name: '7' }, ['name', ...values.slice(1)])).toBe(true);
  });

  test('no values at all', () => {
    expect(() => matches({}, ['name'])).toThrow('at least one value');
  });
});
