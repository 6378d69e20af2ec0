import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { createCloud } from '../../../localcloud/cloud.ts';
import { createRequestHandler } from '../../../localcloud/front/request-handler.ts';
import { createRoute53 } from '../../../shared/adapters/route53/route53.ts';
import type { DnsName } from '../../../shared/model/dns-name.ts';
import { normalizeDnsName } from '../../../shared/model/dns-name.ts';
import type { HostedZoneId } from '../../../shared/model/ids.ts';
import { hostedZoneIdSchema } from '../../../shared/model/ids.ts';
import type { RecordSet } from '../../../shared/model/record-set.ts';
import { isSameRecordSet } from '../../../shared/model/record-set.ts';
import type { RecordType } from '../../../shared/model/record-type.ts';
import { normalizeRecordValue } from '../../../shared/model/record-value.ts';
import { aRecord } from '../../builders/observed.ts';

/** A public zone, empty, in a cloud of its own, and the adapter to it. */
async function aZone() {
  const cloud = createCloud({ throttles: false });
  const client = new Route53Client({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAZONE', secretAccessKey: 'not-checked' },
    requestHandler: createRequestHandler(cloud.handle),
  });
  const created = await client.send(
    new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: '1' }),
  );
  const zoneId = hostedZoneIdSchema.parse(created.HostedZone?.Id?.replace('/hostedzone/', ''));
  const route53 = createRoute53(client);
  return {
    zoneId,
    change: (changes: Parameters<typeof route53.change>[1]) => route53.change(zoneId, changes, 'a test'),
    create: (records: readonly RecordSet[]) =>
      route53.change(
        zoneId,
        records.map((after) => ({ kind: 'change-record', after })),
        'a test',
      ),
    route53,
    callsSoFar: () =>
      cloud.callLog.calls().filter(({ operation }) => operation === 'ListResourceRecordSets').length,
    read: async (...names: readonly DnsName[]) =>
      (await route53.read(names.map((name) => ({ zoneId, name })))).flatMap(({ records }) => records),
  };
}

const name = normalizeDnsName('web.example.com');

function aWebRecord(
  zoneId: HostedZoneId,
  slot: number,
  ttlSeconds = 60,
  policy: 'weighted' | 'multivalue' = 'weighted',
): RecordSet {
  const setIdentifier = `web-${slot}`;
  const routing =
    policy === 'weighted'
      ? ({ policy, setIdentifier, weight: slot } as const)
      : ({ policy, setIdentifier } as const);
  return aRecord(`10.0.1.${slot}`, { zoneId, name, routing, ttlSeconds });
}

describe('a reader that remembers', () => {
  const nameOf = (number: number) => normalizeDnsName(`n${String((number * 7_919) % 10_007)}.example.com`);
  const numbers = Array.from({ length: 1_000 }, (_, index) => index);

  it('lists each page of a zone once or twice, in whatever order and portions the names come', async () => {
    const { zoneId, create, route53, callsSoFar } = await aZone();
    for (const first of [0, 500]) {
      const some = numbers.slice(first, first + 500);
      await create(some.map((number) => aRecord('192.0.2.1', { zoneId, name: nameOf(number) })));
    }
    const reader = route53.createReader();
    const fresh = await route53.read(numbers.map((number) => ({ zoneId, name: nameOf(number) })));
    const callsBefore = callsSoFar();

    const found = [];
    for (let first = 0; first < numbers.length; first += 50) {
      const some = numbers.slice(first, first + 50);
      found.push(...(await reader.read(some.map((number) => ({ zoneId, name: nameOf(number) })))));
    }

    const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);
    expect(found.toSorted(byName)).toEqual(fresh.toSorted(byName));
    // Three or four pages of 300, and a stretch between two of them now and then.
    expect(callsSoFar() - callsBefore).toBeLessThanOrEqual(8);
  });

  it('tells what was there when it looked, and another reader what is there now', async () => {
    const { zoneId, create, change, route53 } = await aZone();
    const before = aRecord('192.0.2.1', { zoneId, name });
    const after = aRecord('192.0.2.2', { zoneId, name });
    await create([before]);
    const reader = route53.createReader();
    await reader.read([{ zoneId, name }]);

    await change([{ kind: 'change-record', before, after }]);

    expect(await reader.read([{ zoneId, name }])).toMatchObject([{ records: [before] }]);
    expect(await route53.read([{ zoneId, name }])).toMatchObject([{ records: [after] }]);
  });
});

