import { describe, expect, it } from 'vitest';
import { resolveZones } from '../../../../cli/roles-file/resolve-zones.ts';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { hostedZoneIdSchema } from '../../../../shared/model/ids.ts';
import type { HostedZone, ZoneDirectory } from '../../../../shared/reconcile/ports.ts';
import { aSpec } from './builders.ts';

function zone(id: string, name: string, isPrivate = false): HostedZone {
  return { id: hostedZoneIdSchema.parse(id), name: normalizeDnsName(name), isPrivate };
}

class FakeDirectory implements ZoneDirectory {
  readonly #zones: readonly HostedZone[];
  lookups = 0;

  constructor(...zones: readonly HostedZone[]) {
    this.#zones = zones;
  }

  byName = async (name: string) => {
    this.lookups++;
    return this.#zones.filter((each) => each.name === name);
  };

  byId = async (id: string) => {
    this.lookups++;
    return this.#zones.find((each) => each.id === id);
  };
}

const record = (zoneText: string, name: string, value = 'privateIp') => ({ zone: zoneText, name, value });

describe('resolveZones', () => {
  it('finds the one zone of a name, and looks each up once', async () => {
    const directory = new FakeDirectory(zone('ZPUBLIC1', 'example.com'));
    const roles = ['a', 'b'].map((name) =>
      aSpec(name, { records: [record('example.com', `${name}.example.com`)] }),
    );

    const resolved = await resolveZones(roles, directory);

    expect(resolved.problems).toEqual([]);
    expect(resolved.roles.map(({ zoneIds }) => zoneIds)).toEqual([
      { 'example.com': 'ZPUBLIC1' },
      { 'example.com': 'ZPUBLIC1' },
    ]);
    expect(directory.lookups).toBe(1);
  });

  it('refuses a name that no zone has', async () => {
    const roles = [aSpec('a', { records: [record('example.com', 'a.example.com')] })];

    const { problems } = await resolveZones(roles, new FakeDirectory(zone('ZOTHER1', 'example.org')));

    expect(problems).toMatchObject([{ at: ['roles', 'a', 'records', 0, 'zone'], found: '"example.com"' }]);
  });

  it('refuses a name that several zones share, and lists their ids', async () => {
    const directory = new FakeDirectory(
      zone('ZPUBLIC1', 'example.com'),
      zone('ZPRIVATE1', 'example.com', true),
    );
    const roles = [aSpec('a', { records: [record('example.com', 'a.example.com')] })];

    const { problems } = await resolveZones(roles, directory);

    expect(problems[0]?.allowed).toContain('ZPUBLIC1 (public), ZPRIVATE1 (private)');
  });

  it('takes a zone by its id, whatever others share its name', async () => {
    const directory = new FakeDirectory(
      zone('ZPUBLIC1', 'example.com'),
      zone('ZPRIVATE1', 'example.com', true),
    );
    const roles = [
      aSpec('a', { records: [record('ZPRIVATE1', 'a.example.com'), record('ZPUBLIC1', 'a.example.com')] }),
    ];

    const resolved = await resolveZones(roles, directory);

    expect(resolved.problems).toEqual([]);
    expect(resolved.roles[0]?.zoneIds).toEqual({ ZPRIVATE1: 'ZPRIVATE1', ZPUBLIC1: 'ZPUBLIC1' });
  });

  it('refuses an id that no zone has', async () => {
    const { problems } = await resolveZones(
      [aSpec('a', { records: [record('ZNOTHERE', 'a.example.com')] })],
      new FakeDirectory(),
    );

    expect(problems).toMatchObject([{ at: ['roles', 'a', 'records', 0, 'zone'], found: '"ZNOTHERE"' }]);
  });

  it('refuses a name outside the zone that an id turns out to be', async () => {
    const { problems } = await resolveZones(
      [aSpec('a', { records: [record('ZPUBLIC1', 'a.example.org'), record('ZPUBLIC1', 'notexample.com')] })],
      new FakeDirectory(zone('ZPUBLIC1', 'example.com')),
    );

    expect(problems.map(({ found }) => found)).toEqual(['"a.example.org"', '"notexample.com"']);
  });

  it('refuses a CNAME at the apex of the zone that an id turns out to be', async () => {
    const addresses = [{ elasticIp: 'eipalloc-0123456789abcdef0' }];
    const records = [record('ZPUBLIC1', 'example.com', 'elasticIpName')];

    const { problems } = await resolveZones(
      [aSpec('a', { addresses, records })],
      new FakeDirectory(zone('ZPUBLIC1', 'example.com')),
    );

    expect(problems).toMatchObject([{ at: ['roles', 'a', 'records', 0, 'value'], found: '"elasticIpName"' }]);
  });
});
