import { createHash } from 'node:crypto';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { aQueue, attributesOf, poll, receive, send } from './a-queue.ts';
import { sqsCase } from './sqs-case.ts';

const api = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';
const guide = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';

sqsCase(
  'a message is received as it was sent, with digests and system attributes',
  `${api}/API_ReceiveMessage.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target);
    const MessageAttributes = {
      role: { DataType: 'String', StringValue: 'db' },
      generation: { DataType: 'Number.int', StringValue: '7' },
      proof: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2, 3) },
    };

    const sent = await target.clients.sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: 'grüß dich', MessageAttributes }),
    );
    const received = await receive(target, QueueUrl);

    expect(received).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'grüß dich',
      MD5OfBody: createHash('md5').update('grüß dich').digest('hex'),
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes: {
        role: MessageAttributes.role,
        generation: MessageAttributes.generation,
        proof: { DataType: 'Binary' },
      },
      Attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: expect.any(String),
      },
    });
    expect([...(received.MessageAttributes?.['proof']?.BinaryValue ?? [])]).toEqual([1, 2, 3]);
  },
);

sqsCase(
  'the digest of attributes is the documented one',
  `${guide}/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation`,
  async (target) => {
    const { QueueUrl } = await aQueue(target);

    const { MD5OfMessageAttributes } = await target.clients.sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'x',
        MessageAttributes: { timestamp: { DataType: 'Number', StringValue: '1493147359900' } },
      }),
    );

    // As botocore's and the Java SDK's own calculation has it.
    expect(MD5OfMessageAttributes).toBe('235c5c510d26fb653d073faed50ae77c');
  },
);

sqsCase(
  'a received message is hidden, comes back after its visibility timeout, and counts its receives',
  `${guide}/sqs-visibility-timeout.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target, { VisibilityTimeout: '2' });
    await send(target, QueueUrl, 'again');

    const first = await receive(target, QueueUrl);
    const meanwhile = await poll(target, QueueUrl);
    const counts = await attributesOf(target, QueueUrl);
    const second = await receive(target, QueueUrl);

    expect(meanwhile).toEqual([]);
    expect(counts['ApproximateNumberOfMessagesNotVisible']).toBe('1');
    expect(second.MessageId).toBe(first.MessageId);
    expect(second.ReceiptHandle).not.toBe(first.ReceiptHandle);
    expect(second.Attributes?.ApproximateReceiveCount).toBe('2');
    expect(second.Attributes?.ApproximateFirstReceiveTimestamp).toBe(
      first.Attributes?.ApproximateFirstReceiveTimestamp,
    );
  },
);

sqsCase(
  'a deleted message does not come back, and deleting it again succeeds',
  `${api}/API_DeleteMessage.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target, { VisibilityTimeout: '1' });
    await send(target, QueueUrl, 'once');
    const { ReceiptHandle } = await receive(target, QueueUrl);

    for (const _time of [1, 2])
      await target.clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    await target.settle(3_000);

    expect(await poll(target, QueueUrl)).toEqual([]);
  },
);

sqsCase('a receipt handle that is none is refused', `${api}/API_DeleteMessage.html`, async (target) => {
  const { QueueUrl } = await aQueue(target);

  const deleting = target.clients.sqs.send(
    new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'no handle' }),
  );

  await expect(deleting).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
});

sqsCase(
  'a visibility timeout changed to zero shows the message at once',
  `${api}/API_ChangeMessageVisibility.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target);
    await send(target, QueueUrl, 'back');
    const { ReceiptHandle, MessageId } = await receive(target, QueueUrl);
    const change = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });

    await target.clients.sqs.send(change);

    expect(await poll(target, QueueUrl)).toMatchObject([{ MessageId }]);
  },
);

sqsCase(
  'the visibility of a message that is not in flight cannot be changed',
  `${api}/API_ChangeMessageVisibility.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target);
    await send(target, QueueUrl, 'visible');
    const { ReceiptHandle } = await receive(target, QueueUrl);
    const change = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    await target.clients.sqs.send(change);

    const again = target.clients.sqs.send(change);

    await expect(again).rejects.toMatchObject({ name: 'MessageNotInflight' });
  },
);

sqsCase(
  'a long poll ends with the first message',
  `${guide}/sqs-short-and-long-polling.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target);
    await target.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'late', DelaySeconds: 2 }));

    const { Messages } = await target.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }),
    );

    expect(Messages).toMatchObject([{ Body: 'late' }]);
  },
);

sqsCase(
  'a delayed message is counted as delayed and cannot be received',
  `${guide}/sqs-delay-queues.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target, { DelaySeconds: '60' });
    await send(target, QueueUrl, 'later');

    const received = await poll(target, QueueUrl);
    const counts = await attributesOf(target, QueueUrl);

    expect(received).toEqual([]);
    expect(counts).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesDelayed: '1',
    });
  },
);

sqsCase(
  'a message received more often than maxReceiveCount goes to the dead-letter queue, telling whence',
  `${guide}/sqs-dead-letter-queues.html`,
  async (target) => {
    const dead = await aQueue(target);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.QueueArn, maxReceiveCount: 2 });
    const { QueueUrl, QueueArn } = await aQueue(target, { VisibilityTimeout: '0', RedrivePolicy });
    await send(target, QueueUrl, 'poison');
    const { MessageId } = await receive(target, QueueUrl);
    await receive(target, QueueUrl);

    const third = await poll(target, QueueUrl);
    const buried = await receive(target, dead.QueueUrl);

    expect(third).toEqual([]);
    expect(buried).toMatchObject({
      MessageId,
      Body: 'poison',
      Attributes: { DeadLetterQueueSourceArn: QueueArn, ApproximateReceiveCount: '3' },
    });
  },
);

for (const [parameter, input] of [
  ['MaxNumberOfMessages', { MaxNumberOfMessages: 11 }],
  ['MaxNumberOfMessages', { MaxNumberOfMessages: 0 }],
  ['WaitTimeSeconds', { WaitTimeSeconds: 21 }],
  ['VisibilityTimeout', { VisibilityTimeout: 43_201 }],
] as const) {
  sqsCase(
    `${JSON.stringify(input)} is refused by its name`,
    `${api}/API_ReceiveMessage.html`,
    async (target) => {
      const { QueueUrl } = await aQueue(target);

      const receiving = target.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, ...input }));

      await expect(receiving).rejects.toThrow(parameter);
    },
  );
}

sqsCase(
  'a message with characters that XML does not allow is refused',
  `${api}/API_SendMessage.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target);

    const sending = send(target, QueueUrl, 'bell \u0007');

    await expect(sending).rejects.toMatchObject({ name: 'InvalidMessageContents' });
  },
);

sqsCase(
  'a message longer than the queue allows is refused, attributes counted',
  `${guide}/sqs-message-metadata.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target, { MaximumMessageSize: '1024' });
    await send(target, QueueUrl, 'x'.repeat(1024));

    const sending = target.clients.sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'x'.repeat(1020),
        MessageAttributes: { role: { DataType: 'String', StringValue: 'db' } },
      }),
    );

    await expect(sending).rejects.toThrow('Message must be shorter than 1024 bytes');
  },
);

sqsCase(
  'a queue that does not exist is an error that says so',
  `${api}/API_SendMessage.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target);

    const sending = send(target, `${QueueUrl}-no-more`, 'x');

    await expect(sending).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      $metadata: { httpStatusCode: 400 },
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    });
  },
);
