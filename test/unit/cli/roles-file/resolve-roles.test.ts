import { describe, expect, it } from 'vitest';
import { resolveRoles } from '../../../../cli/roles-file/resolve-roles.ts';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import type { HostedZone, ZoneDirectory } from '../../../../shared/reconcile/ports.ts';
import { aSpec, publicZoneId } from './builders.ts';

const zone: HostedZone = {
  id: publicZoneId,
  name: normalizeDnsName('example.com'),
  isPrivate: false,
  vpcIds: [],
};

const directory: ZoneDirectory = {
  byName: async (name) => (name === zone.name ? [zone] : []),
  byId: async () => undefined,
  reverseZones: async () => [],
};

const record = (text: string) => ({ records: [{ zone: text, name: `a.${text}`, value: 'privateIp' }] });

describe('resolveRoles', () => {
  it('finds the zones of each role', async () => {
    const { roles, problems } = await resolveRoles([aSpec('a', record('example.com'))], directory);

    expect(problems).toEqual([]);
    expect(roles).toMatchObject([{ name: 'a', zoneIds: { 'example.com': publicZoneId }, reverseZones: [] }]);
  });

  it('tells a problem at its place in the file', async () => {
    const specs = [aSpec('a', record('example.com')), aSpec('b', record('example.org'))];

    const { problems } = await resolveRoles(specs, directory);

    expect(problems).toMatchObject([{ at: ['roles', 'b', 'records', 0, 'zone'], found: '"example.org"' }]);
  });
});
