import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../shared/model/dns-name.ts';
import { aRecord, zoneId } from '../../builders/observed.ts';
import { MemoryRoute53 } from '../../fakes/memory-route53.ts';
import { Script } from '../../fakes/script.ts';

const old = aRecord('10.0.1.1');
const next = aRecord('10.0.1.2');
const name = 'db.corp.internal';
const conflict = { code: 'InvalidChangeBatch', disposition: 'conflict' };

function aZone(): MemoryRoute53 {
  const route53 = new MemoryRoute53(new Script());
  route53.put(old);
  return route53;
}

describe('the fake of Route 53', () => {
  it('replaces exactly what is there', async () => {
    const route53 = aZone();

    await route53.change(zoneId, [{ kind: 'change-record', before: old, after: next }], 'why');

    expect(route53.at(name)).toEqual([next]);
    expect(route53.batches).toEqual([{ zoneId, size: 1, comment: 'why' }]);
  });

  it.each([
    ['the deletion of another value', { before: next }],
    ['the deletion of another TTL', { before: aRecord('10.0.1.1', { ttlSeconds: 5 }) }],
    ['the creation of what exists', { after: next }],
    ['a CNAME beside other records', { after: aRecord('x.example.com', { type: 'CNAME' }) }],
  ])('refuses %s', async (_, change) => {
    const route53 = aZone();

    await expect(route53.change(zoneId, [{ kind: 'change-record', ...change }], '')).rejects.toMatchObject(
      conflict,
    );
    expect(route53.at(name)).toEqual([old]);
  });

  it('makes room before it creates, in whatever order the changes come', async () => {
    const route53 = aZone();
    const cname = aRecord('x.example.com', { type: 'CNAME' });

    await route53.change(
      zoneId,
      [
        { kind: 'change-record', after: cname },
        { kind: 'change-record', before: old },
      ],
      '',
    );

    expect(route53.at(name)).toEqual([cname]);
  });

  it('makes all changes of a batch or none', async () => {
    const route53 = aZone();
    const other = { ...next, name: normalizeDnsName('web.corp.internal') };

    const failing = route53.change(
      zoneId,
      [
        { kind: 'change-record', after: other },
        { kind: 'change-record', before: next },
      ],
      '',
    );

    await expect(failing).rejects.toMatchObject(conflict);
    expect(route53.at(other.name)).toEqual([]);
  });

  it('shows a name without records as empty', async () => {
    const names = [{ zoneId, name: normalizeDnsName('none.corp.internal') }];

    expect(await aZone().read(names)).toEqual([{ ...names[0], records: [], foreign: [] }]);
  });

  it('neither reads nor changes a closed zone', async () => {
    const route53 = aZone();
    route53.closedZones.add(zoneId);

    const denied = { code: 'AccessDenied', disposition: 'permanent' };
    await expect(route53.read([{ zoneId, name: normalizeDnsName(name) }])).rejects.toMatchObject(denied);
    await expect(route53.change(zoneId, [], '')).rejects.toMatchObject(denied);
  });
});
