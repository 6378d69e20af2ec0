import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import { clockWaitsOf } from '../core/clock-waits.ts';
import { type Call, type Operation, operation } from '../core/service.ts';
import { runBatch } from './batch.ts';
import { type Message, systemAttributesOf } from './message.ts';
import { type MessageAttributes, md5OfAttributes } from './message-attributes.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

const api = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';

const receiveInput = z.strictObject({
  QueueUrl: z.string(),
  AttributeNames: z.array(z.string()).optional(),
  MessageSystemAttributeNames: z.array(z.string()).optional(),
  MessageAttributeNames: z.array(z.string()).optional(),
  MaxNumberOfMessages: z.number().int().optional(),
  VisibilityTimeout: z.number().int().optional(),
  WaitTimeSeconds: z.number().int().optional(),
});

const knownSystemAttributes: ReadonlySet<string> = new Set([
  'All',
  'ApproximateFirstReceiveTimestamp',
  'ApproximateReceiveCount',
  'AWSTraceHeader',
  'DeadLetterQueueSourceArn',
  'MessageDeduplicationId',
  'MessageGroupId',
  'SenderId',
  'SentTimestamp',
  'SequenceNumber',
]);

const receipt = { ReceiptHandle: z.string() };
const timeout = { VisibilityTimeout: z.number().int() };

/** ReceiveMessage, and what a receiver does with a receipt handle. */
export function receiveOperations(queues: Queues, clock: Clock): readonly Operation[] {
  return [receiveMessage(queues, clock), ...deleteOperations(queues), ...visibilityOperations(queues)];
}

function receiveMessage(queues: Queues, clock: Clock): Operation {
  return operation({
    name: 'ReceiveMessage',
    effect: 'write',
    input: receiveInput,
    run: async (input, call) => {
      const queue = queues.byUrl(input.QueueUrl);
      const max = inRange('MaxNumberOfMessages', input.MaxNumberOfMessages ?? 1, 1, 10);
      const timeoutSeconds = input.VisibilityTimeout ?? queue.settings.VisibilityTimeout;
      inRange('VisibilityTimeout', timeoutSeconds, 0, 43_200);
      const waitSeconds = input.WaitTimeSeconds ?? queue.settings.ReceiveMessageWaitTimeSeconds;
      inRange('WaitTimeSeconds', waitSeconds, 0, 20);
      const unknown = systemAttributeNames(input).find((name) => !knownSystemAttributes.has(name));
      if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
      const messages = await poll(clock, queue, call, waitSeconds * 1000, () =>
        queue.receive(max, timeoutSeconds),
      );
      return messages.length === 0 ? {} : { Messages: messages.map((message) => shown(message, input)) };
    },
    honesty: {
      modelled: [
        'Short and long polls, visibility timeout, system and user attributes by name and prefix.',
        'A message received more often than its redrive policy allows goes to the dead-letter queue instead.',
      ],
      notModelled: [
        'Short polls that miss messages, duplicates, and disorder: order is that of becoming visible.',
        'OverLimit at 120,000 messages in flight.',
      ],
      sources: [
        `${api}/API_ReceiveMessage.html`,
        'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
      ],
    },
  });
}

/** Receives as soon as there is something, at the latest (with nothing) after `waitMs`. */
async function poll(
  clock: Clock,
  queue: Queue,
  call: Call,
  waitMs: number,
  receive: () => readonly Message[],
): Promise<readonly Message[]> {
  const messages = receive();
  if (messages.length > 0 || waitMs === 0) return messages;
  const { promise, resolve } = Promise.withResolvers<readonly Message[]>();
  const retry = (): void => {
    const late = receive();
    if (late.length > 0) resolve(late);
    else waiter = queue.whenVisible(retry);
  };
  let waiter = queue.whenVisible(retry);
  const timer = clock.after(waitMs, () => resolve([]));
  const endWait = clockWaitsOf(clock).begin(call);
  return promise.finally(() => {
    endWait();
    timer.cancel();
    waiter.cancel();
  });
}

function systemAttributeNames(input: z.output<typeof receiveInput>): readonly string[] {
  return [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
}

function shown(message: Message, input: z.output<typeof receiveInput>): object {
  const names = systemAttributeNames(input);
  const system = Object.entries(systemAttributesOf(message)).filter(
    ([name]) => names.includes('All') || names.includes(name),
  );
  const user = selectAttributes(message.attributes, input.MessageAttributeNames ?? []);
  const md5OfSelected = md5OfAttributes(user);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(md5OfSelected !== undefined && { MD5OfMessageAttributes: md5OfSelected, MessageAttributes: user }),
  };
}

function selectAttributes(attributes: MessageAttributes, names: readonly string[]): MessageAttributes {
  const isWanted = (name: string): boolean =>
    names.some(
      (wanted) =>
        wanted === 'All' ||
        wanted === name ||
        (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}

function deleteOperations(queues: Queues): readonly Operation[] {
  const honesty = {
    modelled: [
      'Succeeds for a message that is gone; a handle older than the latest receive deletes nothing.',
    ],
    sources: [`${api}/API_DeleteMessage.html`, 'unverified: whether AWS ever deletes by an older handle'],
  };
  return [
    operation({
      name: 'DeleteMessage',
      effect: 'write',
      input: z.strictObject({ QueueUrl: z.string(), ...receipt }),
      run: ({ QueueUrl, ReceiptHandle }) => {
        queues.byUrl(QueueUrl).delete(ReceiptHandle);
        return {};
      },
      honesty,
    }),
    operation({
      name: 'DeleteMessageBatch',
      effect: 'write',
      input: z.strictObject({
        QueueUrl: z.string(),
        Entries: z.array(z.strictObject({ Id: z.string(), ...receipt })),
      }),
      run: ({ QueueUrl, Entries }) => {
        const queue = queues.byUrl(QueueUrl);
        return runBatch(Entries, ({ ReceiptHandle }) => {
          queue.delete(ReceiptHandle);
          return {};
        });
      },
      honesty,
    }),
  ];
}

function visibilityOperations(queues: Queues): readonly Operation[] {
  const change = (queue: Queue, handle: string, seconds: number): object => {
    queue.changeVisibility(handle, inRange('VisibilityTimeout', seconds, 0, 43_200));
    return {};
  };
  const honesty = {
    modelled: ['Only for messages in flight; at most 12 hours after the receive.'],
    sources: [`${api}/API_ChangeMessageVisibility.html`],
  };
  return [
    operation({
      name: 'ChangeMessageVisibility',
      effect: 'write',
      input: z.strictObject({ QueueUrl: z.string(), ...receipt, ...timeout }),
      run: ({ QueueUrl, ReceiptHandle, VisibilityTimeout }) =>
        change(queues.byUrl(QueueUrl), ReceiptHandle, VisibilityTimeout),
      honesty,
    }),
    operation({
      name: 'ChangeMessageVisibilityBatch',
      effect: 'write',
      input: z.strictObject({
        QueueUrl: z.string(),
        Entries: z.array(z.strictObject({ Id: z.string(), ...receipt, ...timeout })),
      }),
      run: ({ QueueUrl, Entries }) => {
        const queue = queues.byUrl(QueueUrl);
        return runBatch(Entries, (entry) => change(queue, entry.ReceiptHandle, entry.VisibilityTimeout));
      },
      honesty,
    }),
  ];
}

function inRange(parameter: string, value: number, min: number, max: number): number {
  if (value >= min && value <= max) return value;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ${value} for parameter ${parameter} is invalid. Reason: Must be between ${min} and ${max}, if provided.`,
  );
}
