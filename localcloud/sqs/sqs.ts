import { AwsError } from '../core/aws-error.ts';
import { type InputProblem, operationMap, type Service } from '../core/service.ts';
import type { Surroundings } from '../core/surroundings.ts';
import { jsonProtocol } from '../wire/json-protocol.ts';
import type { NewMessage } from './message.ts';
import { moveTaskOperations } from './move-task-operations.ts';
import { MoveTasks } from './move-tasks.ts';
import { isQueryRequest, queryProtocol } from './query-protocol.ts';
import type { Queue } from './queue.ts';
import { queueOperations } from './queue-operations.ts';
import { Queues } from './queues.ts';
import { receiveOperations } from './receive-operations.ts';
import { sendOperations } from './send-operations.ts';

/** Settings of the SQS room. */
export interface SqsSettings {
  /** What queue URLs start with, e.g. `http://127.0.0.1:4566`; AWS's own endpoint of the region without it. */
  readonly endpoint?: () => string;
}

/** SQS as a service on the wire, and what other rooms and tests need of it. */
export interface Sqs extends Service {
  /** Throws QueueDoesNotExist. */
  queueByArn(arn: string): Queue;
  /** Puts a message into a queue as another AWS service does. Throws QueueDoesNotExist. */
  sendTo(queueArn: string, message: NewMessage): void;
  /** All queues, in order of name. */
  queues(): readonly Queue[];
}

/**
 * Simple Queue Service, standard queues.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html
 */
export function createSqs(surroundings: Surroundings, settings: SqsSettings = {}): Sqs {
  const { clock, region, partition } = surroundings;
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const random = surroundings.random.fork('sqs');
  const queues = new Queues(
    { ...surroundings, random },
    settings.endpoint ?? (() => `https://sqs.${region}.${domain}`),
  );
  const queueByArn = (arn: string): Queue => {
    const queue = queues.byArn(arn);
    if (queue === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };
  const protocol = jsonProtocol({
    version: '1.0',
    targetPrefix: 'AmazonSQS',
    errorNamespace: 'com.amazonaws.sqs',
    blobs: new Set(['BinaryValue', 'BinaryListValues']),
    queryErrorCodes,
  });
  const olderProtocol = queryProtocol(queryErrorCodes);
  return {
    name: 'sqs',
    protocol: { ...protocol, inputError },
    protocolOf: (request) => (isQueryRequest(request) ? olderProtocol : protocol),
    operations: operationMap([
      ...queueOperations(queues, clock),
      ...sendOperations(queues),
      ...receiveOperations(queues, clock),
      ...moveTaskOperations(new MoveTasks(queues, clock, random)),
    ]),
    queueByArn,
    sendTo: (arn, message) => void queueByArn(arn).send(message),
    queues: () => queues.list(),
  };
}

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
function inputError(problem: InputProblem): AwsError {
  switch (problem.kind) {
    case 'missing':
      return new AwsError('MissingParameter', `The request must contain the parameter ${problem.parameter}.`);
    case 'unknown':
      return new AwsError('UnknownParameter', `The parameter ${problem.parameter} is not recognized.`);
    case 'invalid':
      return new AwsError(
        'InvalidParameterValue',
        `Value for parameter ${problem.parameter} is invalid. Reason: ${problem.detail}.`,
      );
  }
}

const prefixed = (code: string): readonly [string, string] => [code, `AWS.SimpleQueueService.${code}`];

const queryErrorCodes: ReadonlyMap<string, string> = new Map([
  prefixed('BatchEntryIdsNotDistinct'),
  prefixed('BatchRequestTooLong'),
  prefixed('EmptyBatchRequest'),
  prefixed('InvalidBatchEntryId'),
  prefixed('MessageNotInflight'),
  prefixed('PurgeQueueInProgress'),
  prefixed('QueueDeletedRecently'),
  prefixed('TooManyEntriesInBatchRequest'),
  prefixed('UnsupportedOperation'),
  ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  ['QueueNameExists', 'QueueAlreadyExists'],
]);
