import {
  CreateTagsCommand,
  DeleteTagsCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { DisableRuleCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { countWrites } from '../../../demo/measure.ts';
import { tag, untag } from './tagging.ts';
import { Theatre } from './theatre.ts';

/** Less than the time until the next resync: what is so by then is so because of the event. */
const soonMs = 10_000;

/** An account with a trail, in which tag changes are told by CloudTrail alone. */
async function openWithTrail(): Promise<Theatre> {
  const theatre = await Theatre.open({ roomOptions: { cloudTrail: { hasTrail: true } } });
  await theatre.stage.clients.events.send(new DisableRuleCommand({ Name: 'understudy-tag-change' }));
  await theatre.defineDb();
  return theatre;
}

describe('a call that CloudTrail tells of', () => {
  it('claims the role, releases it, and moves it, as the tags then are', async () => {
    await using theatre = await openWithTrail();
    const first = await theatre.launch(undefined);
    const second = await theatre.launch(undefined, 1);

    await tag(theatre, first, 'db');
    await theatre.settle(soonMs);
    const claimed = await theatre.elasticIpAt();
    await tag(theatre, second, 'db');
    await untag(theatre, first);
    await theatre.settle(soonMs);

    expect(claimed).toBe(first);
    expect(await theatre.elasticIpAt()).toBe(second);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(second));
    expect(theatre.outcomes().at(-1)).toMatchObject({ cause: { trigger: 'tag-call' } });
  });

  it('about several instances at once concerns each of them', async () => {
    await using theatre = await openWithTrail();
    const ids = [await theatre.launch(undefined), await theatre.launch(undefined, 1)];
    const Tags = [{ Key: 'role', Value: 'db' }];

    await theatre.stage.clients.ec2.send(new CreateTagsCommand({ Resources: ids, Tags }));
    await theatre.settle(soonMs);
    const [first = '', second] = ids;
    await theatre.terminate(first);

    expect(await theatre.elasticIpAt()).toBe(second);
  });

  it('releases the role when it takes all tags away', async () => {
    await using theatre = await openWithTrail();
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);

    await theatre.stage.clients.ec2.send(new DeleteTagsCommand({ Resources: [lead] }));
    await theatre.settle(soonMs);

    expect(await theatre.elasticIpAt()).toBe(understudy);
  });

  it('does not even wake the controller when it failed', async () => {
    await using theatre = await openWithTrail();
    const instance = await theatre.launch(undefined);
    const before = theatre.witness.sightings.length;
    const missing = 'i-0ffffffffffffffff';
    const Tags = [{ Key: 'role', Value: 'db' }];

    const call = theatre.stage.clients.ec2.send(
      new CreateTagsCommand({ Resources: [instance, missing], Tags }),
    );

    await expect(call).rejects.toThrow(missing);
    await theatre.settle(soonMs);
    expect(theatre.witness.events.at(-1)).toMatchObject({ detail: { eventName: 'CreateTags' } });
    expect(theatre.sightings(before)).toEqual([]);
    expect(await theatre.elasticIpAt()).toBeUndefined();
  });

  it('and the tag change that tells of the same move the role once', async () => {
    await using theatre = await Theatre.open({ roomOptions: { cloudTrail: { hasTrail: true } } });
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);

    await untag(theatre, lead);
    await theatre.settle(soonMs);

    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
    expect(await theatre.history()).toHaveLength(2);
  });
});

