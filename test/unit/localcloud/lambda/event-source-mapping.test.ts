import { CreateQueueCommand, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { MappingInput } from '../../../../localcloud/lambda/event-source-mapping.ts';
import type { FunctionInput } from '../../../../localcloud/lambda/function-configuration.ts';
import { type EventCloud, eventCloud, functionPath } from './event-cloud.ts';

const arnOf = (queue: string): string => `arn:aws:sqs:us-east-1:123456789012:${queue}`;
const queueUrl = 'http://localhost/123456789012/work';

let cloud: EventCloud;
beforeEach(async () => {
  cloud = await eventCloud();
  onTestFinished(() => cloud[Symbol.asyncDispose]());
});

/** Queue `work`, whose dead letters go to `dead` after the second receive, mapped to a function. */
async function connect(
  functionName: string,
  mapping: Partial<MappingInput> = {},
  input: Partial<FunctionInput> = {},
) {
  await cloud.sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
  const { QueueUrl: resultsUrl = '' } = await cloud.sqs.send(
    new CreateQueueCommand({ QueueName: 'results' }),
  );
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 2 });
  await cloud.sqs.send(new CreateQueueCommand({ QueueName: 'work', Attributes: { RedrivePolicy } }));
  cloud.rooms.lambda.createFunction({
    name: functionName,
    codePath: functionPath(functionName),
    handler: `${functionName}.handler`,
    ...input,
    environment: { RESULTS_URL: resultsUrl, ...input.environment },
  });
  return cloud.rooms.lambda.createEventSourceMapping({
    functionName,
    eventSourceArn: arnOf('work'),
    ...mapping,
  });
}

async function send(...bodies: string[]): Promise<void> {
  for (const MessageBody of bodies)
    await cloud.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
}

const bodiesIn = (queue: string): string[] =>
  cloud.rooms.sqs
    .queueByArn(arnOf(queue))
    .messages()
    .map(({ body }) => body);

/** The bodies that each invocation got. */
const batches = (functionName: string): string[][] =>
  cloud.rooms.lambda
    .logLines(functionName)
    .map(({ text }) => (JSON.parse(text) as { Records: { body: string }[] }).Records.map(({ body }) => body));

describe('a mapping', () => {
  test('gives the function records as Lambda does', async () => {
    await connect('flaky');
    const attribute = { DataType: 'String', StringValue: 'db' };
    const sentMs = cloud.clock.now();
    await cloud.sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: 'hello',
        MessageAttributes: { role: attribute },
      }),
    );

    await cloud.settle();

    const [line] = cloud.rooms.lambda.logLines('flaky');
    expect(JSON.parse(line?.text ?? '')).toEqual({
      Records: [
        {
          messageId: expect.any(String),
          receiptHandle: expect.any(String),
          body: 'hello',
          attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: String(sentMs),
            SenderId: expect.any(String),
            ApproximateFirstReceiveTimestamp: String(sentMs + 16),
          },
          messageAttributes: {
            role: { stringValue: 'db', stringListValues: [], binaryListValues: [], dataType: 'String' },
          },
          md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
          md5OfBody: '5d41402abc4b2a76b9719d911017c592',
          eventSource: 'aws:sqs',
          eventSourceARN: arnOf('work'),
          awsRegion: 'us-east-1',
        },
      ],
    });
  });

  test('deletes what succeeded, and what keeps failing ends in the dead-letter queue', async () => {
    await connect('collect', { reportBatchItemFailures: true });

    await send('one', 'poison', 'two');
    await cloud.settle();

    expect(bodiesIn('results').sort()).toEqual(['one', 'two']);
    expect(bodiesIn('dead')).toEqual(['poison']);
    expect(bodiesIn('work')).toEqual([]);
  });

  test('that does not report batch item failures ignores the response', async () => {
    await connect('collect');

    await send('one', 'poison');
    await cloud.settle();

    expect(bodiesIn('work')).toEqual([]);
    expect(bodiesIn('dead')).toEqual([]);
  });

  test('leaves a whole failed batch to its visibility timeout', async () => {
    await connect('flaky', {}, { environment: { FAILURES: '1' } });
    const startMs = cloud.clock.now();

    await send('one');
    await cloud.settle();

    const seconds = cloud.rooms.lambda
      .logLines('flaky')
      .map(({ timeMs }) => Math.floor((timeMs - startMs) / 1000));
    expect(seconds).toEqual([0, 30]);
    expect(bodiesIn('work')).toEqual([]);
  });

  test('leaves the batch of a killed function to its visibility timeout', async () => {
    await connect('flaky', {}, { environment: { PAUSE_MS: '2000' } });
    await send('one');
    await cloud.settle({ horizonMs: 1_000 });

    cloud.rooms.lambda.kill({ functionName: 'flaky' });
    await cloud.settle();

    expect(batches('flaky')).toEqual([['one'], ['one']]);
    expect(bodiesIn('work')).toEqual([]);
  });

  test('takes up to batchSize messages at once', async () => {
    await connect('flaky', { batchSize: 2 });

    await cloud.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: ['a', 'b', 'c'].map((body) => ({ Id: body, MessageBody: body })),
      }),
    );
    await cloud.settle();

    expect(batches('flaky')).toEqual([['a', 'b'], ['c']]);
  });

  test('collects during its window, and goes early when the batch is full', async () => {
    await connect('flaky', { batchSize: 3, maximumBatchingWindowSeconds: 10 });

    await send('a');
    await cloud.settle({ horizonMs: 5_000 });
    await send('b');
    await cloud.settle();
    await send('c', 'd', 'e');
    const beforeMs = cloud.clock.now();
    await cloud.settle();

    expect(batches('flaky')).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
    expect(cloud.rooms.lambda.logLines('flaky').at(-1)?.timeMs).toBeLessThan(beforeMs + 1_000);
  });

  test('runs no more invocations at once than its maximum concurrency', async () => {
    await connect('flaky', { batchSize: 1, maximumConcurrency: 2 }, { environment: { PAUSE_MS: '1000' } });
    const running = new Set<string>();
    let most = 0;
    cloud.rooms.lambda.onInvocation(({ requestId, outcome }) => {
      if (outcome === undefined) running.add(requestId);
      else running.delete(requestId);
      most = Math.max(most, running.size);
    });

    await send('a', 'b', 'c', 'd', 'e');
    await cloud.settle();

    expect(most).toBe(2);
    expect(bodiesIn('work')).toEqual([]);
  });

  test('that is disabled leaves messages in the queue until it is enabled', async () => {
    const mapping = await connect('flaky', { isEnabled: false });
    await send('a');
    await cloud.settle();
    const waiting = bodiesIn('work');

    mapping.enable();
    await cloud.settle();

    expect(waiting).toEqual(['a']);
    expect(bodiesIn('work')).toEqual([]);
  });

  test.each([
    [{ batchSize: 11 }, 'maximumBatchingWindowSeconds'],
    [{ maximumConcurrency: 1 }, 'maximumConcurrency'],
  ])('with %o is refused by what is wrong', async (mapping, named) => {
    await expect(connect('flaky', mapping)).rejects.toThrow(named);
  });

  test('of a queue whose visibility timeout is shorter than the function is refused', async () => {
    await expect(connect('flaky', {}, { timeoutSeconds: 31 })).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: 'Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds',
    });
  });
});
