import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import { type Operation, operation } from '../core/service.ts';
import type { Queue } from './queue.ts';
import {
  attributeText,
  computedAttributeNames,
  settableAttributeNames,
  unknownAttribute,
} from './queue-attributes.ts';
import { noSuchQueue, type Queues } from './queues.ts';

const api = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';
const textMap = z.record(z.string(), z.string());
const queueUrl = z.strictObject({ QueueUrl: z.string() });
const purgePauseMs = 60_000;

/** Making, finding, describing, emptying, tagging and deleting queues. */
export function queueOperations(queues: Queues, clock: Clock): readonly Operation[] {
  return [
    createQueue(queues),
    getQueueUrl(queues),
    listQueues(queues),
    getQueueAttributes(queues),
    setQueueAttributes(queues),
    deleteQueue(queues),
    purgeQueue(queues, clock),
    listDeadLetterSourceQueues(queues),
    ...tagOperations(queues),
  ];
}

function createQueue(queues: Queues): Operation {
  return operation({
    name: 'CreateQueue',
    effect: 'write',
    input: z.strictObject({
      QueueName: z.string(),
      Attributes: textMap.optional(),
      tags: textMap.optional(),
    }),
    run: ({ QueueName, Attributes = {}, tags = {} }) => {
      const isNew = queues.byName(QueueName) === undefined;
      const queue = queues.create(QueueName, Attributes);
      if (isNew) queue.tags = new Map(Object.entries(tags));
      return { QueueUrl: queues.urlOf(queue) };
    },
    honesty: {
      modelled: [
        'Idempotent with the same attributes, QueueNameExists with others, QueueDeletedRecently for 60 seconds.',
        'Names, attribute names and their ranges are checked; the dead-letter queue must exist.',
      ],
      notModelled: ['FIFO queues.', 'Encryption with KMS keys.', 'RedriveAllowPolicy is kept, not enforced.'],
      sources: [`${api}/API_CreateQueue.html`, 'unverified: the text of InvalidAttributeValue'],
    },
  });
}

function getQueueUrl(queues: Queues): Operation {
  return operation({
    name: 'GetQueueUrl',
    effect: 'read',
    input: z.strictObject({ QueueName: z.string() }),
    run: ({ QueueName }) => {
      const queue = queues.byName(QueueName);
      if (queue === undefined) throw noSuchQueue();
      return { QueueUrl: queues.urlOf(queue) };
    },
    honesty: {
      modelled: ['The URL of a queue of this account.'],
      notModelled: ['QueueOwnerAWSAccountId.'],
      sources: [`${api}/API_GetQueueUrl.html`],
    },
  });
}

function listQueues(queues: Queues): Operation {
  return operation({
    name: 'ListQueues',
    effect: 'read',
    input: z.strictObject({
      QueueNamePrefix: z.string().optional(),
      MaxResults: z.number().int().min(1).max(1000).optional(),
      NextToken: z.string().optional(),
    }),
    run: ({ QueueNamePrefix = '', MaxResults, NextToken = '' }) => {
      const rest = queues.list().filter(({ name }) => name.startsWith(QueueNamePrefix) && name > NextToken);
      const page = rest.slice(0, MaxResults ?? 1000);
      // Without MaxResults SQS never pages, however many there are.
      const hasMore = MaxResults !== undefined && rest.length > page.length;
      return {
        QueueUrls: page.map((queue) => queues.urlOf(queue)),
        NextToken: hasMore ? page.at(-1)?.name : undefined,
      };
    },
    honesty: {
      modelled: ['By prefix, in order of name, in pages when MaxResults is given.'],
      sources: [`${api}/API_ListQueues.html`],
    },
  });
}

function getQueueAttributes(queues: Queues): Operation {
  return operation({
    name: 'GetQueueAttributes',
    effect: 'read',
    input: z.strictObject({ QueueUrl: z.string(), AttributeNames: z.array(z.string()).optional() }),
    run: ({ QueueUrl, AttributeNames = [] }) => {
      const queue = queues.byUrl(QueueUrl);
      const names = AttributeNames.includes('All')
        ? [...settableAttributeNames, ...computedAttributeNames]
        : AttributeNames;
      const computed = computedAttributes(queue);
      const entries = names.map((name) => [name, computed.get(name) ?? attributeText(queue.settings, name)]);
      return { Attributes: Object.fromEntries(entries.filter(([, value]) => value !== undefined)) };
    },
    honesty: {
      modelled: ['All attributes of standard queues; counts are exact.'],
      notModelled: ['The lag of the approximate counts.'],
      sources: [`${api}/API_GetQueueAttributes.html`],
    },
  });
}

