import { describe, expect, it } from 'vitest';
import { hostedZoneIdSchema } from '../../../../shared/model/ids.ts';
import type { Role } from '../../../../shared/model/observed.ts';
import { roleConflicts } from '../../../../shared/model/role-conflicts.ts';
import { aRole } from '../../../builders/observed.ts';

const zone = 'corp.internal';
const eni = 'eni-0abc1234def567890';

function role(name: string, spec: object): Role {
  return aRole({ addresses: [], records: [], ...spec }, name);
}

function named(name: string, ...records: readonly object[]): Role {
  return role(name, {
    slots: records.some((record) => 'slots' in record) ? 3 : 1,
    records: records.map((record) => ({
      zone,
      name: 'db.corp.internal',
      value: 'privateIp',
      ...withoutSlots(record),
    })),
  });
}

function withoutSlots(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== 'slots'));
}

const weighted = (ttl: number) => ({ routing: { weight: 1 }, ttl });
const address = (...addresses: readonly object[]) => ({ addresses });

describe('two roles', () => {
  it.each<[what: string, one: Role, other: Role]>([
    ['names of their own', named('a', {}), named('b', { name: 'b.corp.internal' })],
    ['one name in two zones', named('a', {}), named('b', { zone: 'Z0ELSEWHERE' })],
    ['one name, routed alike', named('a', { routing: 'multivalue' }), named('b', { routing: 'multivalue' })],
    ['one name, weighted with one TTL', named('a', weighted(60)), named('b', weighted(60))],
    [
      'one name, multivalue with two TTLs',
      named('a', { routing: 'multivalue', ttl: 60 }),
      named('b', { routing: 'multivalue', ttl: 30 }),
    ],
    [
      'one name of two types, weighted with two TTLs',
      named('a', weighted(60)),
      named('b', { value: 'ipv6', ...weighted(30) }),
    ],
    [
      'one name of a CNAME, weighted alike',
      named('a', { value: 'privateName', ...weighted(60) }),
      named('b', { value: 'privateName', ...weighted(60) }),
    ],
    [
      'addresses of their own',
      role('a', address({ privateIp: '10.0.0.5' }, { elasticIp: { tags: { Name: 'a' } } })),
      role('b', address({ privateIp: '10.0.0.6' }, { elasticIp: { tags: { Name: 'b' } } })),
    ],
    [
      'one range in other route tables',
      role('a', address({ route: '10.99.0.1/32', routeTables: ['rtb-12345678'] })),
      role('b', address({ route: '10.99.0.1/32', routeTables: ['rtb-87654321'] })),
    ],
    ['one target group', role('a', address(aTargetGroup())), role('b', address(aTargetGroup()))],
  ])('may have %s', (_, one, other) => {
    expect(roleConflicts(one, [other])).toEqual([]);
  });

  it.each<[what: string, one: Role, other: Role, path: string]>([
    ['one name', named('a', {}), named('b', { value: 'publicIp' }), 'records.0.name'],
    [
      'one name in a zone by name and by id',
      named('a', {}),
      named('b', { zone: 'Z0PRIVATE' }),
      'records.0.name',
    ],
    [
      'one name with several types',
      named('a', { type: 'TXT', values: ['x'], value: undefined }),
      named('b', {}),
      'records.0.name',
    ],
    [
      'one name, routed by two policies',
      named('a', { routing: 'multivalue' }),
      named('b', weighted(60)),
      'records.0.name',
    ],
    [
      'one name, weighted with two TTLs',
      named('a', weighted(60)),
      named('b', weighted(30)),
      'records.0.name',
    ],
    [
      'one name of a CNAME and an address, weighted alike',
      named('a', { value: 'privateName', ...weighted(60) }),
      named('b', weighted(60)),
      'records.0.name',
    ],
    [
      'the names of their slots',
      named('a', { name: 'web-{slot}.corp.internal', slots: 3 }),
      named('b', { name: 'web-{slot}.corp.internal', slots: 3 }),
      'records.0.name',
    ],
    [
      'a name that is that of a slot',
      named('a', { name: 'web-{slot}.corp.internal', slots: 3 }),
      named('b', { name: 'web-2.corp.internal' }),
      'records.0.name',
    ],
    [
      'one Elastic IP',
      role('a', address({ elasticIp: 'eipalloc-12345678' })),
      role('b', address({ elasticIp: 'eipalloc-12345678', on: 'primary' })),
      'addresses.0.elasticIp',
    ],
    [
      'one Elastic IP by its tags, in whatever order, one of them as a pool',
      role('a', address({ elasticIp: { tags: { x: '1', y: '2' } } })),
      role('b', address({ elasticIp: { pool: { tags: { y: '2', x: '1' } } } })),
      'addresses.0.elasticIp',
    ],
    [
      'one interface',
      role('a', address({ networkInterface: eni })),
      role('b', address({ networkInterface: eni })),
      'addresses.0.networkInterface',
    ],
    [
      'one IPv6 address',
      role('a', address({ ipv6: '2001:db8::1' })),
      role('b', address({ ipv6: '2001:DB8:0::1' })),
      'addresses.0.ipv6',
    ],
    [
      'one route, written in two ways',
      role('a', address({ route: '10.99.0.5/24', routeTables: ['rtb-12345678'] })),
      role('b', address({ route: '10.99.0.0/24', routeTables: ['rtb-12345678'] })),
      'addresses.0.route',
    ],
    [
      'one route',
      role('a', address({ route: '10.99.0.1/32', routeTables: ['rtb-12345678'] })),
      role('b', address({ route: '10.99.0.1/32', routeTables: ['rtb-87654321', 'rtb-12345678'] })),
      'addresses.0.route',
    ],
  ])('cannot have %s, and the other is named', (_, one, other, path) => {
    const conflicts = roleConflicts(one, [other]);

    expect(conflicts.map((each) => each.path.join('.'))).toEqual([path]);
    expect(conflicts[0]?.message).toContain('the role "b"');
  });

  it.each<[what: string, found: unknown, addresses: object]>([
    ['an Elastic IP', 'eipalloc-12345678', address({ elasticIp: 'eipalloc-12345678' })],
    ['a network interface', eni, address({ networkInterface: eni })],
    ['an IPv6 address', '2001:db8::1', address({ ipv6: '2001:db8::1' })],
    [
      'a route in a route table',
      '10.99.0.1/32 in rtb-12345678',
      address({ route: '10.99.0.1/32', routeTables: ['rtb-12345678'] }),
    ],
  ])('are told that it is %s, and which', (what, found, addresses) => {
    expect(roleConflicts(role('a', addresses), [role('b', addresses)])).toMatchObject([
      { message: `must be ${what} that no other role has; the role "b" has this one`, input: found },
    ]);
  });

  it('are told which name it is, and whose', () => {
    expect(roleConflicts(named('a', {}), [named('b', {})])).toEqual([
      {
        path: ['records', 0, 'name'],
        message:
          'must be a name in its zone that nothing else has, unless both are routed alike; the role "b" has this one',
        input: 'db.corp.internal',
      },
    ]);
  });

  it('cannot have a name that one of several others does not share', () => {
    const others = [named('b', { routing: 'multivalue' }), named('c', {})];
    const wanted = named('a', { routing: 'multivalue' });

    const told = [others, others.toReversed()].map((each) => roleConflicts(wanted, each));

    expect(told).toEqual(
      Array.from({ length: 2 }, () => [
        expect.objectContaining({ message: expect.stringContaining('the role "c" has this one') }),
      ]),
    );
  });

  it('cannot have one private address, even in two VPCs, and are told why', () => {
    const conflicts = roleConflicts(role('a', address({ privateIp: '10.0.0.5' })), [
      role('b', { slots: 2, ...address({ privateIp: ['10.0.0.4', '10.0.0.5'] }) }),
    ]);

    expect(conflicts).toEqual([
      {
        path: ['addresses', 0, 'privateIp'],
        message:
          'must be a private address that no other role has; the role "b" has this one, and a private address is told from another by its text alone',
        input: '10.0.0.5',
      },
    ]);
  });
});

describe('one role', () => {
  it('is in nobody’s way when it is applied again', () => {
    const again = named('a', {});

    expect(roleConflicts(again, [again])).toEqual([]);
  });

  it('cannot have one record twice, once its zones turn out to be the same', () => {
    const twice = named('a', {}, { zone: 'Z0PRIVATE' });

    expect(roleConflicts(twice, [])).toMatchObject([
      { path: ['records', 1, 'name'], message: expect.stringContaining('another record of this role') },
    ]);
  });

  it('may have several types at one name', () => {
    const both = named('a', {}, { value: 'ipv6' });

    expect(roleConflicts({ ...both, zoneIds: { [zone]: hostedZoneIdSchema.parse('Z1') } }, [])).toEqual([]);
  });
});

function aTargetGroup(): object {
  return {
    targetGroup: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef',
  };
}
