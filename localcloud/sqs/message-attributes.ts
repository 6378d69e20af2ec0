import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AwsError, notModelled } from '../core/aws-error.ts';

/** The value of one message attribute, in the SDK's names. */
export const messageAttributeValue = z.strictObject({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.instanceof(Uint8Array).optional(),
  StringListValues: z.array(z.string()).optional(),
  BinaryListValues: z.array(z.instanceof(Uint8Array)).optional(),
});
export const messageAttributeMap = z.record(z.string(), messageAttributeValue);

/** One user-defined attribute of a message. */
export type MessageAttributeValue = z.output<typeof messageAttributeValue>;
/** User-defined attributes of a message, by name. */
export type MessageAttributes = Readonly<Record<string, MessageAttributeValue>>;

const namePattern = /^(?!aws\.|amazon\.|\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/i;

/**
 * Throws what SQS answers to a name, type or value outside its rules: at most 10 attributes; types String, Number and
 * Binary with an optional custom label; a value that is not empty.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function checkMessageAttributes(attributes: MessageAttributes): void {
  const names = Object.keys(attributes);
  if (names.length > 10)
    throw invalid(`Number of message attributes [${names.length}] exceeds the allowed maximum [10].`);
  for (const [name, value] of Object.entries(attributes)) {
    if (!namePattern.test(name)) throw invalid(`Message (user) attribute name '${name}' is invalid.`);
    checkValue(name, value);
  }
}

function checkValue(name: string, value: MessageAttributeValue): void {
  const [type] = value.DataType.split('.', 1);
  if (value.StringListValues?.length || value.BinaryListValues?.length)
    throw new AwsError(
      'UnsupportedOperation',
      'Message attribute list values in SendMessage operation are not supported.',
    );
  if (type === 'String' || type === 'Number') {
    if (!value.StringValue)
      throw invalid(
        `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
      );
    if (type === 'Number' && !Number.isFinite(Number(value.StringValue)))
      throw invalid(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  } else if (type === 'Binary') {
    if (!value.BinaryValue?.length)
      throw invalid(
        `The message attribute '${name}' must contain non-empty message attribute value for message attribute type 'Binary'.`,
      );
  } else {
    throw invalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
}

/** Throws unless the only system attribute is a trace header, the one that SQS takes from senders. */
export function traceHeaderOf(systemAttributes: MessageAttributes | undefined): string | undefined {
  for (const name of Object.keys(systemAttributes ?? {}))
    if (name !== 'AWSTraceHeader') throw notModelled(`the message system attribute ${name}`);
  return systemAttributes?.['AWSTraceHeader']?.StringValue;
}

/** Bytes that attributes add to a message: names, types and values. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, value]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(value.DataType) + bytesOf(value).length,
    0,
  );
}

/**
 * The MD5 that the receiver checks: sorted by name; for each attribute the length-prefixed name and type, one byte for
 * the transport (1 string, 2 binary) and the length-prefixed value.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const entries = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Uint8Array): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const [name, value] of entries) {
    add(Buffer.from(name));
    add(Buffer.from(value.DataType));
    hash.update(Uint8Array.of(value.DataType.startsWith('Binary') ? 2 : 1));
    add(bytesOf(value));
  }
  return hash.digest('hex');
}

function bytesOf(value: MessageAttributeValue): Uint8Array {
  return value.BinaryValue ?? Buffer.from(value.StringValue ?? '');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
