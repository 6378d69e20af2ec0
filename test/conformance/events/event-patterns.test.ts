import { TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { expect } from 'vitest';
import type { Target } from '../target.ts';
import { eventsCase } from './events-case.ts';

const operators = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html';

const event = {
  version: '0',
  id: '1c0a3c1e-55f0-4a54-9bd8-2f3a0a6c1b11',
  'detail-type': 'Tag Change on Resource',
  source: 'aws.tag',
  account: '123456789012',
  time: '2026-11-20T10:00:18Z',
  region: 'us-east-1',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-1', 'second'],
  detail: {
    'changed-tag-keys': ['Name', 'role'],
    tags: { Name: 'web-1', role: 'Web' },
    version: 3,
    ratio: -0.5,
    isTrue: true,
    nothing: null,
    empty: '',
    none: [],
    address: '10.0.1.7',
    items: [
      { kind: 'a', size: 1 },
      { kind: 'b', size: 2 },
    ],
  },
};

const matching: readonly (readonly [string, object])[] = [
  ['an exact value', { source: ['aws.tag'] }],
  ['one of several values', { source: ['aws.ec2', 'aws.tag'] }],
  ['an element of an array', { resources: ['second'] }],
  ['a number', { detail: { version: [3] } }],
  ['true', { detail: { isTrue: [true] } }],
  ['null', { detail: { nothing: [null] } }],
  ['an empty string', { detail: { empty: [''] } }],
  ['a prefix', { resources: [{ prefix: 'arn:aws:ec2:' }] }],
  ['a suffix', { detail: { tags: { Name: [{ suffix: '-1' }] } } }],
  [
    'a prefix whatever the case',
    { detail: { tags: { role: [{ prefix: { 'equals-ignore-case': 'wE' } }] } } },
  ],
  [
    'a suffix whatever the case',
    { detail: { tags: { role: [{ suffix: { 'equals-ignore-case': 'EB' } }] } } },
  ],
  ['equality whatever the case', { detail: { tags: { role: [{ 'equals-ignore-case': 'WEB' }] } } }],
  ['anything but a value', { detail: { tags: { role: [{ 'anything-but': 'db' }] } } }],
  ['anything but some values', { detail: { tags: { role: [{ 'anything-but': ['db', 'nat'] }] } } }],
  ['anything but some numbers', { detail: { version: [{ 'anything-but': [1, 2] }] } }],
  ['anything but a prefix', { detail: { tags: { Name: [{ 'anything-but': { prefix: 'db' } }] } } }],
  ['anything but a suffix', { detail: { tags: { Name: [{ 'anything-but': { suffix: '-2' } }] } } }],
  ['anything but a wildcard', { detail: { tags: { Name: [{ 'anything-but': { wildcard: 'db-*' } }] } } }],
  [
    'anything but equality',
    { detail: { tags: { role: [{ 'anything-but': { 'equals-ignore-case': 'db' } }] } } },
  ],
  ['a number comparison', { detail: { version: [{ numeric: ['=', 3] }] } }],
  ['a number range', { detail: { version: [{ numeric: ['>', 0, '<=', 3] }] } }],
  ['a negative number', { detail: { ratio: [{ numeric: ['<', 0] }] } }],
  ['a block of addresses', { detail: { address: [{ cidr: '10.0.0.0/16' }] } }],
  ['a field that exists', { detail: { tags: { role: [{ exists: true }] } } }],
  ['a field that does not exist', { detail: { tags: { owner: [{ exists: false }] } } }],
  ['existence of null', { detail: { nothing: [{ exists: true }] } }],
  ['a wildcard', { resources: [{ wildcard: 'arn:*:instance/*' }] }],
  [
    'either alternative',
    { $or: [{ source: ['aws.ec2'] }, { detail: { version: [{ numeric: ['>', 2] }] } }] },
  ],
  ['a value or its absence', { detail: { tags: { owner: ['me', { exists: false }] } } }],
  ['two fields of one array element', { detail: { items: { kind: ['a'], size: [1] } } }],
];

const notMatching: readonly (readonly [string, object])[] = [
  ['another value', { source: ['aws.ec2'] }],
  ['a value in another case', { source: ['AWS.TAG'] }],
  ['a number as text', { detail: { version: ['3'] } }],
  ['a field that is missing', { detail: { colour: ['red'] } }],
  ['only one of two fields', { source: ['aws.tag'], region: ['eu-west-1'] }],
  ['anything but the value', { detail: { tags: { role: [{ 'anything-but': ['db', 'Web'] }] } } }],
  ['anything but a value, of a missing field', { detail: { tags: { owner: [{ 'anything-but': 'db' }] } } }],
  ['a number out of range', { detail: { version: [{ numeric: ['>', 3, '<', 9] }] } }],
  ['an address outside the block', { detail: { address: [{ cidr: '10.0.0.0/24' }] } }],
  ['absence of a field that is there', { detail: { tags: { role: [{ exists: false }] } } }],
  ['existence of a field that is missing', { detail: { tags: { owner: [{ exists: true }] } } }],
  ['existence of an object: only leaves exist', { detail: { tags: [{ exists: true }] } }],
  ['neither alternative', { $or: [{ source: ['aws.ec2'] }, { region: ['eu-west-1'] }] }],
  ['null for an empty string', { detail: { empty: [null] } }],
  ['fields of different array elements', { detail: { items: { kind: ['a'], size: [2] } } }],
];

async function isMatch({ clients }: Target, pattern: object): Promise<boolean | undefined> {
  const { Result } = await clients.events.send(
    new TestEventPatternCommand({ EventPattern: JSON.stringify(pattern), Event: JSON.stringify(event) }),
  );
  return Result;
}

for (const [what, pattern] of matching) {
  eventsCase(`a pattern matches ${what}`, operators, async (target) => {
    expect(await isMatch(target, pattern)).toBe(true);
  });
}

for (const [what, pattern] of notMatching) {
  eventsCase(`a pattern does not match ${what}`, operators, async (target) => {
    expect(await isMatch(target, pattern)).toBe(false);
  });
}

for (const [what, pattern, reason] of [
  ['a bare value', { source: 'aws.tag' }, '"source" must be an object or an array'],
  ['an empty array', { source: [] }, 'Empty arrays are not allowed'],
  ['an unknown operator', { source: [{ regex: '.*' }] }, 'Unrecognized match type regex'],
  ['two operators in one', { source: [{ prefix: 'a', suffix: 'b' }] }, 'Only one key allowed'],
  ['a prefix that is no text', { source: [{ prefix: 1 }] }, 'prefix match pattern must be a string'],
  [
    'an unknown comparison',
    { detail: { version: [{ numeric: ['!=', 3] }] } },
    'Unrecognized numeric range operator',
  ],
  ['mixed exceptions', { source: [{ 'anything-but': ['a', 1] }] }, 'mixed type is not supported'],
  ['two wildcards in a row', { source: [{ wildcard: 'a**' }] }, 'Consecutive wildcard characters'],
  ['a lonely alternative', { $or: [{ source: ['a'] }] }, 'at least 2 Objects'],
] as const) {
  eventsCase(`a pattern with ${what} is refused with the reason`, operators, async (target) => {
    const testing = isMatch(target, pattern);

    await expect(testing).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
    await expect(testing).rejects.toThrow(`Event pattern is not valid. Reason: ${reason}`.slice(0, 36));
    await expect(testing).rejects.toThrow(reason);
  });
}
