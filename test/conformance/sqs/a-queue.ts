import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { Target } from '../target.ts';

let queues = 0;

/** A name that no other run and no other case has. */
export function aQueueName(): string {
  queues += 1;
  return `conformance-${Date.now()}-${queues}`;
}

/** A new queue with these attributes. */
export async function aQueue(
  { clients }: Target,
  Attributes: Partial<Record<QueueAttributeName, string>> = {},
): Promise<{ QueueUrl: string; QueueArn: string }> {
  const { QueueUrl = '' } = await clients.sqs.send(
    new CreateQueueCommand({ QueueName: aQueueName(), Attributes }),
  );
  const { QueueArn = '' } = await attributesOf({ clients }, QueueUrl, ['QueueArn']);
  return { QueueUrl, QueueArn };
}

export async function attributesOf(
  { clients }: Pick<Target, 'clients'>,
  QueueUrl: string,
  AttributeNames: QueueAttributeName[] = ['All'],
): Promise<Partial<Record<string, string>>> {
  const { Attributes = {} } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames }),
  );
  return Attributes;
}

export async function send({ clients }: Target, QueueUrl: string, ...bodies: string[]): Promise<void> {
  for (const MessageBody of bodies) await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}

/** The next message, with all its attributes; waits for one. */
export async function receive({ clients, eventually }: Target, QueueUrl: string): Promise<Message> {
  return await eventually(async () => {
    const { Messages } = await clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    const [message] = Messages ?? [];
    if (message === undefined) return expect.fail('no message was received');
    return message;
  });
}

/** What a short poll returns now. */
export async function poll({ clients }: Target, QueueUrl: string): Promise<readonly Message[]> {
  const { Messages = [] } = await clients.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
  );
  return Messages;
}
