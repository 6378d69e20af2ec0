import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { hostedZoneIdSchema } from '../../../../shared/model/ids.ts';
import type { Role } from '../../../../shared/model/observed.ts';
import type { RecordSet } from '../../../../shared/model/record-set.ts';
import type { Refusal } from '../../../../shared/model/role-plan.ts';
import {
  desiredRecords,
  parkedRecords,
  recordIdentities,
  recordIdentity,
} from '../../../../shared/plan/desired-records.ts';
import type { ValueSource } from '../../../../shared/plan/record-values.ts';
import { publicIpOf } from '../../../../shared/plan/record-values.ts';
import {
  anAttachment,
  anElasticIp,
  anInstance,
  aRole,
  instanceId,
  ipv6,
  networkInterfaceId,
  privateIp,
  publicIp,
  roleName,
} from '../../../builders/observed.ts';

const primary = { networkInterfaceId: networkInterfaceId(1), privateIp: privateIp(1), isPrimary: true };
const secondary = { networkInterfaceId: networkInterfaceId(1), privateIp: privateIp(101), isPrimary: false };
const holder = anInstance(1, {
  publicIp: publicIp(99),
  publicName: normalizeDnsName('ec2-203-0-113-99.eu-west-1.compute.amazonaws.com'),
  privateName: normalizeDnsName('ip-10-0-1-1.eu-west-1.compute.internal'),
  attachments: [anAttachment(1, { ipv6s: [ipv6(1)] })],
  tags: { role: 'db', version: '17', odd: 'a "b" \\' },
});
const withElasticIp: ValueSource = {
  role: roleName('db'),
  slot: 3,
  holder,
  elasticIps: [{ elasticIp: anElasticIp(), place: primary }],
  privateIp: undefined,
  ipv6: undefined,
  region: 'eu-west-1',
};
const onSecondary = { ...withElasticIp, elasticIps: [{ elasticIp: anElasticIp(), place: secondary }] };
const withoutElasticIp = { ...withElasticIp, elasticIps: [] };
const withOwn = { ...withoutElasticIp, privateIp: privateIp(50), ipv6: ipv6(50) };
const bare = { ...withoutElasticIp, holder: anInstance(1, { privateIps: [] }) };

function aRoleWith(...records: readonly object[]): Role {
  const whole = records.map((record) => ({ zone: 'example.com', name: 'db.example.com', ...record }));
  return aRole({ records: whole });
}

function desiredOf(record: object, source: ValueSource = withElasticIp): RecordSet | Refusal | undefined {
  return desiredRecords(aRoleWith({ ttl: 30, ...record }), source)[0]?.desired;
}

function valuesOf(record: object, source?: ValueSource): readonly string[] {
  const desired = desiredOf(record, source);
  if (desired === undefined || 'code' in desired || desired.content.kind === 'alias') return [];
  return desired.content.values;
}

