import { z } from 'zod';
import { AwsError, notModelled } from '../core/aws-error.ts';

/** How messages that were received too often leave a queue. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** The attributes of a queue that can be set, in SQS's units. */
export interface QueueSettings {
  readonly DelaySeconds: number;
  readonly MaximumMessageSize: number;
  readonly MessageRetentionPeriod: number;
  readonly ReceiveMessageWaitTimeSeconds: number;
  readonly VisibilityTimeout: number;
  readonly SqsManagedSseEnabled: boolean;
  readonly Policy?: string;
  readonly RedrivePolicy?: RedrivePolicy;
  readonly RedriveAllowPolicy?: string;
}

/** What a queue is created with. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export const defaultQueueSettings: QueueSettings = {
  DelaySeconds: 0,
  MaximumMessageSize: 1_048_576,
  MessageRetentionPeriod: 345_600,
  ReceiveMessageWaitTimeSeconds: 0,
  VisibilityTimeout: 30,
  SqsManagedSseEnabled: true,
};

const wholeNumber = (min: number, max: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(min).max(max));
const jsonText = z.string().refine((text) => isJsonObject(text));
const redrivePolicy = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z.strictObject({
      deadLetterTargetArn: z.string(),
      maxReceiveCount: z.coerce.number().int().min(1).max(1000).default(10),
    }),
  );

const parsers: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['DelaySeconds', wholeNumber(0, 900)],
  ['MaximumMessageSize', wholeNumber(1024, 1_048_576)],
  ['MessageRetentionPeriod', wholeNumber(60, 1_209_600)],
  ['ReceiveMessageWaitTimeSeconds', wholeNumber(0, 20)],
  ['VisibilityTimeout', wholeNumber(0, 43_200)],
  ['SqsManagedSseEnabled', z.enum(['true', 'false']).transform((text) => text === 'true')],
  ['Policy', jsonText],
  ['RedrivePolicy', redrivePolicy],
  ['RedriveAllowPolicy', jsonText],
]);

const unmodelled: ReadonlyMap<string, string> = new Map([
  ['FifoQueue', 'FIFO queues'],
  ['ContentBasedDeduplication', 'FIFO queues'],
  ['DeduplicationScope', 'FIFO queues'],
  ['FifoThroughputLimit', 'FIFO queues'],
  ['KmsMasterKeyId', 'SQS encryption with KMS keys'],
  ['KmsDataKeyReusePeriodSeconds', 'SQS encryption with KMS keys'],
]);

/** Attributes that SQS computes. */
export const computedAttributeNames = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
] as const;

/**
 * The settings after `attributes` were applied to `current`. An empty policy text removes the policy.
 * Throws InvalidAttributeName, InvalidAttributeValue, or what is not modelled by its name.
 */
export function applyAttributes(
  current: QueueSettings,
  attributes: Readonly<Record<string, string>>,
): QueueSettings {
  const changed: Record<string, unknown> = { ...current };
  for (const [name, text] of Object.entries(attributes)) {
    const what = unmodelled.get(name);
    if (what !== undefined) throw notModelled(what);
    const parser = parsers.get(name);
    if (parser === undefined) throw unknownAttribute(name);
    if (text === '' && name.endsWith('Policy')) {
      delete changed[name];
      continue;
    }
    const parsed = parser.safeParse(text);
    if (!parsed.success)
      throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
    changed[name] = parsed.data;
  }
  return changed as unknown as QueueSettings;
}

/** A setting as SQS shows it; undefined when it is not set. */
export function attributeText(settings: QueueSettings, name: string): string | undefined {
  if (!parsers.has(name)) throw unknownAttribute(name);
  const value: unknown = settings[name as keyof QueueSettings];
  if (value === undefined) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Every attribute that can be set and is modelled. */
export const settableAttributeNames: readonly string[] = [...parsers.keys()];

/** SQS's answer to an attribute name that it does not know. */
export function unknownAttribute(name: string): AwsError {
  return new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return text === '' || (typeof value === 'object' && value !== null);
  } catch {
    return text === '';
  }
}
