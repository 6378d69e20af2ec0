import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { aQueue, poll } from './a-queue.ts';
import { sqsCase } from './sqs-case.ts';

const api = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';
const entries = (...bodies: string[]) =>
  bodies.map((body, index) => ({ Id: `m${index}`, MessageBody: body }));

sqsCase(
  'each entry of a batch succeeds or fails by itself',
  `${api}/API_SendMessageBatch.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target);
    const Entries = [
      { Id: 'good', MessageBody: 'a' },
      { Id: 'bad', MessageBody: 'b', DelaySeconds: 901 },
    ];

    const { Successful, Failed } = await target.clients.sqs.send(
      new SendMessageBatchCommand({ QueueUrl, Entries }),
    );

    expect(Successful).toMatchObject([{ Id: 'good', MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661' }]);
    expect(Failed).toMatchObject([{ Id: 'bad', SenderFault: true, Code: 'InvalidParameterValue' }]);
    expect(await poll(target, QueueUrl)).toMatchObject([{ Body: 'a' }]);
  },
);

for (const [what, Entries, name] of [
  ['no entries', [], 'EmptyBatchRequest'],
  ['eleven entries', entries(...'abcdefghijk'), 'TooManyEntriesInBatchRequest'],
  ['an id twice', [...entries('a'), ...entries('b')], 'BatchEntryIdsNotDistinct'],
  ['a malformed id', [{ Id: 'no blanks', MessageBody: 'a' }], 'InvalidBatchEntryId'],
] as const) {
  sqsCase(
    `a batch with ${what} is refused as a whole`,
    `${api}/API_SendMessageBatch.html`,
    async (target) => {
      const { QueueUrl } = await aQueue(target);

      const sending = target.clients.sqs.send(
        new SendMessageBatchCommand({ QueueUrl, Entries: [...Entries] }),
      );

      await expect(sending).rejects.toMatchObject({ name });
      expect(await poll(target, QueueUrl)).toEqual([]);
    },
  );
}

sqsCase(
  'messages are hidden longer and deleted in batches',
  `${api}/API_DeleteMessageBatch.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target, { VisibilityTimeout: '1' });
    const { sqs } = target.clients;
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries('a', 'b') }));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    const handles = Messages.map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle }));

    await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: handles.map((entry) => ({ ...entry, VisibilityTimeout: 60 })),
      }),
    );
    await target.settle(5_000);
    const whileHidden = await poll(target, QueueUrl);
    const { Successful } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: handles }));

    expect(whileHidden).toEqual([]);
    expect(Successful).toHaveLength(handles.length);
  },
);
