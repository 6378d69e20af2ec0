import { createHash } from 'node:crypto';
import { type MessageAttributes, md5OfAttributes } from './message-attributes.ts';

/** What a sender gives. */
export interface NewMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly senderId: string;
  readonly traceHeader?: string | undefined;
  readonly groupId?: string | undefined;
}

/** A message in a queue. */
export interface Message extends NewMessage {
  readonly id: string;
  readonly attributes: MessageAttributes;
  readonly md5OfBody: string;
  readonly md5OfAttributes: string | undefined;
  readonly sentMs: number;
  /** From when on it can be received. */
  visibleAtMs: number;
  /** How often that was set. */
  visibilityChanges: number;
  /** Receives in all queues that it has been in, as `ApproximateReceiveCount` shows. */
  receiveCount: number;
  /** Receives in the queue where it is now: what `maxReceiveCount` is compared with. */
  receiveCountHere: number;
  firstReceivedMs: number | undefined;
  /** When the latest receive was: visibility may not reach beyond 12 hours after it. */
  lastReceivedMs: number | undefined;
  /** Valid after the latest receive only. */
  receiptHandle: string | undefined;
  /** The queue that gave it up. */
  deadLetterSourceArn: string | undefined;
}

/** A message as it is when it reaches its queue. */
export function createMessage(sent: NewMessage, id: string, sentMs: number, visibleAtMs: number): Message {
  const attributes = sent.attributes ?? {};
  return {
    ...sent,
    id,
    attributes,
    md5OfBody: createHash('md5').update(sent.body).digest('hex'),
    md5OfAttributes: md5OfAttributes(attributes),
    sentMs,
    visibleAtMs,
    visibilityChanges: 0,
    receiveCount: 0,
    receiveCountHere: 0,
    firstReceivedMs: undefined,
    lastReceivedMs: undefined,
    receiptHandle: undefined,
    deadLetterSourceArn: undefined,
  };
}

/**
 * The system attributes that ReceiveMessage can return.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export function systemAttributesOf(message: Message): Readonly<Record<string, string>> {
  const attributes: Record<string, string | undefined> = {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentMs),
    SenderId: message.senderId,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedMs ?? message.sentMs),
    AWSTraceHeader: message.traceHeader,
    MessageGroupId: message.groupId,
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
  };
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
