import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import {
  toObservedRecord,
  toResourceRecordSet,
} from '../../../../../shared/adapters/route53/observed-record.ts';
import { aRecord, zoneId } from '../../../../builders/observed.ts';

const simple: ResourceRecordSet = {
  Name: 'db.corp.internal.',
  Type: 'A',
  TTL: 60,
  ResourceRecords: [{ Value: '10.0.1.1' }],
};

describe('toObservedRecord', () => {
  it('knows a record set that Understudy could have written', () => {
    expect(toObservedRecord(zoneId, simple)).toEqual({ kind: 'simple', record: aRecord('10.0.1.1') });
  });

  it('keeps the target of a CNAME letter by letter, as an exact DELETE wants it', () => {
    const cname: ResourceRecordSet = {
      ...simple,
      Type: 'CNAME',
      ResourceRecords: [{ Value: 'DB.Example.com.' }],
    };

    expect(toObservedRecord(zoneId, cname)).toMatchObject({
      record: { type: 'CNAME', values: ['DB.Example.com.'] },
    });
  });

  it('keeps all values of a set', () => {
    const two: ResourceRecordSet = {
      ...simple,
      ResourceRecords: [{ Value: '10.0.1.1' }, { Value: '10.0.1.2' }],
    };

    expect(toObservedRecord(zoneId, two)).toMatchObject({ record: { values: ['10.0.1.1', '10.0.1.2'] } });
  });

  it.each<[what: string, recordSet: ResourceRecordSet, description: string]>([
    [
      'an alias',
      {
        Name: 'db.corp.internal.',
        Type: 'A',
        AliasTarget: { DNSName: 'lb.example.com.', HostedZoneId: 'Z2', EvaluateTargetHealth: true },
      },
      'db.corp.internal A alias to lb.example.com.',
    ],
    [
      'a routed record set',
      { ...simple, SetIdentifier: 'blue', Weight: 10 },
      'db.corp.internal A 10.0.1.1 (set identifier blue)',
    ],
    [
      'another type',
      { ...simple, Type: 'TXT', ResourceRecords: [{ Value: '"x"' }] },
      'db.corp.internal TXT "x"',
    ],
    ['a record set without values', { ...simple, ResourceRecords: [] }, 'db.corp.internal A '],
  ])('has %s as foreign, in words', (_, recordSet, description) => {
    expect(toObservedRecord(zoneId, recordSet)).toMatchObject({ kind: 'foreign', record: { description } });
  });
});

describe('toResourceRecordSet', () => {
  it('comes back as what it was', () => {
    const record = aRecord('10.0.1.1', { values: ['10.0.1.1', '10.0.1.2'], ttlSeconds: 5 });

    expect(toObservedRecord(zoneId, toResourceRecordSet(record))).toEqual({ kind: 'simple', record });
  });
});
