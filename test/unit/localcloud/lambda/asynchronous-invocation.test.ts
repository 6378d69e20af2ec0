import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { FunctionInput } from '../../../../localcloud/lambda/function-configuration.ts';
import { type EventCloud, eventCloud, functionPath } from './event-cloud.ts';

const failuresArn = 'arn:aws:sqs:us-east-1:123456789012:failures';

let cloud: EventCloud;
beforeEach(async () => {
  cloud = await eventCloud();
  await cloud.sqs.send(new CreateQueueCommand({ QueueName: 'failures' }));
  onTestFinished(() => cloud[Symbol.asyncDispose]());
});

function create(input: Partial<FunctionInput>): void {
  cloud.rooms.lambda.createFunction({
    name: 'flaky',
    codePath: functionPath('flaky'),
    handler: 'flaky.handler',
    onFailureDestinationArn: failuresArn,
    ...input,
  });
}

/** When each attempt began, in seconds after acceptance. */
function attemptsAfterSeconds(acceptedMs: number): number[] {
  return cloud.rooms.lambda.logLines('flaky').map(({ timeMs }) => Math.floor((timeMs - acceptedMs) / 1000));
}

function failures(): unknown[] {
  return cloud.rooms.sqs
    .queueByArn(failuresArn)
    .messages()
    .map(({ body }) => JSON.parse(body));
}

test('an accepted event is tried again one and then two minutes after a failure', async () => {
  create({ environment: { FAILURES: '2' } });
  const acceptedMs = cloud.clock.now();

  cloud.rooms.lambda.invokeAsynchronously('flaky', '{"role":"db"}');
  await cloud.settle();

  expect(attemptsAfterSeconds(acceptedMs)).toEqual([0, 60, 180]);
  expect(failures()).toEqual([]);
});

test('after the third failure the event goes to the on-failure destination', async () => {
  create({ environment: { FAILURES: '9' } });

  cloud.rooms.lambda.invokeAsynchronously('flaky', '{"role":"db"}');
  await cloud.settle();

  const [invocation] = cloud.rooms.lambda.invocations();
  expect(failures()).toEqual([
    {
      version: '1.0',
      timestamp: expect.stringMatching(/^2026-01-01T00:03:00\.\d{3}Z$/),
      requestContext: {
        requestId: invocation?.requestId,
        functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:flaky:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { role: 'db' },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'not yet', trace: expect.anything() },
    },
  ]);
});

test('a throttled event waits for capacity until it is too old', async () => {
  create({ reservedConcurrency: 0, maximumEventAgeSeconds: 60 });

  cloud.rooms.lambda.invokeAsynchronously('flaky', '{}');
  await cloud.settle();

  expect(failures()).toMatchObject([
    { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 } },
  ]);
});

test('a throttled event runs as soon as its back-off finds capacity', async () => {
  create({ reservedConcurrency: 1, environment: { PAUSE_MS: '2000' } });
  const acceptedMs = cloud.clock.now();

  for (const role of ['a', 'b']) cloud.rooms.lambda.invokeAsynchronously('flaky', JSON.stringify({ role }));
  await cloud.settle();

  expect(attemptsAfterSeconds(acceptedMs)).toEqual([0, 3]);
});

test('a function that is deleted before its next attempt is not started again', async () => {
  create({ environment: { FAILURES: '9' } });
  cloud.rooms.lambda.invokeAsynchronously('flaky', '{}');
  await cloud.settle({ horizonMs: 30_000 });

  await cloud.rooms.lambda.deleteFunction('flaky');
  await cloud.settle();

  expect(cloud.rooms.lambda.invocations()).toHaveLength(1);
  expect(failures()).toEqual([]);
});