describe('record sets in Route 53', () => {
  it.each<[type: RecordType, name: string, ...values: readonly string[]]>([
    ['A', '*.example.com', '192.0.2.1', '192.0.2.2'],
    ['AAAA', 'db.example.com', '2001:DB8:0::1'],
    ['CNAME', 'db.example.com', 'ec2-203-0-113-25.eu-west-1.compute.amazonaws.com'],
    ['PTR', '5.example.com', 'db.example.com'],
    ['SRV', '_db._tcp.example.com', '0 5 5432 db-0.example.com'],
    ['TXT', 'db.example.com', 'say "hi" \\ äöü', 'x'.repeat(600)],
  ])('come back as they were written, and can be deleted as they are: %s', async (type, text, ...given) => {
    const { zoneId, create, change, read } = await aZone();
    const values = given.map((value) => normalizeRecordValue(type, value));
    const record = aRecord('', { zoneId, type, values, name: normalizeDnsName(text) });

    await create([record]);

    const [found] = await read(record.name);
    expect(found !== undefined && isSameRecordSet(found, record)).toBe(true);
    await change([{ kind: 'change-record', before: record }]);
    expect(await read(record.name)).toEqual([]);
  });

  it('come back as aliases, made after what they point at', async () => {
    const { zoneId, create, read } = await aZone();
    const target = normalizeDnsName('target.example.com');
    const alias = aRecord('', {
      zoneId,
      name,
      content: { kind: 'alias', zoneId, target, evaluatesHealth: true },
    });

    await create([alias, aRecord('192.0.2.1', { zoneId, name: target })]);

    expect(await read(name)).toEqual([alias]);
  });

  it('change the TTL of a weighted group, which has to be the same for all, in one batch', async () => {
    const { zoneId, create, change, read } = await aZone();
    const slots = [0, 1, 2];
    await create(slots.map((slot) => aWebRecord(zoneId, slot)));

    await change(
      slots.map((slot) => ({
        kind: 'change-record',
        before: aWebRecord(zoneId, slot),
        after: aWebRecord(zoneId, slot, 30),
      })),
    );

    expect(await read(name)).toEqual(slots.map((slot) => aWebRecord(zoneId, slot, 30)));
  });

  it('become one simple record in one batch, whatever the order of the changes', async () => {
    const { zoneId, create, change, read } = await aZone();
    const simple = aRecord('192.0.2.1', { zoneId, name });
    await create([0, 1].map((slot) => aWebRecord(zoneId, slot)));

    await change([
      { kind: 'change-record', after: simple },
      ...[0, 1].map((slot) => ({ kind: 'change-record' as const, before: aWebRecord(zoneId, slot) })),
    ]);

    expect(await read(name)).toEqual([simple]);
  });

  it('are all read, though one name fills more than a page', async () => {
    const { zoneId, create, read } = await aZone();
    const multivalue = Array.from({ length: 100 }, (_, slot) => aWebRecord(zoneId, slot, 60, 'multivalue'));
    const ofTypes = multivalue.flatMap((record): RecordSet[] => [
      record,
      { ...record, type: 'TXT', content: { kind: 'values', ttlSeconds: 60, values: ['"x"'] } },
      { ...record, type: 'AAAA', content: { kind: 'values', ttlSeconds: 60, values: ['2001:db8::1'] } },
      { ...record, type: 'PTR', content: { kind: 'values', ttlSeconds: 60, values: ['a.example.com'] } },
    ]);
    const last = aRecord('192.0.2.1', { zoneId, name: normalizeDnsName('zz.example.com') });
    await create([...ofTypes, last]);

    const found = await read(name, last.name, normalizeDnsName('none.example.com'));

    expect(found).toHaveLength(ofTypes.length + 1);
  });

  it('stay as they are when somebody changed one of them', async () => {
    const { zoneId, create, change, read } = await aZone();
    await create([aWebRecord(zoneId, 0), aWebRecord(zoneId, 1)]);

    const failing = change([
      { kind: 'change-record', before: aWebRecord(zoneId, 0), after: aWebRecord(zoneId, 0, 30) },
      { kind: 'change-record', before: aWebRecord(zoneId, 1, 30), after: aWebRecord(zoneId, 1, 60) },
    ]);

    await expect(failing).rejects.toMatchObject({ code: 'InvalidChangeBatch', disposition: 'conflict' });
    expect(await read(name)).toEqual([aWebRecord(zoneId, 0), aWebRecord(zoneId, 1)]);
  });
});
