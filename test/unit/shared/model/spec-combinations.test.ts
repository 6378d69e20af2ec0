import { describe, expect, it } from 'vitest';
import { lb, toldProblems as problemsOf, aRecordSpec as record, typed, withRecord } from './told-problems.ts';

const elasticIp = 'eipalloc-0abc1234def567890';
const pool = { elasticIp: { pool: { tags: { Name: 'web' } } } };
const eni = 'eni-0abc1234def567890';
const { zone } = record;

describe('a spec that can work', () => {
  it.each<[what: string, spec: object]>([
    ['an alias', withRecord({ alias: lb })],
    ['a weighted IPv6 alias', withRecord({ alias: lb, type: 'AAAA', routing: { weight: 0 } })],
    [
      'SRV, with templates',
      withRecord({ name: '_db._tcp.example.com', type: 'SRV', values: ['0 5 5432 {slot}.example.com'] }),
    ],
    ['a tag in an address', typed('A', '{tag:address}')],
    ['text that has braces', typed('TXT', '{"a": 1}')],
    ['the apex as an address', withRecord({ name: zone })],
    ['addresses of both kinds at one name', { records: [record, { ...record, value: 'ipv6' }] }],
    ['one name in two zones', { records: [record, { ...record, zone: { name: zone, public: true } }] }],
    ['routing without a group', withRecord({ routing: 'multivalue' })],
    ['a group with names per slot', withRecord({ name: 'web-{slot}.example.com' }, { slots: 3 })],
    ['a group with one name', withRecord({ routing: 'multivalue' }, { slots: 100 })],
    [
      'a group whose state just fits into its item',
      {
        slots: 100,
        records: ['a', 'b', 'c', 'd'].map((name) => ({ ...record, name: `${name}-{slot}.example.com` })),
      },
    ],
    ['a group with a pool', { slots: 3, addresses: [pool] }],
    ['a singleton with a pool', { addresses: [pool] }],
    ['a group with an address per slot', { slots: 2, addresses: [{ privateIp: ['10.0.0.5', '10.0.1.5'] }] }],
    ['parking', withRecord({ parking: ['192.0.2.1'] }, { vacant: 'park' })],
    [
      'parking of one record among several',
      {
        vacant: 'park',
        records: [record, { ...record, name: 'web.example.com', parking: ['192.0.2.1'] }],
      },
    ],
    ['failback', { addresses: [{ elasticIp }], election: { prefer: 'priority', failback: true } }],
    [
      'a reverse name that a record points at',
      {
        addresses: [{ elasticIp, reverseName: 'mail.example.com' }],
        records: [{ zone, name: 'mail.example.com', value: 'elasticIp' }],
      },
    ],
    [
      'a reverse name of somebody else',
      { addresses: [{ elasticIp, reverseName: 'mail.example.org' }], records: [record] },
    ],
    [
      'an Elastic IP beside an interface',
      { addresses: [{ elasticIp, on: 'primary' }, { networkInterface: eni }] },
    ],
    [
      'a private address of each slot in several subnets',
      {
        slots: 2,
        addresses: [{ privateIp: ['10.0.0.5', '10.0.1.5'] }],
        allow: { subnets: ['subnet-12345678', 'subnet-87654321'] },
      },
    ],
  ])('may have %s', (_, spec) => {
    expect(problemsOf(spec)).toEqual([]);
  });
});

