import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { hostedZoneIdSchema } from '../../../../shared/model/ids.ts';
import type { Role } from '../../../../shared/model/observed.ts';
import type { RecordSet } from '../../../../shared/model/record-set.ts';
import type { Refusal } from '../../../../shared/model/role-plan.ts';
import { desiredRecords } from '../../../../shared/plan/desired-records.ts';
import type { ValueSource } from '../../../../shared/plan/record-values.ts';
import { anAttachment, anInstance, aRole, ipv6, roleName } from '../../../builders/observed.ts';
import { permutations } from '../../../builders/permutations.ts';

const source: ValueSource = {
  role: roleName('db'),
  slot: 0,
  holder: anInstance(1, { attachments: [anAttachment(1, { ipv6s: [ipv6(1)] })] }),
  elasticIps: [],
  privateIp: undefined,
  ipv6: undefined,
  region: 'eu-west-1',
};

function aRoleWith(...records: readonly object[]): Role {
  const whole = records.map((record) => ({ zone: 'example.com', name: 'db.example.com', ...record }));
  return aRole({ records: whole });
}

describe('a record with reverse: true', () => {
  const reverse = { value: 'privateIp', reverse: true };
  const zones = ['10.in-addr.arpa', '1.0.10.in-addr.arpa', '8.1.f.1.0.0.6.2.ip6.arpa'].map((name, index) => ({
    name: normalizeDnsName(name),
    zoneId: hostedZoneIdSchema.parse(`ZREVERSE${index}`),
  }));

  function pointers(role: Role, reverseZones: Role['reverseZones']): readonly (RecordSet | Refusal)[] {
    const all = desiredRecords({ ...role, reverseZones }, source);
    return all.slice(role.spec.records.length).map(({ desired }) => desired);
  }

  it('has its PTR in the longest zone that holds it', () => {
    expect(pointers(aRoleWith({ ...reverse, ttl: 30 }), zones)).toEqual([
      {
        zoneId: 'ZREVERSE1',
        name: '1.1.0.10.in-addr.arpa',
        type: 'PTR',
        content: { kind: 'values', ttlSeconds: 30, values: ['db.example.com'] },
      },
    ]);
  });

  it('has one in ip6.arpa for an IPv6 address', () => {
    expect(pointers(aRoleWith({ value: 'ipv6', reverse: true }), zones)).toMatchObject([
      {
        zoneId: 'ZREVERSE2',
        name: '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.1.0.0.0.8.1.f.1.0.0.6.2.ip6.arpa',
      },
    ]);
  });

  it('shares it with the other names of its address, and has the shortest TTL of them', () => {
    const role = aRoleWith(
      { ...reverse, ttl: 60 },
      { ...reverse, name: 'a.example.com', ttl: 30, adopt: true },
    );

    const [pointer, ...others] = desiredRecords({ ...role, reverseZones: zones }, source).slice(2);

    expect(others).toEqual([]);
    expect(pointer).toMatchObject({
      desired: { content: { kind: 'values', ttlSeconds: 30, values: ['a.example.com', 'db.example.com'] } },
      adopts: true,
      reverses: true,
      isParked: false,
    });
  });

  it('has one for each of its addresses', () => {
    const role = aRoleWith({ type: 'A', values: ['10.0.1.1', '10.0.1.2'], reverse: true });

    expect(pointers(role, zones)).toMatchObject([
      { name: '1.1.0.10.in-addr.arpa' },
      { name: '2.1.0.10.in-addr.arpa' },
    ]);
  });

  it('has it in the zone of the smaller id of two that say as much of the address', () => {
    const twins = ['ZB', 'ZA', 'ZC'].map((id) => ({
      name: normalizeDnsName('10.in-addr.arpa'),
      zoneId: hostedZoneIdSchema.parse(`Z0REVERSE${id}`),
    }));

    for (const order of permutations(twins)) {
      expect(pointers(aRoleWith(reverse), order)).toMatchObject([{ zoneId: 'Z0REVERSEZA' }]);
    }
  });

  it.each([
    ['privateIp', '10.0.1.1', '1.0.10.in-addr.arpa'],
    ['ipv6', ipv6(1), '1.0.0.0.1.0.0.0.8.1.f.1.0.0.6.2.ip6.arpa'],
  ])('is refused its PTR of %s where no zone holds it, and names the usual one', (value, address, zone) => {
    const elsewhere = ['192.in-addr.arpa', '0.2.ip6.arpa'].map((name) => ({
      name: normalizeDnsName(name),
      zoneId: hostedZoneIdSchema.parse('ZREVERSE'),
    }));

    expect(pointers(aRoleWith({ value, reverse: true }), elsewhere)).toEqual([
      {
        code: 'NoReverseZone',
        words:
          `db.example.com: no reverse zone is known for ${address}; its PTR needs a hosted zone such as ${zone}, ` +
          'and the role applied again once there is one',
      },
    ]);
  });
});
