import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { aQueue, aQueueName, attributesOf, poll, send } from './a-queue.ts';
import { sqsCase } from './sqs-case.ts';

const api = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';

sqsCase(
  'creating a queue again with the same attributes gives the same queue',
  `${api}/API_CreateQueue.html`,
  async ({ clients }) => {
    const input = { QueueName: aQueueName(), Attributes: { VisibilityTimeout: '60' } };

    const first = await clients.sqs.send(new CreateQueueCommand(input));
    const second = await clients.sqs.send(new CreateQueueCommand(input));

    expect(second.QueueUrl).toBe(first.QueueUrl);
    expect(new URL(first.QueueUrl ?? '').pathname).toMatch(new RegExp(`^/\\d{12}/${input.QueueName}$`));
  },
);

sqsCase(
  'creating a queue again with another value of an attribute is refused',
  `${api}/API_CreateQueue.html`,
  async ({ clients }) => {
    const QueueName = aQueueName();
    await clients.sqs.send(new CreateQueueCommand({ QueueName }));

    const again = clients.sqs.send(
      new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout: '60' } }),
    );

    await expect(again).rejects.toMatchObject({ name: 'QueueNameExists' });
  },
);

sqsCase('a new queue has the documented attributes', `${api}/API_CreateQueue.html`, async (target) => {
  const { QueueUrl, QueueArn } = await aQueue(target);

  const attributes = await attributesOf(target, QueueUrl);

  expect(attributes).toMatchObject({
    QueueArn,
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
    DelaySeconds: '0',
    MessageRetentionPeriod: '345600',
    ReceiveMessageWaitTimeSeconds: '0',
    VisibilityTimeout: '30',
    MaximumMessageSize: '1048576',
    SqsManagedSseEnabled: 'true',
  });
  expect(attributes).not.toHaveProperty('RedrivePolicy');
});

for (const [name, value] of [
  ['VisibilityTimeout', '43201'],
  ['DelaySeconds', '901'],
  ['MessageRetentionPeriod', '59'],
  ['ReceiveMessageWaitTimeSeconds', '21'],
  ['RedrivePolicy', 'no JSON'],
] as const) {
  sqsCase(`${name} ${value} is refused`, `${api}/API_SetQueueAttributes.html`, async (target) => {
    const { QueueUrl } = await aQueue(target);

    const setting = target.clients.sqs.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { [name]: value } }),
    );

    await expect(setting).rejects.toMatchObject({
      name: expect.stringMatching(/^(InvalidAttributeValue|InvalidParameterValue)/),
    });
  });
}

sqsCase(
  'an attribute name that does not exist is refused',
  `${api}/API_GetQueueAttributes.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target);

    const asking = target.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Colour' as 'All'] }),
    );

    await expect(asking).rejects.toMatchObject({ name: 'InvalidAttributeName' });
  },
);

sqsCase(
  'attributes that are set are returned, and an empty redrive policy removes it',
  `${api}/API_SetQueueAttributes.html`,
  async (target) => {
    const dead = await aQueue(target);
    const { QueueUrl } = await aQueue(target);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.QueueArn, maxReceiveCount: 3 });
    const set = async (Attributes: Record<string, string>) =>
      target.clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));

    await set({ VisibilityTimeout: '0', RedrivePolicy });
    const first = await attributesOf(target, QueueUrl);
    await set({ RedrivePolicy: '' });
    const second = await attributesOf(target, QueueUrl);

    expect(first['VisibilityTimeout']).toBe('0');
    expect(JSON.parse(first['RedrivePolicy'] ?? '')).toEqual(JSON.parse(RedrivePolicy));
    expect(second['RedrivePolicy']).toBeUndefined();
  },
);

sqsCase(
  'a queue is found by name and by prefix, and not after it was deleted',
  `${api}/API_DeleteQueue.html`,
  async ({ clients, eventually }) => {
    const QueueName = aQueueName();
    const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName }));

    await eventually(async () => {
      const { QueueUrls = [] } = await clients.sqs.send(
        new ListQueuesCommand({ QueueNamePrefix: QueueName }),
      );
      expect(QueueUrls).toEqual([QueueUrl]);
    });
    await clients.sqs.send(new DeleteQueueCommand({ QueueUrl }));

    await eventually(() =>
      expect(clients.sqs.send(new GetQueueUrlCommand({ QueueName }))).rejects.toMatchObject({
        name: 'QueueDoesNotExist',
      }),
    );
  },
);

sqsCase(
  'a name cannot be used again within a minute after its queue was deleted',
  `${api}/API_CreateQueue.html`,
  async ({ clients }) => {
    const QueueName = aQueueName();
    const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName }));
    await clients.sqs.send(new DeleteQueueCommand({ QueueUrl }));

    const again = clients.sqs.send(new CreateQueueCommand({ QueueName }));

    await expect(again).rejects.toMatchObject({ name: 'QueueDeletedRecently' });
  },
);

sqsCase(
  'a purged queue is empty, and cannot be purged again within a minute',
  `${api}/API_PurgeQueue.html`,
  async (target) => {
    const { QueueUrl } = await aQueue(target);
    await send(target, QueueUrl, 'a', 'b');

    await target.clients.sqs.send(new PurgeQueueCommand({ QueueUrl }));
    const again = target.clients.sqs.send(new PurgeQueueCommand({ QueueUrl }));

    await expect(again).rejects.toMatchObject({ name: 'PurgeQueueInProgress' });
    await target.eventually(async () => expect(await poll(target, QueueUrl)).toEqual([]));
  },
);

sqsCase('tags given at creation are listed', `${api}/API_ListQueueTags.html`, async ({ clients }) => {
  const input = { QueueName: aQueueName(), tags: { app: 'understudy' } };
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand(input));

  const { Tags } = await clients.sqs.send(new ListQueueTagsCommand({ QueueUrl }));

  expect(Tags).toEqual({ app: 'understudy' });
});
