import type { QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import pLimit from 'p-limit';
import { CliError } from './cli-error.ts';

/** Messages of one call, at the most. */
const batchMax = 10;

/** Bytes of one batch: what SQS takes is 1 MiB, and a single message may be all of that. */
const batchBytesMax = 256 * 1024;

/** Batches that are under way together. */
const batchesMax = 4;

/** How long a receive waits, so that it asks every server of the queue: a short poll may miss messages. */
const receiveWaitSeconds = 1;

/** For so long nobody else sees what was received; the command is done with it before. */
const visibilityTimeoutSeconds = 300;

/** A message as it was received. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly receives: number;
  readonly sentMs: number;
  /** Those that its sender gave it. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** How many messages a queue holds, as far as SQS knows. */
export interface QueueDepth {
  readonly visible: number;
  /** Received, and neither deleted nor visible again. */
  readonly inFlight: number;
}

/** One queue, by its URL, with whole lists of messages instead of batches. */
export class Queue {
  readonly name: string;
  readonly #sqs: SQSClient;
  readonly #url: string;

  private constructor(sqs: SQSClient, name: string, url: string) {
    this.#sqs = sqs;
    this.name = name;
    this.#url = url;
  }

  /** Undefined when there is no queue of that name. */
  static async find(sqs: SQSClient, name: string): Promise<Queue | undefined> {
    try {
      const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
      return new Queue(sqs, name, QueueUrl);
    } catch (error) {
      if (error instanceof QueueDoesNotExist) return undefined;
      throw error;
    }
  }

  /** @throws CliError `QueueMissing` */
  static async require(sqs: SQSClient, name: string): Promise<Queue> {
    const queue = await Queue.find(sqs, name);
    if (queue !== undefined) return queue;
    throw new CliError(`the queue "${name}" does not exist`, {
      code: 'QueueMissing',
      hint: 'is the stack deployed, and in this region? --table and --queue say which one is meant',
    });
  }

  async attributes(): Promise<Readonly<Partial<Record<QueueAttributeName, string>>>> {
    const command = new GetQueueAttributesCommand({ QueueUrl: this.#url, AttributeNames: ['All'] });
    const { Attributes = {} } = await this.#sqs.send(command);
    return Attributes;
  }

  async depth(): Promise<QueueDepth> {
    const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: inFlight } =
      await this.attributes();
    return { visible: Number(visible ?? 0), inFlight: Number(inFlight ?? 0) };
  }

  /** Up to so many of the messages that are there now. Nobody else sees them until they are shown again or deleted. */
  async receive(max: number): Promise<readonly ReceivedMessage[]> {
    const received: ReceivedMessage[] = [];
    for (;;) {
      const { visible } = await this.depth();
      const wanted = Math.min(max - received.length, visible);
      const some = wanted === 0 ? [] : await this.#receiveAbout(wanted);
      if (some.length === 0) return received;
      received.push(...some);
    }
  }

  async #receiveAbout(wanted: number): Promise<readonly ReceivedMessage[]> {
    const received: ReceivedMessage[] = [];
    while (received.length < wanted) {
      const { Messages = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.#url,
          MaxNumberOfMessages: Math.min(batchMax, wanted - received.length),
          WaitTimeSeconds: receiveWaitSeconds,
          VisibilityTimeout: visibilityTimeoutSeconds,
          MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
          MessageAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) break;
      for (const { MessageId, ReceiptHandle, Body, Attributes = {}, MessageAttributes = {} } of Messages) {
        received.push({
          messageId: MessageId ?? '',
          receiptHandle: ReceiptHandle ?? '',
          body: Body ?? '',
          receives: Number(Attributes.ApproximateReceiveCount ?? 0),
          sentMs: Number(Attributes.SentTimestamp ?? 0),
          attributes: Object.fromEntries(
            Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
          ),
        });
      }
    }
    return received;
  }

  /** Sends each text as a message of its own. For each, in their order: why it was not taken, undefined when it was. */
  async send(texts: readonly string[]): Promise<readonly (string | undefined)[]> {
    return this.#inBatches(texts, Buffer.byteLength, async (batch) => {
      const Entries = batch.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      const command = new SendMessageBatchCommand({ QueueUrl: this.#url, Entries });
      const { Failed = [] } = await this.#sqs.send(command);
      return Failed;
    });
  }

  /** The same for deleting what was received. */
  async delete(messages: readonly ReceivedMessage[]): Promise<readonly (string | undefined)[]> {
    return this.#inBatches(messages, noBytes, async (batch) => {
      const Entries = batch.map(({ receiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
      }));
      const command = new DeleteMessageBatchCommand({ QueueUrl: this.#url, Entries });
      const { Failed = [] } = await this.#sqs.send(command);
      return Failed;
    });
  }

  /** Lets others see again what was received. */
  async showAgain(messages: readonly ReceivedMessage[]): Promise<void> {
    await this.#inBatches(messages, noBytes, async (batch) => {
      const Entries = batch.map(({ receiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: 0,
      }));
      const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.#url, Entries });
      const { Failed = [] } = await this.#sqs.send(command);
      return Failed;
    });
  }

  /** Works through all of them, a few batches side by side; a batch that fails whole fails for each of its own. */
  async #inBatches<Each>(
    all: readonly Each[],
    bytesOf: (each: Each) => number,
    work: (
      batch: readonly Each[],
    ) => Promise<readonly { readonly Id?: string | undefined; readonly Message?: string | undefined }[]>,
  ): Promise<readonly (string | undefined)[]> {
    const limit = pLimit(batchesMax);
    const results = batchesOf(all, bytesOf).map((batch) =>
      limit(async () => {
        try {
          const failed = new Map((await work(batch)).map(({ Id, Message }) => [Id, Message ?? 'refused']));
          return batch.map((_, index) => failed.get(String(index)));
        } catch (error) {
          return batch.map(() => (error instanceof Error ? error.message : String(error)));
        }
      }),
    );
    return (await Promise.all(results)).flat();
  }
}

const noBytes = (): number => 0;

function batchesOf<Each>(
  all: readonly Each[],
  bytesOf: (each: Each) => number,
): readonly (readonly Each[])[] {
  const batches: Each[][] = [];
  let bytes = 0;
  for (const each of all) {
    const size = bytesOf(each);
    const last = batches.at(-1);
    if (last === undefined || last.length === batchMax || bytes + size > batchBytesMax) {
      batches.push([each]);
      bytes = size;
    } else {
      last.push(each);
      bytes += size;
    }
  }
  return batches;
}
