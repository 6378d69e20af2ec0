import { describe, expect, it } from 'vitest';
import { roleDifference } from '../../../../cli/roles-file/role-difference.ts';
import { allocationId, aResolvedRole, aRole, privateZoneId, publicZoneId } from './builders.ts';

const records = [
  { zone: 'example.com', name: 'db.example.com', value: 'publicIp', ttl: 60 },
  { zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp', ttl: 60 },
];

describe('roleDifference', () => {
  it('adds a role at version 1, with everything that it has', () => {
    const difference = roleDifference(undefined, aResolvedRole('db', { records: records.slice(0, 1) }));

    expect(difference).toMatchObject({ kind: 'added', role: { version: 1 } });
    expect(difference.fields).toEqual([
      {
        path: 'records[db.example.com A]',
        after: { zone: 'example.com', value: 'publicIp', ttl: 60, reverse: false, adopt: false },
      },
      { path: 'zones[example.com]', after: publicZoneId },
    ]);
  });

  it('leaves an unchanged role at its version, whatever the order of records and keys', () => {
    const before = aRole('db', { records }, 7);
    const reordered = records.toReversed().map(({ zone, name, value, ttl }) => ({ ttl, value, name, zone }));

    const difference = roleDifference(before, aResolvedRole('db', { records: reordered }));

    expect(difference).toEqual({ kind: 'unchanged', role: before, fields: [] });
  });

  it('tells a changed field with its value before and after', () => {
    const [first, second] = records;
    const difference = roleDifference(
      aRole('db', { records }, 2),
      aResolvedRole('db', { records: [first, { ...second, ttl: 30 }] }),
    );

    expect(difference).toMatchObject({ kind: 'changed', role: { version: 3 } });
    expect(difference.fields).toEqual([{ path: 'records[db.corp.internal A].ttl', before: 60, after: 30 }]);
  });

  it('tells what was added and what was removed', () => {
    const addresses = [{ elasticIp: allocationId }];
    const difference = roleDifference(
      aRole('db', { records }),
      aResolvedRole('db', { addresses, records: records.slice(0, 1) }),
    );

    expect(
      difference.fields.map(({ path, before, after }) => [path, before !== undefined, after !== undefined]),
    ).toEqual([
      ['records[db.corp.internal A]', true, false],
      ['zones[corp.internal]', true, false],
      ['addresses[0]', false, true],
    ]);
  });

  it('tells what else of a role is not as it was', () => {
    const before = aRole('db', { records });
    const vpcs = { allow: { vpc: 'vpc-0123456789abcdef0' }, election: { cooldown: '5m' } };

    const { fields } = roleDifference(before, aResolvedRole('db', { records, ...vpcs }));

    expect(fields).toEqual([
      { path: 'allow', after: { vpc: 'vpc-0123456789abcdef0' } },
      { path: 'election', after: { cooldown: '5m' } },
    ]);
  });

  it('notices a zone that is another one now', () => {
    const before = aRole('db', { records: records.slice(0, 1) });

    const difference = roleDifference(
      { ...before, zoneIds: { 'example.com': privateZoneId } },
      aResolvedRole('db', { records: records.slice(0, 1) }),
    );

    expect(difference.fields).toContainEqual({
      path: 'zones[example.com]',
      before: privateZoneId,
      after: publicZoneId,
    });
  });

  it('tells records of one name in two zones apart', () => {
    const split = [publicZoneId, privateZoneId].map((zone) => ({
      zone,
      name: 'db.example.com',
      value: 'privateIp',
    }));

    const { fields } = roleDifference(undefined, aResolvedRole('db', { records: split }));

    expect(fields.map(({ path }) => path)).toEqual([
      `records[db.example.com A in ${publicZoneId}]`,
      `records[db.example.com A in ${privateZoneId}]`,
    ]);
  });
});