describe('a changed state', () => {
  it('of a holder that stops moves the role, and its start does not take it back', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);

    await theatre.stage.clients.ec2.send(new StopInstancesCommand({ InstanceIds: [lead] }));
    await theatre.settle();
    const stopped = await theatre.elasticIpAt();
    await theatre.stage.clients.ec2.send(new StartInstancesCommand({ InstanceIds: [lead] }));
    await theatre.settle();

    expect(stopped).toBe(understudy);
    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
  });

  it('is believed at once when it is the end, however far the reads lag behind', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);
    theatre.stage.cloud.setLag({ describeMs: 60_000 });

    await theatre.terminate(lead);

    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
  });

  it('that the first read contradicts is read again, and then the read wins', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);
    theatre.stage.cloud.setLag({ describeMs: 1_500 });

    await theatre.stage.clients.ec2.send(new StopInstancesCommand({ InstanceIds: [lead] }));
    await theatre.settle(soonMs);

    expect(await theatre.elasticIpAt()).toBe(understudy);
  });

  it('of long ago is only a hint: the holder has been started since', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    await theatre.launch('db', 1);
    const stopped = {
      ...theatre.events(lead)[0],
      detail: { 'instance-id': lead, state: 'stopped' },
    };

    await theatre.settle(180_000);
    const before = theatre.witness.sightings.length;
    await theatre.replay([stopped]);

    expect(await theatre.slot()).toMatchObject({ holder: lead, generation: 1 });
    expect(theatre.sightings(before).flatMap(({ calls }) => calls).length).toBeGreaterThan(0);
    expect(theatre.sightings(before).map(({ calls }) => countWrites(calls))).toEqual([0]);
  });
});

describe('the resync', () => {
  it('makes good a lost tag change, and a lost start', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    theatre.stage.cloud.rooms.events.setDeliveryFaults({ dropProbability: 1 });
    const first = await theatre.launch('db');
    await theatre.settle(60_000);
    const started = await theatre.elasticIpAt();

    const second = await theatre.launch(undefined, 1);
    await tag(theatre, second, 'db');
    await untag(theatre, first);
    await theatre.settle(60_000);

    expect(started).toBe(first);
    expect(await theatre.elasticIpAt()).toBe(second);
  });

  it('goes through all roles in pages, each as far as its candidates allow', async () => {
    await using theatre = await Theatre.open();
    const names = Array.from({ length: 60 }, (_, index) => `role-${String(index).padStart(2, '0')}`);
    for (const name of names) {
      await theatre.define(name, {
        records: [{ zone: 'corp.internal', name: `${name}.corp.internal`, value: 'privateIp' }],
      });
    }
    theatre.stage.cloud.rooms.events.setDeliveryFaults({ dropProbability: 1 });

    const first = await theatre.launch(names[0]);
    const last = await theatre.launch(names.at(-1));
    await theatre.settle(70_000);

    expect(await theatre.slot('role-00')).toMatchObject({ holder: first });
    expect(await theatre.slot('role-59')).toMatchObject({ holder: last });
    expect(await theatre.slot('role-30')).toBeUndefined();
  });
});

describe('what events told outlives the functions', () => {
  it('such as a warning', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    theatre.stage.cloud.rooms.ec2.recommendRebalance(lead);
    await theatre.settle(soonMs);

    theatre.restartFunctions();
    const understudy = await theatre.launch('db', 1);

    expect(await theatre.elasticIpAt()).toBe(understudy);
  });

  it('such as the version of its tags: an overtaken event is not even doubted', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    await untag(theatre, lead);
    await tag(theatre, lead, 'db');
    await theatre.settle(soonMs);
    const [released] = theatre.witness.events.filter(({ source }) => source === 'aws.tag');
    const before = theatre.witness.sightings.length;

    theatre.restartFunctions();
    await theatre.replay([{ ...released }]);

    const calls = theatre.sightings(before).flatMap((each) => each.calls);
    expect(calls.filter(({ operation }) => operation === 'DescribeInstances')).toHaveLength(1);
    expect(await theatre.elasticIpAt()).toBe(lead);
  });

  it('such as an end: a read that still shows the instance running is wrong', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const [event] = theatre.events(lead);
    theatre.stage.cloud.setLag({ describeMs: 3_600_000 });
    await theatre.terminate(lead);

    theatre.restartFunctions();
    await theatre.replay([{ ...event, detail: { 'instance-id': lead, state: 'running' } }]);

    expect((await theatre.slot())?.holder).toBeUndefined();
    expect(theatre.outcomes().at(-1)).toMatchObject({ outcome: 'vacant' });
  });
});
