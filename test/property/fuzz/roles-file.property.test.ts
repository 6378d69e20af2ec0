import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseRolesFile } from '../../../cli/roles-file/roles-file.ts';
import { arbitraryText } from '../../builders/arbitrary-input.ts';
import { deepJson, longText, spoilt, spoiltText } from '../../builders/hostile-input.ts';

const goodFile = {
  roles: {
    db: {
      addresses: [
        { elasticIp: { tags: { Name: 'db' } }, on: 'primary', adopt: true },
        { privateIp: '10.0.1.50' },
        { route: '10.99.0.1/32', routeTables: ['rtb-0123456789abcdef0'] },
      ],
      records: [
        { zone: 'example.com', name: 'db.example.com', value: 'elasticIpName', ttl: 60 },
        { zone: 'Z0PRIVATE', name: 'db.corp.internal', value: 'privateIp', reverse: true },
        {
          zone: 'example.com',
          name: 'text.example.com',
          type: 'TXT',
          values: ['{role} {tag:app}'],
          parking: ['-'],
        },
      ],
      allow: { subnets: ['subnet-0123456789abcdef0'], tags: { app: ['a', 'b'] } },
      election: { prefer: 'priority', failback: true, ready: { tag: 'app=up' }, zones: ['eu-west-1a'] },
      vacant: 'park',
    },
    web: {
      slots: 2,
      addresses: [{ elasticIp: { pool: { tags: { pool: 'web' } } } }],
      records: [{ zone: 'example.com', name: 'web.example.com', value: 'publicIp', routing: { weight: 10 } }],
    },
  },
};
const goodText = stringify(goodFile);

/** Every problem of a file, all of them together no longer than a person reads. */
function expectFewWords(text: string): void {
  const parsed = parseRolesFile(text);
  if (parsed.kind === 'valid') return;
  expect(parsed.problems.length).toBeGreaterThan(0);
  expect(parsed.problems.length).toBeLessThanOrEqual(51);
  for (const { path, found, allowed } of parsed.problems) {
    expect(found).not.toBe('');
    expect(allowed).not.toBe('');
    expect(path.length + found.length + allowed.length).toBeLessThan(2_000);
  }
}

describe('reading a roles file', () => {
  it('is possible for the good one that the others are made from', () => {
    expect(parseRolesFile(goodText).kind).toBe('valid');
  });

  it('gives roles or a few problems in few words, whatever stands in one of its places', () => {
    fc.assert(
      fc.property(spoilt(goodFile), (file) => {
        expectFewWords(JSON.stringify(file, shallow) ?? 'null');
      }),
      { numRuns: 120 },
    );
  });

  it('does so whatever the text, and wherever it is cut or overwritten', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryText, spoiltText(goodText)), (text) => {
        expectFewWords(text);
      }),
      { numRuns: 100 },
    );
  });

  it('does so for YAML that is made of its own signs', () => {
    const sign = fc.constantFrom(
      ...[
        'roles:',
        'db:',
        ' ',
        '\n',
        '\n  ',
        '- ',
        '? ',
        ': ',
        '&a ',
        '*a',
        '*b',
        '<<: *a',
        '[',
        ']',
        '{',
        '}',
        ',',
      ],
      ...[
        '|',
        '>-',
        '!!binary ',
        '!!set ',
        '!x ',
        '---\n',
        '...\n',
        '%YAML 1.1\n',
        '"',
        "'",
        '#',
        '\t',
        '.nan',
        '0x1F',
      ],
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 40 }), (signs) => {
        expectFewWords(`roles:\n  ${signs.join('')}`);
      }),
      { numRuns: 200 },
    );
  });
});

/** Aliases of aliases, each of them nine times the one before. */
function bomb(levels: number): string {
  const lists = Array.from({ length: levels }, (_, level) => {
    const part = level === 0 ? 'x' : `*a${level - 1}`;
    return `a${level}: &a${level} [${Array.from({ length: 9 }, () => part).join(', ')}]`;
  });
  return `${lists.join('\n')}\nroles: { db: { records: *a${levels - 1} } }\n`;
}

const many = 1_000;
const each = (write: (index: number) => string): string =>
  Array.from({ length: many }, (_, index) => write(index)).join('');

describe('a roles file that is made to do harm', () => {
  it.each([
    ['aliases that grow', bomb(12)],
    ['an alias of what it stands in', 'roles: &a\n  db: *a\n'],
    ['an alias deep in what it stands in', 'roles:\n  db: &a\n    records: [{ zone: *a }]\n'],
    ['an alias of nothing', 'roles: *nothing\n'],
    ['lists in lists', `roles: ${deepJson}`],
    ['lists that never end', `roles: ${'['.repeat(3_000)}`],
    ['a list in a role', `roles: { db: { records: ${'['.repeat(200)}${']'.repeat(200)} } }`],
    ['a name that never ends', `roles: { ${longText}: {} }`],
    ['a value that never ends', `roles: { db: { vacant: ${longText} } }`],
    ['a parking value that never ends', parkingFile('TXT', longText)],
    ['a parking address that never ends', parkingFile('A', longText)],
    ['many roles that are none', `roles:\n${each((index) => `  _${index}: 1\n`)}`],
    ['many keys that are unknown', `roles:\n  db:\n${each((index) => `    key${index}: 1\n`)}`],
    ['many keys beside the roles', each((index) => `key${index}: 1\n`)],
    ['many records that are none', `roles: { db: { records: [${each(() => '{ key: 1 }, ')}] } }`],
    ['a key many times', `roles:\n${each(() => '  db: {}\n')}`],
    [
      'keys of every object',
      'roles: { __proto__: { slots: 1 }, constructor: { __proto__: 1, toString: 2 } }',
    ],
  ])('gets a few problems in few words for %s', (_, text) => {
    expect(parseRolesFile(text).kind).toBe('invalid');
    expectFewWords(text);
  });
});

function parkingFile(type: string, value: string): string {
  const record = {
    zone: 'example.com',
    name: 'db.example.com',
    type,
    values: ['192.0.2.1'],
    parking: [value],
  };
  return JSON.stringify({ roles: { db: { records: [record], vacant: 'park' } } });
}

/** `JSON.stringify` cannot write what is very deep. */
function shallow(_: string, value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 && Array.isArray(value[0]) ? 'deep' : value;
}
