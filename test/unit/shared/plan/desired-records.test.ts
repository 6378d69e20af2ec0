import { describe, expect, it } from 'vitest';
import type { RecordSet } from '../../../../shared/model/record-set.ts';
import type { Refusal } from '../../../../shared/model/role-plan.ts';
import type { ValueSource } from '../../../../shared/plan/desired-records.ts';
import { desiredRecords, publicIpOf, recordIdentity } from '../../../../shared/plan/desired-records.ts';
import {
  anElasticIp,
  anInstance,
  aRole,
  instanceId,
  networkInterfaceId,
  privateIp,
  publicIp,
} from '../../../builders/observed.ts';

const primary = { networkInterfaceId: networkInterfaceId(1), privateIp: privateIp(1), isPrimary: true };
const secondary = { networkInterfaceId: networkInterfaceId(1), privateIp: privateIp(101), isPrimary: false };
const withElasticIp: ValueSource = {
  holder: anInstance(1, { publicIp: publicIp(99) }),
  elasticIp: { elasticIp: anElasticIp(), place: primary },
  region: 'eu-west-1',
};
const onSecondary = { ...withElasticIp, elasticIp: { elasticIp: anElasticIp(), place: secondary } };
const withoutElasticIp = { ...withElasticIp, elasticIp: undefined };
const withoutPublicIp = { ...withoutElasticIp, holder: anInstance(1) };
const bare = { ...withoutElasticIp, holder: anInstance(1, { privateIps: [] }) };

function desiredOf(value: string, source: ValueSource): RecordSet | Refusal | undefined {
  const role = aRole({ records: [{ zone: 'example.com', name: 'db.example.com', value, ttl: 30 }] });
  return desiredRecords(role, source)[0]?.desired;
}

describe('desiredRecords', () => {
  it.each<[value: string, where: string, source: ValueSource, type: string, expected: string]>([
    ['elasticIp', 'the address', withElasticIp, 'A', '203.0.113.25'],
    ['elasticIp', 'the address, wherever on the holder it is', onSecondary, 'A', '203.0.113.25'],
    [
      'elasticIpName',
      'its public name',
      withElasticIp,
      'CNAME',
      'ec2-203-0-113-25.eu-west-1.compute.amazonaws.com',
    ],
    ['publicIp', 'the Elastic IP that covers the primary address', withElasticIp, 'A', '203.0.113.25'],
    ['publicIp', 'the automatic address beside an Elastic IP on another', onSecondary, 'A', '203.0.113.99'],
    ['publicIp', 'the automatic address', withoutElasticIp, 'A', '203.0.113.99'],
    ['privateIp', 'the primary private address', withElasticIp, 'A', '10.0.1.1'],
  ])('points %s at %s', (value, _, source, type, expected) => {
    expect(desiredOf(value, source)).toMatchObject({
      type,
      name: 'db.example.com',
      ttlSeconds: 30,
      values: [expected],
    });
  });

  it.each<[value: string, source: ValueSource, refusal: Refusal]>([
    [
      'elasticIp',
      withoutElasticIp,
      {
        code: 'ElasticIpNotFound',
        words: 'db.example.com: the Elastic IP that it would point at cannot be used',
      },
    ],
    [
      'elasticIpName',
      withoutElasticIp,
      {
        code: 'ElasticIpNotFound',
        words: 'db.example.com: the Elastic IP that it would point at cannot be used',
      },
    ],
    [
      'publicIp',
      withoutPublicIp,
      { code: 'NoPublicIp', words: `db.example.com: ${instanceId(1)} has no public address` },
    ],
    [
      'privateIp',
      bare,
      { code: 'NoPrivateIp', words: `db.example.com: ${instanceId(1)} has no private address` },
    ],
  ])('refuses %s where there is none, in words', (value, source, refusal) => {
    expect(desiredOf(value, source)).toEqual(refusal);
  });
});

describe('recordIdentity', () => {
  it('has the zone’s id, whether the spec names the zone by name or by id', () => {
    const records = [
      { zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp' },
      { zone: 'Z0ELSEWHERE', name: 'db.corp.internal', value: 'privateIp' },
    ];
    const role = aRole({ records });

    const identities = role.spec.records.map((spec) => recordIdentity(role, spec));

    expect(identities).toEqual([
      { zoneId: 'Z0PRIVATE', name: 'db.corp.internal', type: 'A' },
      { zoneId: 'Z0ELSEWHERE', name: 'db.corp.internal', type: 'A' },
    ]);
  });
});

describe('publicIpOf', () => {
  it('is nothing for an instance that has none and gets none on its primary address', () => {
    const elasticIp = { elasticIp: anElasticIp(), place: secondary };

    expect(publicIpOf(anInstance(1), elasticIp)).toBeUndefined();
  });
});
