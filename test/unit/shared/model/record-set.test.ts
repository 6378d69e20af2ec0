import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { hostedZoneIdSchema } from '../../../../shared/model/ids.ts';
import type { RecordSet, Routing } from '../../../../shared/model/record-set.ts';
import {
  canStandTogether,
  contentInWords,
  describeRecordSet,
  isSameRecordSet,
  pointsTo,
  recordKey,
} from '../../../../shared/model/record-set.ts';
import { aRecord } from '../../../builders/observed.ts';

const values = ['10.0.1.5', '10.0.1.6'];
const record = aRecord('', { values });
const multivalue = (setIdentifier: string): Routing => ({ policy: 'multivalue', setIdentifier });
const weighted = (setIdentifier: string, weight = 1): Routing => ({
  policy: 'weighted',
  setIdentifier,
  weight,
});
const alias = aRecord('', {
  content: {
    kind: 'alias',
    zoneId: 'Z32O12XQLNTSW2',
    target: normalizeDnsName('lb.eu-west-1.elb.amazonaws.com'),
    evaluatesHealth: true,
  },
});

describe('isSameRecordSet', () => {
  it('holds for two record sets that differ only in the order of their values', () => {
    expect(isSameRecordSet(record, aRecord('', { values: values.toReversed() }))).toBe(true);
  });

  it.each<[type: RecordSet['type'], one: string, other: string]>([
    ['CNAME', 'DB.Example.com.', 'db.example.com'],
    ['AAAA', '2001:0DB8::0001', '2001:db8::1'],
    ['TXT', '"a" "b"', '"ab"'],
    ['SRV', '0 5 5432 DB.example.com.', '0 5 5432 db.example.com'],
  ])('holds for two spellings of one %s value', (type, one, other) => {
    expect(isSameRecordSet(aRecord(one, { type }), aRecord(other, { type }))).toBe(true);
  });

  it.each<[what: string, other: RecordSet]>([
    ['the zone', aRecord('', { values, zoneId: hostedZoneIdSchema.parse('ZOTHER') })],
    ['the name', aRecord('', { values, name: normalizeDnsName('web.corp.internal') })],
    ['the type', aRecord('', { values, type: 'CNAME' })],
    ['the TTL', aRecord('', { values, ttlSeconds: 61 })],
    ['a value', aRecord('', { values: ['10.0.1.5', '10.0.1.7'] })],
    ['one value fewer', aRecord('', { values: ['10.0.1.5'] })],
    ['one value twice', aRecord('', { values: ['10.0.1.5', '10.0.1.5'] })],
    ['the routing', aRecord('', { values, routing: multivalue('a') })],
    ['the kind of content', alias],
  ])('does not hold when %s differs', (_, other) => {
    expect(isSameRecordSet(record, other)).toBe(false);
  });

  it('does not hold for another weight, or another health of an alias', () => {
    const heavy = aRecord('', { values, routing: weighted('a', 2) });
    const blind = aRecord('', {
      content: { ...alias.content, evaluatesHealth: false } as RecordSet['content'],
    });

    expect(isSameRecordSet({ ...heavy, routing: weighted('a', 1) }, heavy)).toBe(false);
    expect(isSameRecordSet(alias, blind)).toBe(false);
  });
});

describe('canStandTogether', () => {
  const cname = aRecord('db.example.com', { type: 'CNAME' });
  const text = aRecord('"x"', { type: 'TXT' });
  const routed = (routing: Routing, ttlSeconds = 60) => aRecord('10.0.1.5', { routing, ttlSeconds });

  it.each<[what: string, one: RecordSet, other: RecordSet, expected: boolean]>([
    ['two types', record, text, true],
    ['a CNAME and an address', cname, record, false],
    ['two simple ones of one type', record, record, false],
    ['a simple and a routed one', record, routed(multivalue('a')), false],
    ['two of one multivalue set', routed(multivalue('a')), routed(multivalue('b')), true],
    ['two policies', routed(multivalue('a')), routed(weighted('b')), false],
    ['two weights', routed(weighted('a', 1)), routed(weighted('b', 2)), true],
    ['two weighted TTLs', routed(weighted('a'), 60), routed(weighted('b'), 30), false],
    ['two multivalue TTLs', routed(multivalue('a'), 60), routed(multivalue('b'), 30), true],
    ['two weights, one of an alias', routed(weighted('a')), { ...alias, routing: weighted('b') }, true],
    ['one identifier twice', routed(multivalue('a')), routed(multivalue('a')), false],
  ])('of %s: both ways the same', (_, one, other, expected) => {
    expect(canStandTogether(one, other)).toBe(expected);
    expect(canStandTogether(other, one)).toBe(expected);
  });
});

describe('recordKey', () => {
  it('is made of zone, name, type, and the identifier of a routed record set', () => {
    expect(recordKey(record)).toBe('Z0PRIVATE/db.corp.internal/A');
    expect(recordKey({ ...record, routing: weighted('a') })).toBe('Z0PRIVATE/db.corp.internal/A/a');
  });

  it('tells apart the types at one name and says nothing of the value', () => {
    const other = aRecord('192.0.2.1', { ttlSeconds: 1 });

    expect(recordKey(record)).toBe(recordKey(other));
    expect(recordKey(record)).not.toBe(recordKey({ ...record, type: 'CNAME' }));
    expect(recordKey(record)).not.toBe(recordKey({ ...record, routing: multivalue('a') }));
  });
});

describe('pointsTo', () => {
  const name = normalizeDnsName('db.corp.internal');
  const ptr = (...names: readonly string[]) => aRecord('', { type: 'PTR', values: names });

  it.each<[what: string, record: RecordSet, expected: boolean]>([
    ['a PTR to the name, in another spelling', ptr('DB.Corp.Internal.'), true],
    ['a PTR to the name among others', ptr('web.corp.internal', 'db.corp.internal'), true],
    ['a PTR to another name', ptr('web.corp.internal'), false],
    ['a CNAME to the name', aRecord('db.corp.internal', { type: 'CNAME' }), false],
    ['an alias', { ...alias, type: 'PTR' }, false],
  ])('says of %s: $2', (_, each, expected) => {
    expect(pointsTo(each, name)).toBe(expected);
  });
});

describe('a record set in words', () => {
  it.each([
    [record, 'db.corp.internal 60 A 10.0.1.5 10.0.1.6', '60 10.0.1.5 10.0.1.6'],
    [
      { ...record, routing: multivalue('web-0') },
      'db.corp.internal 60 A (web-0) 10.0.1.5 10.0.1.6',
      '60 10.0.1.5 10.0.1.6',
    ],
    [
      alias,
      'db.corp.internal A alias to lb.eu-west-1.elb.amazonaws.com',
      'alias to lb.eu-west-1.elb.amazonaws.com',
    ],
  ])('reads as a line of a zone file', (each, line, content) => {
    expect(describeRecordSet(each)).toBe(line);
    expect(contentInWords(each)).toBe(content);
  });
});