describe('a spec that cannot work', () => {
  it.each<[what: string, spec: object, problem: string]>([
    ['nothing', {}, ': must have at least one address or record'],
    [
      'failback to nobody',
      { addresses: [{ elasticIp }], election: { failback: true } },
      'election.failback: must be false with prefer: incumbent, which never gives a role back; prefer priority, newest or oldest',
    ],
    [
      'parking without a place',
      withRecord({}, { vacant: 'park' }),
      'vacant: must be keep unless a record has a parking value to answer',
    ],
    [
      'a parking place that is never used',
      withRecord({ parking: ['192.0.2.1'] }),
      'records[0].parking: must not be given unless the role says vacant: park',
    ],
    [
      'a parking value of another type',
      withRecord({ parking: ['nobody.example.com'] }, { vacant: 'park' }),
      'records[0].parking: must be an IPv4 address such as 192.0.2.1, for A; "nobody.example.com" is none',
    ],
    [
      'a value of an Elastic IP without one',
      withRecord({ value: 'elasticIp' }),
      'records[0].value: needs an elasticIp among the addresses of the role',
    ],
    [
      'a template of an Elastic IP without one',
      typed('A', '{elasticIp}'),
      'records[0].values: {elasticIp} needs an elasticIp among the addresses of the role',
    ],
    [
      'two kinds of answer',
      withRecord({ value: 'privateIp', alias: lb }),
      'records[0]: must have exactly one of value, values and alias',
    ],
    [
      'a type beside a value',
      withRecord({ type: 'A' }),
      'records[0].type: must not be given with value: privateIp, which says it',
    ],
    [
      'an alias of another type',
      withRecord({ alias: lb, type: 'TXT' }),
      'records[0].type: must be A or AAAA for an alias',
    ],
    [
      'an alias with a TTL',
      withRecord({ alias: lb, ttl: 60 }),
      'records[0].ttl: must not be given for an alias: it has the TTL of its target',
    ],
    [
      'a name outside its zone',
      withRecord({ name: 'db.example.org' }),
      'records[0].name: must be example.com or end with .example.com',
    ],
    [
      'a name outside the zone of a VPC',
      withRecord({ zone: { name: zone, vpc: 'vpc-12345678' }, name: 'db.example.org' }),
      'records[0].name: must be example.com or end with .example.com',
    ],
    [
      'a CNAME at the apex',
      { addresses: [{ elasticIp }], records: [{ zone, name: zone, value: 'elasticIpName' }] },
      'records[0].value: makes a CNAME, and the apex of a zone cannot be one (RFC 1034); use elasticIp',
    ],
    [
      'one record twice',
      { records: [record, { ...record, value: 'publicIp' }] },
      'records[1].name: already has another A record in this zone',
    ],
    [
      'a CNAME beside another record, in another spelling',
      { records: [record, { ...record, name: 'DB.EXAMPLE.COM.', value: 'privateName' }] },
      'records[1].name: cannot have a CNAME beside other records (RFC 1034)',
    ],
    [
      'a name that is also that of a slot',
      {
        slots: 2,
        records: [
          { ...record, name: 'web-{slot}.example.com' },
          { ...record, name: 'web-1.example.com', routing: 'multivalue' },
        ],
      },
      'records[1].name: already has another A record in this zone',
    ],
    [
      'one name of each slot twice',
      { slots: 2, records: Array.from({ length: 2 }, () => ({ ...record, name: 'web-{slot}.example.com' })) },
      'records[1].name: already has another A record in this zone',
    ],
    [
      'a value of another type',
      typed('AAAA', '{privateIp}'),
      'records[0].values: must be an IPv6 address such as 2001:db8::1, for AAAA; "{privateIp}" is none',
    ],
    [
      'two values of a CNAME',
      typed('CNAME', 'a.example.com', 'b.example.com'),
      'records[0].values: must be one value for a CNAME',
    ],
    [
      'the reverse of a name',
      withRecord({ value: 'privateName', reverse: true }),
      'records[0].reverse: must be false for CNAME: only an address has a reverse name',
    ],
    [
      'the reverse of a wildcard',
      withRecord({ name: '*.example.com', reverse: true }),
      'records[0].reverse: must be false for a wildcard, which is nobody’s name',
    ],
    [
      'an SRV record without a service',
      typed('SRV', '0 5 5432 db.example.com'),
      'records[0].name: must begin with service and protocol, such as _postgresql._tcp, for SRV',
    ],
    [
      'a multivalue alias',
      withRecord({ alias: lb, routing: 'multivalue' }),
      'records[0].routing: must be { weight: 0 to 255 } for an alias: Route 53 has no multivalue alias',
    ],
    [
      'a multivalue CNAME',
      withRecord({ value: 'privateName', routing: 'multivalue' }),
      'records[0].routing: must be { weight: 0 to 255 } for a CNAME: Route 53 has no multivalue CNAME',
    ],
    [
      'a group that shares a simple record',
      withRecord({}, { slots: 2 }),
      'records[0].name: must contain {slot}, or have routing, in a group of 2 slots',
    ],
    [
      'a group that is too large for one name',
      withRecord({ routing: 'multivalue' }, { slots: 101 }),
      'records[0].name: must contain {slot} in a group of more than 100 slots',
    ],
    [
      'a group whose state would not fit into its item',
      {
        slots: 101,
        records: ['a', 'b', 'c', 'd'].map((name) => ({
          zone: 'corp.internal',
          name: `${name}-{slot}.corp.internal`,
          value: 'privateIp',
        })),
      },
      'slots: must be so few that all slots together have at most 400 addresses and records',
    ],
    [
      'one Elastic IP for a group',
      { slots: 2, addresses: [{ elasticIp }] },
      'addresses[0].elasticIp: must be { pool: { tags: { KEY: VALUE } } } in a group, so that each slot keeps one',
    ],
    [
      'a route of a group',
      { slots: 2, addresses: [{ route: '10.99.0.1/32', routeTables: ['rtb-12345678'] }] },
      'addresses[0].route: must not be in a group: a route has one target, and the slots have many',
    ],
    [
      'one address for a group',
      { slots: 2, addresses: [{ privateIp: '10.0.0.5' }] },
      'addresses[0].privateIp: must be a list of 2, one for each slot',
    ],
    [
      'addresses for more slots than there are',
      { addresses: [{ ipv6: ['2001:db8::1', '2001:db8::2'] }] },
      'addresses[0].ipv6: must be one for the one slot',
    ],
    [
      'one address twice',
      { slots: 2, addresses: [{ privateIp: ['10.0.0.5', '10.0.0.5'] }] },
      'addresses[0].privateIp: must be there once: the role has it already',
    ],
    [
      'one Elastic IP twice',
      { addresses: [{ elasticIp }, { elasticIp, on: 'primary' }] },
      'addresses[1].elasticIp: must be there once: the role has it already',
    ],
    [
      'an Elastic IP on a private address that the role does not have',
      { addresses: [{ elasticIp, on: 'privateIp' }] },
      'addresses[0].on: must have a privateIp of its own among the addresses of the role: one carries one Elastic IP',
    ],
    [
      'two Elastic IPs on the primary address',
      {
        addresses: [
          { elasticIp, on: 'primary' },
          { elasticIp: { tags: { Name: 'b' } }, on: 'primary' },
        ],
      },
      'addresses[1].on: must be primary once at most: an address carries one Elastic IP',
    ],
    [
      'an Elastic IP and the interface that may carry it',
      { addresses: [{ elasticIp }, { networkInterface: eni }] },
      'addresses[0].elasticIp: must not be the one that the interface of the role carries, which comes along with it; on: primary says that it is another',
    ],
    [
      'a private address and candidates in several subnets',
      { addresses: [{ privateIp: '10.0.0.5' }], allow: { subnets: ['subnet-12345678', 'subnet-87654321'] } },
      'allow.subnets: must be the one subnet of 10.0.0.5 (addresses[0]): it cannot leave it; a route or an Elastic IP can',
    ],
    [
      'a reverse name in a zone of the role, without its record',
      { addresses: [{ elasticIp, reverseName: 'mail.example.com' }], records: [record] },
      'addresses[0].reverseName: must be the name of a record of the role with value: elasticIp, which AWS asks for first',
    ],
    [
      'a reverse name of a group',
      { slots: 2, addresses: [{ ...pool, reverseName: 'mail.example.org' }] },
      'addresses[0].reverseName: must not be in a group: its Elastic IPs would share one name',
    ],
  ])('is told of %s', (_, spec, problem) => {
    expect(problemsOf(spec)).toEqual([problem]);
  });

  it('is told what may stand in braces', () => {
    expect(problemsOf(typed('TXT', '{instanceid}'))).toEqual([
      'records[0].values: must not contain {instanceid}; there are {instanceId}, {zone}, {slot}, {role}, {elasticIp}, {publicIp}, {privateIp}, {ipv6} and {tag:KEY}',
    ]);
  });
});
