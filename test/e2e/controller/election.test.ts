import { describe, expect, it } from 'vitest';
import { Alarm } from './alarm.ts';
import { launchHook, ScalingGroup } from './scaling-group.ts';
import { tag } from './tagging.ts';
import { Theatre } from './theatre.ts';

const minuteMs = 60_000;

/** Less than the time until the next resync: what is so by then is so because of the event. */
const soonMs = 10_000;

async function open(election: object): Promise<Theatre> {
  const theatre = await Theatre.open();
  await theatre.defineDb({ election });
  return theatre;
}

async function prioritize(theatre: Theatre, instanceId: string, priority: number): Promise<void> {
  await tag(theatre, instanceId, String(priority), 'role-priority');
}

describe('whom a role prefers', () => {
  it.each([
    ['incumbent', 'oldest'],
    ['newest', 'newest'],
    ['oldest', 'oldest'],
  ])('of two understudies, where it says %s, is the %s', async (prefer, expected) => {
    await using theatre = await open({ prefer });
    const lead = await theatre.launch('db');
    const understudies = { oldest: await theatre.launch('db'), newest: await theatre.launch('db') };

    await theatre.terminate(lead);

    expect(await theatre.elasticIpAt()).toBe(Reflect.get(understudies, expected));
  });

  it('is the understudy of the highest priority, as its tag says now', async () => {
    await using theatre = await open({ prefer: 'priority' });
    const lead = await theatre.launch('db');
    const second = await theatre.launch('db');
    const third = await theatre.launch('db');
    await prioritize(theatre, second, 5);
    await prioritize(theatre, third, 10);
    await theatre.settle(soonMs);
    const unmoved = await theatre.elasticIpAt();

    await theatre.terminate(lead);

    expect(unmoved).toBe(lead);
    expect(await theatre.elasticIpAt()).toBe(third);
  });

  it('comes first by its availability zone', async () => {
    await using theatre = await open({ zones: ['eu-west-1b'] });
    const lead = await theatre.launch('db', 0);
    await theatre.launch('db', 0);
    const inZone = await theatre.launch('db', 1);

    await theatre.terminate(lead);

    expect(await theatre.elasticIpAt()).toBe(inZone);
  });
});

describe('failback', () => {
  it('gives the role to a better candidate, once the cooldown is over', async () => {
    await using theatre = await open({ prefer: 'priority', failback: true, cooldown: '3m' });
    const lead = await theatre.launch('db');
    const better = await theatre.launch('db', 1);

    await prioritize(theatre, better, 10);
    await theatre.settle(soonMs);
    const during = await theatre.elasticIpAt();
    await theatre.settle(4 * minuteMs);

    expect(during).toBe(lead);
    expect(await theatre.slot()).toMatchObject({ holder: better, generation: 2 });
  });

  it('happens at once on the event, when the cooldown was over before', async () => {
    await using theatre = await open({ prefer: 'priority', failback: true });
    const lead = await theatre.launch('db');
    const better = await theatre.launch('db', 1);
    await theatre.settle(2 * minuteMs);
    const before = await theatre.elasticIpAt();

    await prioritize(theatre, better, 10);
    await theatre.settle(soonMs);

    expect(before).toBe(lead);
    expect(await theatre.elasticIpAt()).toBe(better);
  });
});

describe('when an instance is ready', () => {
  it('is told by a tag of its own, where the role says so', async () => {
    await using theatre = await open({ ready: { tag: 'replication=caught-up' } });
    const lead = await theatre.launch('db');
    const early = await theatre.elasticIpAt();

    await tag(theatre, lead, 'caught-up', 'replication');
    // Its key is not among those that wake the controller: the resync sees it.
    await theatre.settle(minuteMs);

    expect(early).toBeUndefined();
    expect(await theatre.elasticIpAt()).toBe(lead);
  });

  it('is told by its launch hook, where the role says so', async () => {
    await using theatre = await open({ ready: 'hook' });
    await theatre.launch('db');
    const without = await theatre.elasticIpAt();

    const group = await ScalingGroup.create(theatre, { hooks: [launchHook] });

    expect(without).toBeUndefined();
    expect(await theatre.elasticIpAt()).toBe(await group.only());
  });

  it('is told by an alarm of it that is OK, where the role says so', async () => {
    await using theatre = await open({ ready: 'alarm' });
    await theatre.launch('db');
    const second = await theatre.launch('db', 1);
    const before = await theatre.elasticIpAt();
    const alarm = await Alarm.create(theatre, 'lag', { instanceId: second });

    await alarm.becomes('OK');

    expect(before).toBeUndefined();
    expect(await theatre.elasticIpAt()).toBe(second);
  });

  it('is told by its status checks, and a holder that fails them is replaced while it runs', async () => {
    await using theatre = await open({ ready: 'status-checks' });
    const lead = await theatre.launch('db');
    const early = await theatre.elasticIpAt();
    const understudy = await theatre.launch('db', 1);
    await theatre.settle(3 * minuteMs);
    const held = await theatre.elasticIpAt();

    theatre.stage.cloud.rooms.ec2.failStatusCheck(lead, 'system');
    await theatre.settle(minuteMs);

    expect(early).toBeUndefined();
    expect(held).toBe(lead);
    expect(await theatre.elasticIpAt()).toBe(understudy);
  });
});

describe('the history of a move', () => {
  it('says of each candidate why it was taken or not', async () => {
    await using theatre = await open({ ready: { tag: 'replication=caught-up' } });
    const subnetId = theatre.stage.world.subnetIds[0];
    const caughtUp = {
      SubnetId: subnetId,
      TagSpecifications: [
        {
          ResourceType: 'instance' as const,
          Tags: [
            { Key: 'role', Value: 'db' },
            { Key: 'replication', Value: 'caught-up' },
          ],
        },
      ],
    };
    const lead = await theatre.launch('db', 0, caughtUp);
    const understudy = await theatre.launch('db', 0, caughtUp);
    const behind = await theatre.launch('db');

    await theatre.terminate(lead);

    expect((await theatre.history())[0]).toMatchObject({
      to: understudy,
      verdicts: [
        `${understudy} holds the role`,
        `${behind} waiting for its tag replication=caught-up`,
        `${lead} is shutting-down`,
      ],
    });
  });
});
