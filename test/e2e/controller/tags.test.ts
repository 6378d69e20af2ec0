import { describe, expect, it } from 'vitest';
import { countWrites } from '../../../demo/measure.ts';
import { tag, untag } from './tagging.ts';
import { Theatre } from './theatre.ts';

/** Less than the time until the next resync: what is so by then is so because of the event. */
const soonMs = 10_000;

describe('tagging an instance', () => {
  it('claims the role at once', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const instance = await theatre.launch(undefined);

    await tag(theatre, instance, 'db');
    await theatre.settle(soonMs);

    expect(await theatre.elasticIpAt()).toBe(instance);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(instance));
    expect(theatre.outcomes().at(-1)).toMatchObject({
      outcome: 'converged',
      cause: { trigger: 'tag-change' },
    });
  });

  it('releases the role to the next candidate when the tag is taken away', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);

    await untag(theatre, lead);
    await theatre.settle(soonMs);

    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
  });

  it('moves between roles when the tag’s value changes', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    await theatre.define('web', {
      records: [{ zone: 'corp.internal', name: 'web.corp.internal', value: 'privateIp' }],
    });
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);

    await tag(theatre, lead, 'web');
    await theatre.settle(soonMs);

    expect(await theatre.slot('db')).toMatchObject({ holder: understudy });
    expect(await theatre.slot('web')).toMatchObject({ holder: lead });
    expect(await theatre.record('web.corp.internal')).toBe(await theatre.privateIpOf(lead));
  });

  it('finds the role again at termination although it was claimed by a tag', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch(undefined);
    const understudy = await theatre.launch(undefined);
    await tag(theatre, lead, 'db');
    await theatre.settle(soonMs);
    await tag(theatre, understudy, 'db');
    await theatre.settle(soonMs);

    await theatre.terminate(lead);

    expect(await theatre.elasticIpAt()).toBe(understudy);
  });

  it('waits for a read that shows the tags which the event tells of', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const instance = await theatre.launch(undefined);
    theatre.stage.cloud.setLag({ describeMs: 1_500 });

    await tag(theatre, instance, 'db');
    await theatre.settle(soonMs);

    expect(await theatre.elasticIpAt()).toBe(instance);
  });

  it('moves nothing when the events come again in any order', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const first = await theatre.launch('db');
    const second = await theatre.launch(undefined);
    await tag(theatre, second, 'db');
    await untag(theatre, first);
    await theatre.settle(soonMs);
    const events = theatre.witness.events.filter(
      ({ source }) => source === 'aws.tag' || source === 'aws.ec2',
    );
    const before = theatre.witness.sightings.length;

    await theatre.replay([...events.toReversed(), ...events]);

    expect(theatre.sightings(before).flatMap(({ calls }) => calls).length).toBeGreaterThan(0);
    expect(theatre.sightings(before).map(({ calls }) => countWrites(calls))).toEqual(
      theatre.sightings(before).map(() => 0),
    );
    expect(await theatre.slot()).toMatchObject({ holder: second, generation: 2 });
  });
});
