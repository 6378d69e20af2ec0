import {
  CreateArchiveCommand,
  DeleteArchiveCommand,
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  DescribeReplayCommand,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { DeleteMessageCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { Target } from '../target.ts';
import { aName, aQueueForEvents, aRule, put, receiveJson } from './a-rule.ts';
import { eventsCase } from './events-case.ts';

const guide = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';

async function defaultBusArn({ clients }: Target): Promise<string> {
  const { Arn = '' } = await clients.events.send(new DescribeEventBusCommand({}));
  return Arn;
}

async function anArchive(
  target: Target,
  source: string,
): Promise<{ ArchiveName: string; ArchiveArn: string }> {
  const ArchiveName = aName();
  const { ArchiveArn = '' } = await target.clients.events.send(
    new CreateArchiveCommand({
      ArchiveName,
      EventSourceArn: await defaultBusArn(target),
      EventPattern: JSON.stringify({ source: [source] }),
      RetentionDays: 1,
    }),
  );
  return { ArchiveName, ArchiveArn };
}

eventsCase(
  'a replay sends archived events again, marked with its name',
  `${guide}/eb-replay-archived-event.html`,
  async (target) => {
    const { QueueUrl, QueueArn } = await aQueueForEvents(target);
    const { Name } = await aRule(target, { Arn: QueueArn });
    const { ArchiveArn } = await anArchive(target, Name);
    await put(target, Name, { role: 'db' });
    const original = await receiveJson(target, QueueUrl);
    const { ReceiptHandle } = original.message;
    await target.clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    const { time } = original.body as { time: string };
    await target.settle(660_000);

    const ReplayName = aName();
    await target.clients.events.send(
      new StartReplayCommand({
        ReplayName,
        EventSourceArn: ArchiveArn,
        EventStartTime: new Date(Date.parse(time) - 60_000),
        EventEndTime: new Date(Date.parse(time) + 60_000),
        Destination: { Arn: await defaultBusArn(target) },
      }),
    );
    const replayed = await receiveJson(target, QueueUrl);

    expect(replayed.body).toMatchObject({
      source: Name,
      detail: { role: 'db' },
      'replay-name': ReplayName,
    });
    await target.eventually(async () => {
      const { State } = await target.clients.events.send(new DescribeReplayCommand({ ReplayName }));
      expect(State).toBe('COMPLETED');
    });
  },
);

eventsCase(
  'an archive is described as it was created, and not after it was deleted',
  `${guide}/eb-archive-event.html`,
  async (target) => {
    const { ArchiveName, ArchiveArn } = await anArchive(target, aName());
    const { events } = target.clients;

    const archive = await events.send(new DescribeArchiveCommand({ ArchiveName }));
    await events.send(new DeleteArchiveCommand({ ArchiveName }));

    expect(archive).toMatchObject({ ArchiveName, ArchiveArn, RetentionDays: 1, EventCount: 0 });
    await target.eventually(() =>
      expect(events.send(new DescribeArchiveCommand({ ArchiveName }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      }),
    );
  },
);

eventsCase(
  'an archive whose name is taken is refused',
  'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html',
  async (target) => {
    const { ArchiveName } = await anArchive(target, aName());
    const input = { ArchiveName, EventSourceArn: await defaultBusArn(target) };

    const again = target.clients.events.send(new CreateArchiveCommand(input));

    await expect(again).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  },
);
