import { StartInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { gapsWithin } from './gaps.ts';
import { tag } from './tagging.ts';
import { Theatre } from './theatre.ts';

const minuteMs = 60_000;

/** Less than the time until the next resync: what is so by then is so because of the event. */
const soonMs = 5_000;

async function withUnderstudy(
  overrides: object = {},
): Promise<{ theatre: Theatre; lead: string; understudy: string }> {
  const theatre = await Theatre.open();
  await theatre.defineDb(overrides);
  const lead = await theatre.launch('db');
  const understudy = await theatre.launch('db', 1);
  return { theatre, lead, understudy };
}

describe('a Spot interruption warning', () => {
  it.each(['terminate', 'stop'] as const)(
    'moves the role long before EC2 will %s the holder',
    async (action) => {
      const { theatre, lead, understudy } = await withUnderstudy();
      await using _ = theatre;

      theatre.stage.cloud.rooms.ec2.warnOfInterruption(lead, action);
      const gaps = await gapsWithin(theatre, soonMs);

      expect(gaps).toEqual([]);
      expect(await theatre.elasticIpAt()).toBe(understudy);
      expect(await theatre.record()).toBe(await theatre.privateIpOf(understudy));
      expect(await theatre.history()).toMatchObject([{ cause: `spot-interruption ${lead} ${action}` }, {}]);
    },
  );

  it('leaves the role with a holder that nobody can replace, and hands over to whoever comes in time', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');

    theatre.stage.cloud.rooms.ec2.warnOfInterruption(lead, 'terminate');
    await theatre.settle(soonMs);
    const meanwhile = await theatre.elasticIpAt();
    const understudy = await theatre.launch('db', 1);
    const gaps = await gapsWithin(theatre, 2 * minuteMs);

    expect(meanwhile).toBe(lead);
    expect(gaps).toEqual([]);
    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
  });

  it('is no longer held against an instance that was stopped and has come back', async () => {
    const { theatre, lead, understudy } = await withUnderstudy();
    await using _ = theatre;
    theatre.stage.cloud.rooms.ec2.warnOfInterruption(lead, 'stop');
    await theatre.settle(3 * minuteMs);

    await theatre.stage.clients.ec2.send(new StartInstancesCommand({ InstanceIds: [lead] }));
    await theatre.settle();
    await theatre.terminate(understudy);

    expect(await theatre.elasticIpAt()).toBe(lead);
  });

  it('is remembered when it comes before the instance asks for any role', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const warned = await theatre.launch(undefined);
    theatre.stage.cloud.rooms.ec2.warnOfInterruption(warned, 'terminate');
    await theatre.settle(soonMs);
    theatre.restartFunctions();
    await tag(theatre, warned, 'db');
    await theatre.settle(soonMs);

    const lead = await theatre.launch('db', 1);

    expect(await theatre.elasticIpAt()).toBe(lead);
  });
});

describe('a rebalance recommendation', () => {
  it('moves the role to a ready candidate', async () => {
    const { theatre, lead, understudy } = await withUnderstudy();
    await using _ = theatre;

    theatre.stage.cloud.rooms.ec2.recommendRebalance(lead);
    await theatre.settle(soonMs);

    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
  });

  it('leaves the role where it is while there is nobody else', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');

    theatre.stage.cloud.rooms.ec2.recommendRebalance(lead);
    await theatre.settle();

    expect(await theatre.elasticIpAt()).toBe(lead);
    expect(await theatre.slot()).toMatchObject({ holder: lead, generation: 1 });
  });

  it('for both moves nothing to and fro', async () => {
    const { theatre, lead, understudy } = await withUnderstudy();
    await using _ = theatre;

    theatre.stage.cloud.rooms.ec2.recommendRebalance(lead);
    await theatre.settle(soonMs);
    theatre.stage.cloud.rooms.ec2.recommendRebalance(understudy);
    await theatre.settle(3 * minuteMs);

    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
  });
});

describe('an announcement of AWS Health', () => {
  const retirement = 'AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED';

  it('moves the role a quarter of an hour before the instance is retired, not sooner', async () => {
    const { theatre, lead, understudy } = await withUnderstudy();
    await using _ = theatre;

    theatre.stage.cloud.rooms.ec2.scheduleEvent({
      type: retirement,
      instanceIds: [lead],
      startsInMs: 30 * minuteMs,
    });
    await theatre.settle(14 * minuteMs);
    const before = await theatre.elasticIpAt();
    await theatre.settle(2 * minuteMs + soonMs);

    expect(before).toBe(lead);
    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
  });

  it('is forgotten once AWS says that it is closed', async () => {
    const { theatre, lead, understudy } = await withUnderstudy();
    await using _ = theatre;
    // A reboot leaves the instance running, and is told as closed two hours after its start.
    theatre.stage.cloud.rooms.ec2.scheduleEvent({
      type: 'AWS_EC2_SYSTEM_REBOOT_MAINTENANCE_SCHEDULED',
      instanceIds: [lead],
      startsInMs: 10 * minuteMs,
      lastsMs: 5 * minuteMs,
    });
    await theatre.settle(soonMs);
    const during = await theatre.elasticIpAt();

    await theatre.settle(16 * minuteMs);
    theatre.stage.cloud.rooms.ec2.recommendRebalance(understudy);
    await theatre.settle(soonMs);

    expect(during).toBe(understudy);
    expect(await theatre.elasticIpAt()).toBe(lead);
  });

  it('is not taken twice for its copy in the backup region, and its pages are taken one by one', async () => {
    const { theatre, lead, understudy } = await withUnderstudy();
    await using _ = theatre;
    const third = await theatre.launch('db', 1);

    theatre.stage.cloud.rooms.ec2.scheduleEvent({
      type: retirement,
      instanceIds: [lead, understudy],
      startsInMs: 5 * minuteMs,
      entitiesPerPage: 1,
      entityForm: 'arn',
      hasBackupCopy: true,
    });
    await theatre.settle(soonMs);

    const told = theatre.outcomes().filter(({ cause }) => cause.trigger === 'health-event');
    expect(told).toHaveLength(2);
    expect(await theatre.elasticIpAt()).toBe(third);
  });
});