describe('desiredRecords', () => {
  it.each<[value: string, where: string, source: ValueSource, type: string, expected: string]>([
    ['elasticIp', 'the address', withElasticIp, 'A', '203.0.113.25'],
    ['elasticIp', 'the address, wherever on the holder it is', onSecondary, 'A', '203.0.113.25'],
    ['elasticIpName', 'its name', withElasticIp, 'CNAME', 'ec2-203-0-113-25.eu-west-1.compute.amazonaws.com'],
    ['publicIp', 'the Elastic IP that covers the primary address', withElasticIp, 'A', '203.0.113.25'],
    ['publicIp', 'the automatic address beside an Elastic IP on another', onSecondary, 'A', '203.0.113.99'],
    ['publicIp', 'the automatic address', withoutElasticIp, 'A', '203.0.113.99'],
    [
      'publicName',
      'that of the Elastic IP that covers the primary address',
      withElasticIp,
      'CNAME',
      'ec2-203-0-113-25.eu-west-1.compute.amazonaws.com',
    ],
    [
      'publicName',
      'that of the instance',
      onSecondary,
      'CNAME',
      'ec2-203-0-113-99.eu-west-1.compute.amazonaws.com',
    ],
    ['privateIp', 'the primary private address', withElasticIp, 'A', '10.0.1.1'],
    ['privateIp', 'the role’s own', withOwn, 'A', '10.0.1.50'],
    ['privateName', 'that of the instance', withOwn, 'CNAME', 'ip-10-0-1-1.eu-west-1.compute.internal'],
    ['ipv6', 'the first of the instance', withElasticIp, 'AAAA', '2600:1f18:1:1::1'],
    ['ipv6', 'the role’s own', withOwn, 'AAAA', '2600:1f18:1:1::32'],
  ])('points %s at %s', (value, _, source, type, expected) => {
    expect(desiredOf({ value }, source)).toEqual({
      zoneId: 'Z0PUBLIC',
      name: 'db.example.com',
      type,
      content: { kind: 'values', ttlSeconds: 30, values: [expected] },
    });
  });

  it.each<[value: string, code: Refusal['code'], words: string]>([
    ['publicIp', 'NoPublicIp', `${instanceId(1)} has no public address`],
    [
      'publicName',
      'NoName',
      `${instanceId(1)} has no public DNS name; has its VPC DNS hostnames enabled, and has it a public address?`,
    ],
    ['privateIp', 'NoPrivateIp', `${instanceId(1)} has no private address`],
    ['privateName', 'NoName', `${instanceId(1)} has no private DNS name`],
    ['ipv6', 'NoIpv6', `${instanceId(1)} has no IPv6 address`],
    ['elasticIp', 'ElasticIpNotFound', 'the Elastic IP that it would point at cannot be used'],
    ['elasticIpName', 'ElasticIpNotFound', 'the Elastic IP that it would point at cannot be used'],
  ])('refuses %s where there is none, in words', (value, code, words) => {
    expect(desiredOf({ value }, bare)).toEqual({ code, words: `db.example.com: ${words}` });
  });

  it.each<[type: string, template: string, expected: string]>([
    ['TXT', 'plain', '"plain"'],
    ['TXT', '"two" "strings"', '"twostrings"'],
    ['TXT', '{instanceId} in {zone} as {role} {slot}', `"${instanceId(1)} in eu-west-1a as db 3"`],
    ['TXT', 'v={tag:version}', '"v=17"'],
    ['TXT', '{tag:odd}', '"a \\"b\\" \\134"'],
    ['TXT', '"{tag:odd}" "."', '"a \\"b\\" \\134."'],
    ['A', '{elasticIp}', '203.0.113.25'],
    ['A', '{publicIp}', '203.0.113.25'],
    ['A', '{privateIp}', '10.0.1.1'],
    ['AAAA', '{ipv6}', '2600:1f18:1:1::1'],
    ['SRV', '0 05 5432 DB-{slot}.example.com.', '0 5 5432 db-3.example.com'],
    ['CNAME', '{zone}.db.example.com', 'eu-west-1a.db.example.com'],
  ])('fills a %s value: %s', (type, template, expected) => {
    const name = '_x._tcp.example.com';

    expect(valuesOf({ name, type, values: [template] })).toEqual([expected]);
  });

  it.each<[why: string, type: string, template: string, words: string]>([
    ['a tag is not there', 'TXT', '{tag:none}', `db.example.com: ${instanceId(1)} has no tag none`],
    [
      'a tag is what every object has',
      'TXT',
      '{tag:toString}',
      `db.example.com: ${instanceId(1)} has no tag toString`,
    ],
    [
      'a tag makes no value of its type',
      'A',
      '{tag:version}',
      `db.example.com: "{tag:version}" comes to "17" with ${instanceId(1)}; it must be an IPv4 address such as 192.0.2.1`,
    ],
  ])('refuses a value where %s', (_, type, template, words) => {
    expect(desiredOf({ type, values: [template] })).toEqual({ code: 'NoTag', words });
  });

  it('gives a value once, however often it is written', () => {
    const values = ['{privateIp}', '10.0.1.1', '10.0.1.2'];

    expect(valuesOf({ type: 'A', values })).toEqual(['10.0.1.1', '10.0.1.2']);
  });

  it('points an alias at its target, without a TTL', () => {
    const alias = { target: 'LB.eu-west-1.elb.amazonaws.com.', zone: 'Z32O12XQLNTSW2' };
    const role = aRoleWith({ alias });

    expect(desiredRecords(role, withElasticIp)[0]?.desired).toMatchObject({
      type: 'A',
      content: {
        kind: 'alias',
        zoneId: 'Z32O12XQLNTSW2',
        target: 'lb.eu-west-1.elb.amazonaws.com',
        evaluatesHealth: false,
      },
    });
  });

  it('names the slot in the name and in the set identifier', () => {
    const record = { name: 'web-{slot}.example.com', value: 'privateIp', routing: { weight: 10 } };

    expect(desiredOf(record)).toMatchObject({
      name: 'web-3.example.com',
      routing: { policy: 'weighted', setIdentifier: 'db-3', weight: 10 },
    });
  });
});

describe('parkedRecords', () => {
  it('answers with the parking value, for the records that have one', () => {
    const role = aRole({
      vacant: 'park',
      records: [
        { zone: 'example.com', name: 'db.example.com', value: 'publicIp', parking: ['192.0.2.1'] },
        { zone: 'example.com', name: 'x.example.com', type: 'TXT', values: ['{zone}'], parking: ['nobody'] },
        { zone: 'example.com', name: 'y.example.com', value: 'publicIp' },
      ],
    });

    const parked = parkedRecords(role, 0);

    expect(parked.every(({ isParked }) => isParked)).toBe(true);
    expect(parked.map(({ desired }) => desired)).toMatchObject([
      { name: 'db.example.com', content: { values: ['192.0.2.1'] } },
      { name: 'x.example.com', content: { values: ['"nobody"'] } },
    ]);
  });
});

describe('recordIdentity', () => {
  it('has the zone’s id, however the spec names the zone', () => {
    const zones = ['corp.internal', 'Z0ELSEWHERE', { name: 'corp.internal', vpc: 'vpc-12345678' }];
    const role = aRole({
      records: zones.map((zone) => ({ zone, name: 'db.corp.internal', value: 'privateIp' })),
    });
    const zoneIds = {
      ...role.zoneIds,
      'corp.internal in vpc-12345678': hostedZoneIdSchema.parse('Z0OFVPC'),
    };

    const identities = role.spec.records.map((spec) => recordIdentity({ ...role, zoneIds }, spec));

    expect(identities.map(({ zoneId }) => zoneId)).toEqual(['Z0PRIVATE', 'Z0ELSEWHERE', 'Z0OFVPC']);
  });

  it('is known for each slot of a group', () => {
    const role = aRole({
      slots: 2,
      addresses: [],
      records: [{ zone: 'corp.internal', name: 'web-{slot}.corp.internal', value: 'privateIp' }],
    });

    expect(recordIdentities(role).map(({ name }) => name)).toEqual([
      'web-0.corp.internal',
      'web-1.corp.internal',
    ]);
  });
});

describe('publicIpOf', () => {
  it('is nothing for an instance that has none and gets none on its primary address', () => {
    const elasticIp = { elasticIp: anElasticIp(), place: secondary };

    expect(publicIpOf({ holder: anInstance(1), elasticIps: [elasticIp] })).toBeUndefined();
  });
});
