import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import {
  toObservedRecord,
  toResourceRecordSet,
} from '../../../../../shared/adapters/route53/observed-record.ts';
import { normalizeDnsName } from '../../../../../shared/model/dns-name.ts';
import type { RecordSet } from '../../../../../shared/model/record-set.ts';
import { aRecord, zoneId } from '../../../../builders/observed.ts';

const simple: ResourceRecordSet = {
  Name: 'db.corp.internal.',
  Type: 'A',
  TTL: 60,
  ResourceRecords: [{ Value: '10.0.1.1' }],
};

describe('toObservedRecord', () => {
  it('knows a record set that Understudy could have written', () => {
    expect(toObservedRecord(zoneId, simple)).toEqual({ kind: 'known', record: aRecord('10.0.1.1') });
  });

  it.each([
    ['the target of a CNAME', 'CNAME' as const, 'DB.Example.com.'],
    ['quoted text', 'TXT' as const, '"a" "\\052"'],
  ])('keeps %s letter by letter, as an exact DELETE wants it', (_, Type, Value) => {
    const recordSet: ResourceRecordSet = { ...simple, Type, ResourceRecords: [{ Value }] };

    expect(toObservedRecord(zoneId, recordSet)).toMatchObject({
      record: { type: Type, content: { values: [Value] } },
    });
  });

  it('keeps all values of a set', () => {
    const two: ResourceRecordSet = {
      ...simple,
      ResourceRecords: [{ Value: '10.0.1.1' }, { Value: '10.0.1.2' }],
    };

    expect(toObservedRecord(zoneId, two)).toMatchObject({
      record: { content: { values: ['10.0.1.1', '10.0.1.2'] } },
    });
  });

  const routed: ResourceRecordSet = { ...simple, SetIdentifier: 'blue' };

  it.each<[what: string, recordSet: ResourceRecordSet, description: string]>([
    [
      'a latency record',
      { ...routed, Region: 'eu-west-1' },
      'db.corp.internal A 10.0.1.1 (set identifier blue)',
    ],
    [
      'a failover record',
      { ...routed, Failover: 'PRIMARY' },
      'db.corp.internal A 10.0.1.1 (set identifier blue)',
    ],
    [
      'a record set with a health check',
      { ...routed, Weight: 1, HealthCheckId: 'h-1' },
      'db.corp.internal A 10.0.1.1 (set identifier blue) (health check h-1)',
    ],
    [
      'a geographic alias',
      {
        Name: 'db.corp.internal.',
        Type: 'A',
        SetIdentifier: 'blue',
        GeoLocation: { CountryCode: '*' },
        AliasTarget: { DNSName: 'lb.example.com.', HostedZoneId: 'Z2', EvaluateTargetHealth: true },
      },
      'db.corp.internal A alias to lb.example.com. (set identifier blue)',
    ],
    [
      'another type',
      { ...simple, Type: 'MX', ResourceRecords: [{ Value: '10 mail' }] },
      'db.corp.internal MX 10 mail',
    ],
    ['a record set without values', { ...simple, ResourceRecords: [] }, 'db.corp.internal A '],
  ])('has %s as foreign, in words', (_, recordSet, description) => {
    expect(toObservedRecord(zoneId, recordSet)).toMatchObject({ kind: 'foreign', record: { description } });
  });
});

describe('toResourceRecordSet', () => {
  const alias: RecordSet['content'] = {
    kind: 'alias',
    zoneId: 'Z32O12XQLNTSW2',
    target: normalizeDnsName('lb.eu-west-1.elb.amazonaws.com'),
    evaluatesHealth: true,
  };

  it.each<[what: string, record: RecordSet]>([
    ['several values', aRecord('', { values: ['10.0.1.1', '10.0.1.2'], ttlSeconds: 5 })],
    ['an alias', aRecord('', { content: alias })],
    [
      'a multivalue answer',
      aRecord('10.0.1.1', { routing: { policy: 'multivalue', setIdentifier: 'web-0' } }),
    ],
    [
      'a weight of zero',
      aRecord('10.0.1.1', { routing: { policy: 'weighted', setIdentifier: 'web-0', weight: 0 } }),
    ],
    [
      'a weighted alias',
      aRecord('', { content: alias, routing: { policy: 'weighted', setIdentifier: 'a', weight: 9 } }),
    ],
  ])('comes back as what it was: %s', (_, record) => {
    expect(toObservedRecord(zoneId, toResourceRecordSet(record))).toEqual({ kind: 'known', record });
  });
});
