import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { hostedZoneIdSchema } from '../../../../shared/model/ids.ts';
import type { RecordSet } from '../../../../shared/model/record-set.ts';
import { describeRecordSet, isSameRecordSet, recordKey } from '../../../../shared/model/record-set.ts';
import { aRecord } from '../../../builders/observed.ts';

const record = aRecord('10.0.1.5', { values: ['10.0.1.5', '10.0.1.6'] });

describe('isSameRecordSet', () => {
  it('holds for two record sets that differ only in the order of their values', () => {
    const turned = { ...record, values: ['10.0.1.6', '10.0.1.5'] };

    expect(isSameRecordSet(record, turned)).toBe(true);
  });

  it('holds for two spellings of the name that a CNAME points at', () => {
    const one = aRecord('DB.Example.com.', { type: 'CNAME' });
    const other = aRecord('db.example.com', { type: 'CNAME' });

    expect(isSameRecordSet(one, other)).toBe(true);
  });

  it.each([
    ['the zone', { zoneId: hostedZoneIdSchema.parse('ZOTHER') }],
    ['the name', { name: normalizeDnsName('web.corp.internal') }],
    ['the type', { type: 'CNAME' as const }],
    ['the TTL', { ttlSeconds: 61 }],
    ['a value', { values: ['10.0.1.5', '10.0.1.7'] }],
    ['one value fewer', { values: ['10.0.1.5'] }],
    ['one value twice', { values: ['10.0.1.5', '10.0.1.5'] }],
  ])('does not hold when %s differs', (_, difference) => {
    expect(isSameRecordSet(record, { ...record, ...difference })).toBe(false);
  });
});

describe('recordKey', () => {
  it('tells apart the types at one name and says nothing of the value', () => {
    const other: RecordSet = { ...record, ttlSeconds: 1, values: ['192.0.2.1'] };

    expect(recordKey(record)).toBe(recordKey(other));
    expect(recordKey(record)).not.toBe(recordKey({ ...record, type: 'CNAME' }));
  });
});

describe('describeRecordSet', () => {
  it('reads as a line of a zone file', () => {
    expect(describeRecordSet(record)).toBe('db.corp.internal 60 A 10.0.1.5 10.0.1.6');
  });
});
