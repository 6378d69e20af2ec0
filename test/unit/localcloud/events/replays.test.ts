import {
  CancelReplayCommand,
  CreateArchiveCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  ListReplaysCommand,
  PutRuleCommand,
  PutTargetsCommand,
  StartReplayCommand,
  type StartReplayCommandInput,
  UpdateArchiveCommand,
} from '@aws-sdk/client-eventbridge';
import { beforeEach, describe, expect, test } from 'vitest';
import { aBus, type BusBench, targetArn } from './a-bus.ts';

const minuteMs = 60_000;
const busArn = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
const archiveArn = 'arn:aws:events:us-east-1:123456789012:archive/all';

let bus: BusBench;
let startMs: number;
beforeEach(async () => {
  bus = aBus();
  startMs = bus.clock.now();
  await bus.aRule();
  await bus.client.send(new CreateArchiveCommand({ ArchiveName: 'all', EventSourceArn: busArn }));
});

/** Publishes `count` events in each of some minutes, then waits until they are archived. */
function publishMinutes(minutes: number, count: number): void {
  for (let minute = 0; minute < minutes; minute += 1) {
    for (let n = 0; n < count; n += 1) bus.publish({ detail: { minute, n } });
    bus.clock.advanceBy(minuteMs);
  }
  bus.clock.advanceBy(10 * minuteMs);
}

async function start(input: Partial<StartReplayCommandInput> = {}): Promise<void> {
  await bus.client.send(
    new StartReplayCommand({
      ReplayName: 'again',
      EventSourceArn: archiveArn,
      EventStartTime: new Date(startMs),
      EventEndTime: new Date(startMs + 60 * minuteMs),
      Destination: { Arn: busArn },
      ...input,
    }),
  );
}

const replayed = (): { detail: { minute: number; n: number } }[] =>
  bus.handed.map(({ body }) => JSON.parse(body)).filter((event) => event['replay-name'] === 'again');

test('an archive drops what its retention has ended, and a longer retention does not bring it back', async () => {
  await bus.client.send(new UpdateArchiveCommand({ ArchiveName: 'all', RetentionDays: 1 }));
  publishMinutes(1, 2);
  bus.clock.advanceBy(2 * 24 * 60 * minuteMs);
  publishMinutes(1, 1);

  await bus.client.send(new UpdateArchiveCommand({ ArchiveName: 'all', RetentionDays: 10 }));

  const archive = await bus.client.send(new DescribeArchiveCommand({ ArchiveName: 'all' }));
  expect(archive.EventCount).toBe(1);
});

describe('a replay', () => {
  test('goes minute by minute, in no order within one, with ids and times kept', async () => {
    publishMinutes(3, 10);
    const originals = bus.handed.map(({ body }) => JSON.parse(body));

    await start();
    bus.clock.advanceBy(minuteMs);

    const minutes = replayed().map(({ detail }) => detail.minute);
    const ofFirstMinute = replayed().flatMap(({ detail }) => (detail.minute === 0 ? [detail.n] : []));
    expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
    expect(ofFirstMinute).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(replayed().map((event) => JSON.stringify(event)))).toEqual(
      new Set(originals.map((event) => JSON.stringify({ ...event, 'replay-name': 'again' }))),
    );
  });

  test('does not find events that are not archived yet', async () => {
    publishMinutes(1, 2);
    bus.publish({ detail: { minute: 1 } });
    const archive = await bus.client.send(new DescribeArchiveCommand({ ArchiveName: 'all' }));

    await start();
    bus.clock.advanceBy(minuteMs);

    expect(archive.EventCount).toBe(2);
    expect(replayed()).toHaveLength(2);
  });

  test('finds them sooner when archives are set to be quick', async () => {
    bus.room.setArchiveLag(0);
    bus.publish({});

    await start();
    bus.clock.advanceBy(minuteMs);

    expect(replayed()).toHaveLength(1);
  });

  test('takes only events whose time is in its range, and is not archived itself', async () => {
    publishMinutes(3, 1);

    await start({
      EventStartTime: new Date(startMs + minuteMs),
      EventEndTime: new Date(startMs + minuteMs + 1_000),
    });
    bus.clock.advanceBy(20 * minuteMs);

    const { EventCount } = await bus.client.send(new DescribeArchiveCommand({ ArchiveName: 'all' }));
    expect(replayed().map(({ detail }) => detail.minute)).toEqual([1]);
    expect(EventCount).toBe(3);
  });

  test('reaches only the rules that it names', async () => {
    const { RuleArn = '' } = await bus.client.send(
      new PutRuleCommand({ Name: 'other', EventPattern: '{"source":["aws.ec2"]}' }),
    );
    const Targets = [{ Id: 'one', Arn: `${targetArn}-other` }];
    await bus.client.send(new PutTargetsCommand({ Rule: 'other', Targets }));
    publishMinutes(1, 1);
    const before = bus.handed.length;

    await start({ Destination: { Arn: busArn, FilterArns: [RuleArn] } });
    bus.clock.advanceBy(minuteMs);

    expect(bus.handed.slice(before).map((each) => each.targetArn)).toEqual([`${targetArn}-other`]);
  });

  test('tells how far it is, and can be cancelled until it has ended', async () => {
    publishMinutes(60, 1);
    await start();
    const states = async (): Promise<unknown> => {
      const { State } = await bus.client.send(new DescribeReplayCommand({ ReplayName: 'again' }));
      return State;
    };
    const starting = await states();
    bus.clock.advanceBy(2_000);
    const running = await states();

    const { State: cancelling } = await bus.client.send(new CancelReplayCommand({ ReplayName: 'again' }));
    bus.clock.advanceBy(minuteMs);
    const again = bus.client.send(new CancelReplayCommand({ ReplayName: 'again' }));

    expect([starting, running, cancelling, await states()]).toEqual([
      'STARTING',
      'RUNNING',
      'CANCELLING',
      'CANCELLED',
    ]);
    await expect(again).rejects.toMatchObject({ name: 'IllegalStatusException' });
    expect(replayed().length).toBeLessThan(60);
  });

  test('is one of at most ten', async () => {
    for (let count = 0; count < 10; count += 1) await start({ ReplayName: `replay-${count}` });

    const eleventh = start();

    await expect(eleventh).rejects.toMatchObject({ name: 'LimitExceededException' });
    const { Replays } = await bus.client.send(
      new ListReplaysCommand({ NamePrefix: 'replay-', State: 'STARTING' }),
    );
    expect(Replays).toHaveLength(10);
  });

  test.each([
    ['a taken name', {}, 'ResourceAlreadyExistsException'],
    ['an end before its start', { ReplayName: 'b', EventEndTime: new Date(0) }, 'ValidationException'],
    ['an unknown archive', { ReplayName: 'b', EventSourceArn: `${archiveArn}-x` }, 'ValidationException'],
    ['another bus', { ReplayName: 'b', Destination: { Arn: `${busArn}-x` } }, 'ValidationException'],
  ])('with %s is refused', async (_what, input, name) => {
    await start();

    await expect(start(input)).rejects.toMatchObject({ name });
  });
});
