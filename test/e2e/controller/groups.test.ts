import { AllocateAddressCommand, DescribeAddressesCommand } from '@aws-sdk/client-ec2';
import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { countWrites } from '../../../demo/measure.ts';
import { Theatre } from './theatre.ts';

/** A farm of `slots` places, its Elastic IPs in a pool, one multivalue set and a name per slot. */
async function openFarm(slots: number): Promise<Theatre> {
  const theatre = await Theatre.open();
  for (let number = 0; number < slots + 1; number++) {
    await theatre.stage.clients.ec2.send(
      new AllocateAddressCommand({
        TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [{ Key: 'farm', Value: 'web' }] }],
      }),
    );
  }
  await defineFarm(theatre, slots);
  return theatre;
}

async function defineFarm(theatre: Theatre, slots: number): Promise<void> {
  await theatre.define('web', {
    slots,
    addresses: [{ elasticIp: { pool: { tags: { farm: 'web' } } } }],
    records: [
      { zone: 'example.com', name: 'web.example.com', value: 'elasticIp', routing: 'multivalue' },
      { zone: 'corp.internal', name: 'web-{slot}.corp.internal', value: 'privateIp' },
    ],
  });
}

/** Public address by the instance that has it. */
async function addresses({ stage }: Theatre): Promise<ReadonlyMap<string, string>> {
  const { Addresses = [] } = await stage.clients.ec2.send(
    new DescribeAddressesCommand({ Filters: [{ Name: 'tag:farm', Values: ['web'] }] }),
  );
  return new Map(
    Addresses.flatMap(({ InstanceId, PublicIp = '' }) =>
      InstanceId === undefined ? [] : [[InstanceId, PublicIp] as const],
    ),
  );
}

/** The values of the multivalue set by identifier. */
async function members({ stage }: Theatre): Promise<Readonly<Record<string, string>>> {
  const { ResourceRecordSets = [] } = await stage.clients.route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: stage.world.publicZoneId }),
  );
  return Object.fromEntries(
    ResourceRecordSets.filter(({ Name }) => Name === 'web.example.com.').map(
      ({ SetIdentifier = '', ResourceRecords }) => [SetIdentifier, ResourceRecords?.[0]?.Value ?? ''],
    ),
  );
}

describe('a group', () => {
  it('gives each member an address and its place in the set, and a replacement those of the lost one', async () => {
    await using theatre = await openFarm(3);
    const [first, second, third] = [
      await theatre.launch('web'),
      await theatre.launch('web', 1),
      await theatre.launch('web'),
    ];
    const before = await addresses(theatre);
    const setBefore = await members(theatre);

    await theatre.terminate(second);
    const whileLost = await members(theatre);
    const replacement = await theatre.launch('web', 1);

    const after = await addresses(theatre);
    expect(before.size).toBe(3);
    expect(new Set(Object.values(setBefore))).toEqual(new Set(before.values()));
    expect(Object.keys(whileLost)).toHaveLength(2);
    expect(after.get(replacement)).toBe(before.get(second));
    expect([after.get(first), after.get(third)]).toEqual([before.get(first), before.get(third)]);
    expect(await members(theatre)).toEqual(setBefore);
    expect(await theatre.record('web-1.corp.internal')).toBe(await theatre.privateIpOf(replacement));
  });

  it('keeps the last record when nobody is left', async () => {
    await using theatre = await openFarm(2);
    const ids = [await theatre.launch('web'), await theatre.launch('web', 1)];

    for (const id of ids) await theatre.terminate(id);
    await theatre.settle(90_000);

    expect(Object.keys(await members(theatre))).toHaveLength(1);
  });

  it('grows and shrinks without moving the others, and writes nothing when it is right', async () => {
    await using theatre = await openFarm(3);
    const ids = [await theatre.launch('web'), await theatre.launch('web', 1), await theatre.launch('web')];
    const before = await addresses(theatre);

    await defineFarm(theatre, 2);
    await theatre.settle(70_000);
    const small = await members(theatre);
    await defineFarm(theatre, 3);
    await theatre.settle(70_000);
    const start = theatre.stage.cloud.callLog.sequence;
    await theatre.settle(70_000);

    expect(Object.keys(small)).toHaveLength(2);
    expect(Object.keys(await members(theatre))).toHaveLength(3);
    expect(await addresses(theatre)).toEqual(before);
    expect(ids.every((id) => before.has(id))).toBe(true);
    expect(countWrites(theatre.stage.cloud.callLog.calls({ since: start }))).toBe(0);
  });
});