function computedAttributes(queue: Queue): ReadonlyMap<string, string> {
  const { visible, inFlight, delayed } = queue.counts();
  return new Map([
    ['ApproximateNumberOfMessages', String(visible)],
    ['ApproximateNumberOfMessagesNotVisible', String(inFlight)],
    ['ApproximateNumberOfMessagesDelayed', String(delayed)],
    ['CreatedTimestamp', String(Math.floor(queue.createdMs / 1000))],
    ['LastModifiedTimestamp', String(Math.floor(queue.modifiedMs / 1000))],
    ['QueueArn', queue.arn],
  ]);
}

function setQueueAttributes(queues: Queues): Operation {
  return operation({
    name: 'SetQueueAttributes',
    effect: 'write',
    input: z.strictObject({ QueueUrl: z.string(), Attributes: textMap }),
    run: ({ QueueUrl, Attributes }) => {
      const computed = Object.keys(Attributes).find((name) =>
        (computedAttributeNames as readonly string[]).includes(name),
      );
      if (computed !== undefined) throw unknownAttribute(computed);
      queues.setAttributes(queues.byUrl(QueueUrl), Attributes);
      return {};
    },
    honesty: {
      modelled: ['Ranges as for CreateQueue; an empty policy removes it; effective at once.'],
      notModelled: ['The up to 60 seconds (15 minutes for retention) until a change is everywhere.'],
      sources: [`${api}/API_SetQueueAttributes.html`],
    },
  });
}

function deleteQueue(queues: Queues): Operation {
  return operation({
    name: 'DeleteQueue',
    effect: 'write',
    input: queueUrl,
    run: ({ QueueUrl }) => {
      queues.delete(queues.byUrl(QueueUrl));
      return {};
    },
    honesty: {
      modelled: ['The queue and its messages are gone at once; its name is blocked for 60 seconds.'],
      notModelled: ['Sends that still succeed during those 60 seconds.'],
      sources: [`${api}/API_DeleteQueue.html`],
    },
  });
}

function purgeQueue(queues: Queues, clock: Clock): Operation {
  const purgedMs = new WeakMap<Queue, number>();
  return operation({
    name: 'PurgeQueue',
    effect: 'write',
    input: queueUrl,
    run: ({ QueueUrl }) => {
      const queue = queues.byUrl(QueueUrl);
      if (clock.now() < (purgedMs.get(queue) ?? Number.NEGATIVE_INFINITY) + purgePauseMs)
        throw new AwsError(
          'PurgeQueueInProgress',
          `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
          403,
        );
      purgedMs.set(queue, clock.now());
      queue.purge();
      return {};
    },
    honesty: {
      modelled: ['All messages go at once; once in 60 seconds.'],
      notModelled: ['The up to 60 seconds that deletion takes.'],
      sources: [`${api}/API_PurgeQueue.html`],
    },
  });
}

function listDeadLetterSourceQueues(queues: Queues): Operation {
  return operation({
    name: 'ListDeadLetterSourceQueues',
    effect: 'read',
    input: queueUrl,
    run: ({ QueueUrl }) => ({
      queueUrls: queues.sourcesOf(queues.byUrl(QueueUrl)).map((queue) => queues.urlOf(queue)),
    }),
    honesty: {
      modelled: ['All sources in one answer.'],
      notModelled: ['MaxResults and NextToken.'],
      sources: [`${api}/API_ListDeadLetterSourceQueues.html`],
    },
  });
}

function tagOperations(queues: Queues): readonly Operation[] {
  const honesty = { modelled: ['Tags are kept.'], sources: [`${api}/API_TagQueue.html`] };
  return [
    operation({
      name: 'TagQueue',
      effect: 'write',
      input: z.strictObject({ QueueUrl: z.string(), Tags: textMap }),
      run: ({ QueueUrl, Tags }) => {
        const queue = queues.byUrl(QueueUrl);
        queue.tags = new Map([...queue.tags, ...Object.entries(Tags)]);
        return {};
      },
      honesty,
    }),
    operation({
      name: 'UntagQueue',
      effect: 'write',
      input: z.strictObject({ QueueUrl: z.string(), TagKeys: z.array(z.string()) }),
      run: ({ QueueUrl, TagKeys }) => {
        const queue = queues.byUrl(QueueUrl);
        queue.tags = new Map([...queue.tags].filter(([key]) => !TagKeys.includes(key)));
        return {};
      },
      honesty,
    }),
    operation({
      name: 'ListQueueTags',
      effect: 'read',
      input: queueUrl,
      run: ({ QueueUrl }) => ({ Tags: Object.fromEntries(queues.byUrl(QueueUrl).tags) }),
      honesty,
    }),
  ];
}
