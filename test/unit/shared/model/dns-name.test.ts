import { describe, expect, it } from 'vitest';
import {
  dnsNameProblem,
  dnsNameSchema,
  isInZone,
  isReverseZone,
  normalizeDnsName,
  reverseDnsName,
} from '../../../../shared/model/dns-name.ts';

describe('normalizeDnsName', () => {
  it.each([
    ['db.example.com', 'db.example.com'],
    ['db.example.com.', 'db.example.com'],
    ['DB.Example.COM', 'db.example.com'],
    ['\\052.example.com.', '*.example.com'],
    ['*.example.com', '*.example.com'],
    ['a\\137b.example.com.', 'a_b.example.com'],
    ['\\104B.example.com', 'db.example.com'],
    ['a\\055b.example.com', 'a-b.example.com'],
    ['a\\377.example.com', 'a\u00ff.example.com'],
    ['a\\400.example.com', 'a\\134400.example.com'],
    ['a\\056b.example.com', 'a\\056b.example.com'],
    ['a\\134052.example.com', 'a\\134052.example.com'],
    ['\u212ating.example.com', '\u212ating.example.com'],
    ['.', ''],
    ['', ''],
  ])('brings %j to %j', (written, expected) => {
    expect(normalizeDnsName(written)).toBe(expected);
  });

  it('makes equal what Route 53 and a person write for one name', () => {
    expect(normalizeDnsName('\\052.Corp.Internal.')).toBe(normalizeDnsName('*.corp.internal'));
  });
});

describe('dnsNameProblem', () => {
  const label63 = 'a'.repeat(63);

  it.each([
    'db.example.com',
    'DB.EXAMPLE.COM.',
    'localhost',
    '*.example.com',
    '\\052.example.com',
    '_sip._tcp.example.com',
    'a--b.example.com',
    '1.0.0.10.in-addr.arpa',
    `${label63}.example.com`,
    [label63, label63, label63, 'a'.repeat(61)].join('.'),
  ])('finds nothing wrong with %s', (name) => {
    expect(dnsNameProblem(name)).toBeUndefined();
  });

  it.each([
    ['an empty label', 'db..example.com', 'has the label ""'],
    ['a leading dot', '.example.com', 'has the label ""'],
    ['a second trailing dot', 'example.com..', 'has the label ""'],
    ['a space', 'my db.example.com', 'has the label "my db"'],
    ['a hyphen first', '-db.example.com', 'has the label "-db"'],
    ['a hyphen last', 'db-.example.com', 'has the label "db-"'],
    ['a label of 64 characters', `${label63}a.com`, `has the label "${label63}a"`],
    ['a wildcard that is not first', 'db.*.example.com', 'has the label "*"'],
    ['a wildcard inside a label', 'db*.example.com', 'has the label "db*"'],
    ['a letter outside ASCII', 'dächer.example.com', 'has the label "dächer"'],
    ['a backslash', 'a\\400.example.com', 'has the label "a\\134400"'],
    ['a dot inside a label', 'a\\056b.example.com', 'has the label "a\\056b"'],
    ['a sign that folds to a letter', '\u212ating.example.com', 'has the label "\u212ating"'],
    ['nothing at all', '', 'must be 1 to 253 characters long'],
    ['the root', '.', 'must be 1 to 253 characters long'],
    ['254 characters', [label63, label63, label63, 'a'.repeat(62)].join('.'), '1 to 253 characters'],
  ])('names %s', (_, name, problem) => {
    expect(dnsNameProblem(name)).toContain(problem);
  });
});

describe('dnsNameSchema', () => {
  it('gives the one spelling of a good name', () => {
    expect(dnsNameSchema.parse('DB.Example.com.')).toBe('db.example.com');
  });

  it('refuses a bad name with the words of dnsNameProblem', () => {
    const { error } = dnsNameSchema.safeParse('db..example.com');

    expect(error?.issues).toMatchObject([{ message: dnsNameProblem('db..example.com') }]);
  });

  it('refuses what is no text', () => {
    expect(dnsNameSchema.safeParse(12).success).toBe(false);
  });
});

describe('isInZone', () => {
  const zone = normalizeDnsName('example.com');

  it.each([
    ['example.com', true],
    ['db.example.com', true],
    ['a.b.example.com', true],
    ['badexample.com', false],
    ['example.com.au', false],
    ['com', false],
  ])('says of %s: %s', (name, expected) => {
    expect(isInZone(normalizeDnsName(name), zone)).toBe(expected);
  });
});

describe('reverseDnsName', () => {
  it.each([
    ['192.0.2.10', '10.2.0.192.in-addr.arpa'],
    ['2001:db8::1', `1.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`],
    ['::', `${'0.'.repeat(32)}ip6.arpa`],
    ['1:2:3:4:5:6:7:8', '8.0.0.0.7.0.0.0.6.0.0.0.5.0.0.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.ip6.arpa'],
  ])('of %s is %s', (address, expected) => {
    expect(reverseDnsName(address)).toBe(expected);
  });
});

describe('isReverseZone', () => {
  it.each([
    ['10.in-addr.arpa', true],
    ['8.b.d.0.1.0.0.2.ip6.arpa', true],
    ['example.com', false],
    ['arpa', false],
  ])('says of %s: %s', (name, expected) => {
    expect(isReverseZone(normalizeDnsName(name))).toBe(expected);
  });
});
