import { z } from 'zod';
import { flag, resourceType, tagList, type Workshop, wholeNumber } from '../resource-type.ts';

const settings = {
  DelaySeconds: wholeNumber.optional(),
  MaximumMessageSize: wholeNumber.optional(),
  MessageRetentionPeriod: wholeNumber.optional(),
  ReceiveMessageWaitTimeSeconds: wholeNumber.optional(),
  VisibilityTimeout: wholeNumber.optional(),
  SqsManagedSseEnabled: flag.optional(),
  KmsMasterKeyId: z.string().optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: wholeNumber }).optional(),
  RedriveAllowPolicy: z
    .strictObject({
      redrivePermission: z.enum(['allowAll', 'denyAll', 'byQueue']),
      sourceQueueArns: z.array(z.string()).optional(),
    })
    .optional(),
};

type Settings = z.output<z.ZodObject<typeof settings>>;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export const sqsQueue = resourceType({
  name: 'AWS::SQS::Queue',
  shape: { QueueName: z.string().optional(), ...settings, Tags: tagList.optional() },
  attributeNames: ['Arn', 'QueueName', 'QueueUrl'],
  replacedBy: ['QueueName'],
  create: async ({ logicalId, properties: { QueueName, Tags = [], ...rest }, workshop }) => {
    const name = QueueName ?? workshop.nameFor(logicalId, 80);
    const { QueueUrl } = await workshop.call('sqs', 'CreateQueue', {
      QueueName: name,
      Attributes: attributesOf(rest),
      tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
    });
    const url = String(QueueUrl);
    const attributes = { Arn: queueArn(workshop, name), QueueName: name, QueueUrl: url };
    return { ref: url, attributes };
  },
  update: async ({ properties, workshop }, current, former) => {
    const { QueueName: _name, Tags = [], ...rest } = properties;
    const { QueueName: _formerName, Tags: formerTags = [], ...formerRest } = former;
    const QueueUrl = current.ref;
    const Attributes = { ...defaultsOf(formerRest, rest), ...attributesOf(rest) };
    await workshop.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes });
    await workshop.call('sqs', 'UntagQueue', { QueueUrl, TagKeys: formerTags.map(({ Key }) => Key) });
    await workshop.call('sqs', 'TagQueue', {
      QueueUrl,
      Tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
    });
    return current;
  },
  remove: async ({ workshop }, { ref }) => {
    await workshop.call('sqs', 'DeleteQueue', { QueueUrl: ref });
  },
});

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html */
export const sqsQueuePolicy = resourceType({
  name: 'AWS::SQS::QueuePolicy',
  shape: { PolicyDocument: z.looseObject({}), Queues: z.array(z.string()).min(1) },
  attributeNames: ['Id'],
  create: async ({ logicalId, properties, workshop }) => {
    await setPolicies(workshop, properties.Queues, properties.PolicyDocument);
    const id = workshop.nameFor(logicalId, 255);
    return { ref: id, attributes: { Id: id } };
  },
  update: async ({ properties, workshop }, current, former) => {
    const left = former.Queues.filter((queue) => !properties.Queues.includes(queue));
    await setPolicies(workshop, left, undefined);
    await setPolicies(workshop, properties.Queues, properties.PolicyDocument);
    return current;
  },
  remove: async ({ properties, workshop }) => {
    await setPolicies(workshop, properties.Queues, undefined);
  },
});

async function setPolicies(
  workshop: Workshop,
  queueUrls: readonly string[],
  document: object | undefined,
): Promise<void> {
  const Policy = document === undefined ? '' : JSON.stringify(document);
  if (document !== undefined) workshop.iam.checkResourcePolicy(Policy);
  for (const QueueUrl of queueUrls)
    await workshop.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
}

function attributesOf(properties: Settings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}

/** What a queue has when its template does not say: for settings that were taken out of it. */
const defaults: Readonly<Record<string, string>> = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
  SqsManagedSseEnabled: 'true',
  RedrivePolicy: '',
  RedriveAllowPolicy: '',
};

function defaultsOf(former: Settings, wanted: Settings): Record<string, string> {
  const given = attributesOf(wanted);
  return Object.fromEntries(
    Object.keys(attributesOf(former))
      .filter((name) => !(name in given))
      .map((name) => [name, defaults[name] ?? '']),
  );
}

function queueArn({ surroundings: { partition, region, accountId } }: Workshop, name: string): string {
  return `arn:${partition}:sqs:${region}:${accountId}:${name}`;
}
