import { ReleaseAddressCommand } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { valuesOf } from './metrics.ts';
import { untag } from './tagging.ts';
import { Theatre } from './theatre.ts';

const soonMs = 10_000;

describe('a vacant role', () => {
  it('that keeps leaves its record and its address where they are', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb({ vacant: 'keep' });
    const lead = await theatre.launch('db');

    await untag(theatre, lead);
    await theatre.settle(soonMs);

    expect((await theatre.slot())?.holder).toBeUndefined();
    expect(await theatre.elasticIpAt()).toBe(lead);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(lead));
  });

  it('that parks points its record at the parking value, so that the name always answers', async () => {
    await using theatre = await openParked();
    const lead = await theatre.launch('db');

    await theatre.terminate(lead);

    expect(await theatre.record()).toBe('192.0.2.1');
  });

  it('ends with the first candidate that is ready', async () => {
    await using theatre = await openParked();
    const lead = await theatre.launch('db');
    await theatre.terminate(lead);

    const next = await theatre.launch('db', 1);

    expect(await theatre.elasticIpAt()).toBe(next);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(next));
    expect(await theatre.slot()).toMatchObject({ holder: next, generation: 3 });
  });

  it('is told in the history and by a metric, again with each resync', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    await theatre.terminate(lead);
    const before = valuesOf(theatre, 'Vacant').length;

    await theatre.settle(120_000);

    expect(await theatre.history()).toMatchObject([{ outcome: 'vacant', from: lead, to: undefined }, {}]);
    expect(valuesOf(theatre, 'Vacant').length).toBeGreaterThan(before);
  });

  it('goes on without an address that somebody has released, and says so', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    await theatre.terminate(lead);
    const { allocationId } = theatre.stage.world;
    await theatre.stage.clients.ec2.send(new ReleaseAddressCommand({ AllocationId: allocationId }));

    const next = await theatre.launch('db', 1);

    expect(await theatre.record()).toBe(await theatre.privateIpOf(next));
    expect((await theatre.history())[0]).toMatchObject({
      outcome: 'refused',
      refusals: [expect.stringContaining(allocationId)],
    });
  });
});

async function openParked(): Promise<Theatre> {
  const theatre = await Theatre.open();
  await theatre.defineDb({
    vacant: 'park',
    records: [
      { zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp', parking: ['192.0.2.1'] },
    ],
  });
  return theatre;
}
