import { z } from 'zod';
import { AwsError, notModelled } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import { runBatch } from './batch.ts';
import type { Message } from './message.ts';
import {
  checkMessageAttributes,
  messageAttributeMap,
  sizeOfAttributes,
  traceHeaderOf,
} from './message-attributes.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

const api = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';
const batchBytesMax = 1_048_576;
// Everything but the characters that XML 1.0 allows: SQS refuses the others.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters looked for
const forbiddenCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const messageMembers = {
  MessageBody: z.string(),
  DelaySeconds: z.number().int().optional(),
  MessageAttributes: messageAttributeMap.optional(),
  MessageSystemAttributes: messageAttributeMap.optional(),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
};
const sendEntry = z.strictObject({ Id: z.string(), ...messageMembers });
type Sending = Omit<z.output<typeof sendEntry>, 'Id'>;

/** SendMessage and SendMessageBatch. */
export function sendOperations(queues: Queues): readonly Operation[] {
  return [
    operation({
      name: 'SendMessage',
      effect: 'write',
      input: z.strictObject({ QueueUrl: z.string(), ...messageMembers }),
      run: ({ QueueUrl, ...sending }) => sentResult(send(queues.byUrl(QueueUrl), sending)),
      honesty: {
        modelled: [
          'Size with attributes, characters, attribute rules, delay and both MD5 digests.',
          'A message group id on a standard queue is kept and shown.',
        ],
        notModelled: [
          'Fair queues: the group id does not change the order.',
          'System attributes but AWSTraceHeader.',
        ],
        sources: [`${api}/API_SendMessage.html`, 'unverified: the texts of the attribute errors'],
      },
    }),
    operation({
      name: 'SendMessageBatch',
      effect: 'write',
      input: z.strictObject({ QueueUrl: z.string(), Entries: z.array(sendEntry) }),
      run: ({ QueueUrl, Entries }) => {
        const queue = queues.byUrl(QueueUrl);
        const bytes = Entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
        if (bytes > batchBytesMax)
          throw new AwsError(
            'BatchRequestTooLong',
            `Batch requests cannot be longer than ${batchBytesMax} bytes. You have sent ${bytes} bytes.`,
          );
        return runBatch(Entries, (entry) => sentResult(send(queue, entry)));
      },
      honesty: {
        modelled: ['At most 10 entries and 1 MiB together; each entry succeeds or fails by itself.'],
        sources: [`${api}/API_SendMessageBatch.html`],
      },
    }),
  ];
}

function send(queue: Queue, sending: Sending): Message {
  const { MessageBody, MessageAttributes = {}, DelaySeconds = queue.settings.DelaySeconds } = sending;
  if (sending.MessageDeduplicationId !== undefined) throw notModelled('MessageDeduplicationId (FIFO queues)');
  if (MessageBody === '')
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (forbiddenCharacters.test(MessageBody))
    throw new AwsError('InvalidMessageContents', 'The message contains characters outside the allowed set.');
  if (DelaySeconds < 0 || DelaySeconds > 900)
    throw new AwsError(
      'InvalidParameterValue',
      `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  checkMessageAttributes(MessageAttributes);
  const { MaximumMessageSize } = queue.settings;
  if (sizeOf(sending) > MaximumMessageSize)
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${MaximumMessageSize} bytes.`,
    );
  const message = {
    body: MessageBody,
    attributes: MessageAttributes,
    senderId: 'AIDALOCALCLOUDCALLER1',
    traceHeader: traceHeaderOf(sending.MessageSystemAttributes),
    groupId: sending.MessageGroupId,
  };
  return queue.send(message, DelaySeconds);
}

function sizeOf({ MessageBody, MessageAttributes = {} }: Sending): number {
  return Buffer.byteLength(MessageBody) + sizeOfAttributes(MessageAttributes);
}

function sentResult(message: Message): object {
  return {
    MessageId: message.id,
    MD5OfMessageBody: message.md5OfBody,
    MD5OfMessageAttributes: message.md5OfAttributes,
  };
}
