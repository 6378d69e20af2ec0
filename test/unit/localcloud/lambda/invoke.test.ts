import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import type { FunctionInput } from '../../../../localcloud/lambda/function-configuration.ts';
import type { InvocationResult } from '../../../../localcloud/lambda/lambda.ts';
import { type EventCloud, eventCloud, functionPath } from './event-cloud.ts';

let cloud: EventCloud;
beforeEach(async () => {
  cloud = await eventCloud();
  onTestFinished(() => cloud[Symbol.asyncDispose]());
});

function create(name: string, input: Partial<FunctionInput> = {}): void {
  cloud.rooms.lambda.createFunction({
    name,
    codePath: functionPath(name),
    handler: `${name}.handler`,
    ...input,
  });
}

/** Invokes and lets time pass until the answer is there. */
async function invoke(name: string, event: object = {}): Promise<InvocationResult & { answer: unknown }> {
  const invoked = cloud.rooms.lambda.invoke(name, event);
  await cloud.settle();
  const result = await invoked;
  return { ...result, answer: JSON.parse(result.payload) };
}

describe('an invocation', () => {
  test('gets its event and context and gives its result', async () => {
    create('echo', { timeoutSeconds: 7, memoryMb: 256 });

    const { requestId, answer } = await invoke('echo', { log: 'to stderr' });

    expect(answer).toMatchObject({
      remainingMs: 7000,
      context: {
        awsRequestId: requestId,
        functionName: 'echo',
        arn: 'arn:aws:lambda:us-east-1:123456789012:function:echo',
      },
    });
    expect(cloud.rooms.lambda.logLines('echo')).toMatchObject([
      { requestId, text: '{"message":"begins","event":{"log":"to stderr"}}' },
      { requestId, text: 'to stderr' },
    ]);
  });

  test("sees Lambda's variables, its own, and nothing of the machine's", async () => {
    create('echo', { environment: { TABLE_NAME: 'roles' } });

    const { answer } = await invoke('echo');

    const [configuration] = cloud.rooms.lambda.functions();
    const [record] = cloud.rooms.lambda.invocations();
    expect(answer).toMatchObject({
      environment: {
        TABLE_NAME: 'roles',
        AWS_REGION: 'us-east-1',
        AWS_LAMBDA_FUNCTION_NAME: 'echo',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
        AWS_ACCESS_KEY_ID: configuration?.accessKeyId,
        AWS_ENDPOINT_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        AWS_EC2_METADATA_DISABLED: 'true',
        _X_AMZN_TRACE_ID: record?.traceId,
      },
    });
    expect(Object.keys((answer as { environment: object }).environment)).not.toContain('HOME');
  });

  test('reuses a warm environment, and starts another while that one is busy', async () => {
    create('echo');
    await invoke('echo');

    const [warm, other] = [
      cloud.rooms.lambda.invoke('echo', { pauseMs: 1000 }),
      cloud.rooms.lambda.invoke('echo', {}),
    ];
    await cloud.settle();

    expect(JSON.parse((await warm).payload)).toMatchObject({ invocations: 2 });
    expect(JSON.parse((await other).payload)).toMatchObject({ invocations: 1 });
  });

  test('that throws is a function error with type, message and trace', async () => {
    create('echo');

    const { functionError, answer } = await invoke('echo', { fail: 'no such role' });

    expect(functionError).toBe('Unhandled');
    expect(answer).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'no such role',
      trace: [
        'TypeError: no such role',
        expect.stringContaining('echo.mjs'),
        expect.anything(),
        expect.anything(),
      ],
    });
  });

  test('that takes too long is ended at its timeout, and the next one starts cold', async () => {
    create('echo', { timeoutSeconds: 3 });
    const startMs = cloud.clock.now();

    const { requestId, answer } = await invoke('echo', { hang: true });

    expect(cloud.clock.now() - startMs).toBe(3000);
    expect(answer).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 3.00 seconds`,
    });
    expect((await invoke('echo')).answer).toMatchObject({ invocations: 1 });
  });

  test.each([
    ['exits', { exit: 3 }, 'Runtime.ExitError'],
    ['lets a rejection escape', { escape: 'lost', hang: true }, 'Runtime.UnhandledPromiseRejection'],
  ])('that %s is a function error, and the next one starts cold', async (_what, event, errorType) => {
    create('echo');

    const { functionError, answer } = await invoke('echo', event);

    expect(functionError).toBe('Unhandled');
    expect(answer).toMatchObject({ errorType });
    expect((await invoke('echo')).answer).toMatchObject({ invocations: 1 });
  });

  test.each([
    ['a module that throws', 'broken', {}, 'SyntaxError'],
    ['a handler that is not exported', 'echo', { handler: 'echo.main' }, 'Runtime.HandlerNotFound'],
  ])('of %s is a function error', async (_what, name, input, errorType) => {
    create(name, input);

    const { answer } = await invoke(name);

    expect(answer).toMatchObject({ errorType });
  });

  test('can be killed at any time', async () => {
    create('echo', { timeoutSeconds: 60 });
    const invoked = cloud.rooms.lambda.invoke('echo', { pauseMs: 30_000 });
    await cloud.settle({ horizonMs: 10_000 });

    const killed = cloud.rooms.lambda.kill({ functionName: 'echo' });
    await cloud.settle();

    expect(killed).toBe(1);
    expect(JSON.parse((await invoked).payload)).toMatchObject({ errorType: 'Runtime.ExitError' });
  });

  test('above the reserved concurrency is throttled', async () => {
    create('echo', { reservedConcurrency: 1 });
    const first = cloud.rooms.lambda.invoke('echo', {});

    const second = cloud.rooms.lambda.invoke('echo', {});

    await expect(second).rejects.toMatchObject({ code: 'TooManyRequestsException', status: 429 });
    await first;
  });

  test('of an unknown function is refused by name', async () => {
    await expect(cloud.rooms.lambda.invoke('nobody', {})).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: expect.stringContaining('function:nobody'),
    });
  });
});

describe('a function', () => {
  test.each([
    [{ timeoutSeconds: 901 }, 'timeoutSeconds'],
    [{ memoryMb: 64 }, 'memoryMb'],
    [{ environment: { AWS_REGION: 'eu-west-1' } }, 'AWS_REGION'],
    [{ codePath: '/nowhere' }, '/nowhere'],
  ])('with %o is refused by what is wrong', (input, named) => {
    const creating = () => create('echo', input);

    expect(creating).toThrow(expect.objectContaining({ code: 'InvalidParameterValueException' }));
    expect(creating).toThrow(named);
  });
});

describe('virtual time in a function', () => {
  test('is what every clock shows and every timer waits for', async () => {
    create('time', { timeoutSeconds: 60 });
    const startMs = cloud.clock.now();

    const { answer } = await invoke('time');

    expect(answer).toEqual({
      steps: {
        'timers/promises': 1000,
        scheduler: 2000,
        setTimeout: 3000,
        setInterval: 4000,
        'async interval': 5000,
        'AbortSignal.timeout': 6000,
        'work that takes no virtual time': 6000,
      },
      now: new Date(startMs + 6000).toISOString(),
      text: expect.stringContaining('2026'),
      isDate: true,
      loadedMs: startMs,
      performanceMs: 6000,
      hrtimeMs: 6000,
    });
    expect(cloud.clock.now()).toBe(startMs + 6000);
  });

  test('does not pass while a call is under way, but does while the call itself waits for it', async () => {
    create('poll', { timeoutSeconds: 60 });
    const { QueueUrl } = await cloud.sqs.send(new CreateQueueCommand({ QueueName: 'empty' }));
    const startMs = cloud.clock.now();

    const { answer } = await invoke('poll', { QueueUrl, waitSeconds: 15 });

    expect(answer).toEqual({ shortPollMs: 0, longPollMs: 15_000 });
    expect(cloud.clock.now()).toBe(startMs + 15_000);
  });

  test('passes as slowly as the latency of calls says, whether they come one by one or at once', async () => {
    await using slow = await eventCloud(new VirtualClock(), { 'sqs:ListQueues': 80 });
    slow.rooms.lambda.createFunction({
      name: 'calls',
      codePath: functionPath('calls'),
      handler: 'calls.handler',
      timeoutSeconds: 60,
    });

    const invoked = slow.rooms.lambda.invoke('calls', { oneByOne: 5, atOnce: 10 });
    await slow.settle();

    expect(JSON.parse((await invoked).payload)).toEqual({ loadedMs: 80, oneByOneMs: 400, atOnceMs: 80 });
  });

  test('passes for a call that a former invocation of the environment has left open, too', async () => {
    await using slow = await eventCloud(new VirtualClock(), { 'sqs:ListQueues': 80 });
    slow.rooms.lambda.createFunction({
      name: 'leave',
      codePath: functionPath('leave'),
      handler: 'leave.handler',
      timeoutSeconds: 60,
    });
    const left = slow.rooms.lambda.invoke('leave', { isLeaving: true });
    await slow.settle({ horizonMs: 1 });
    await left;

    const invoked = slow.rooms.lambda.invoke('leave', {});
    await slow.settle();

    expect(JSON.parse((await invoked).payload)).toEqual({ spentMs: 80 });
  });

  test('ends at the horizon, and no later than the predicate says', async () => {
    create('echo', { timeoutSeconds: 900 });
    const startMs = cloud.clock.now();
    const invoked = cloud.rooms.lambda.invoke('echo', { pauseMs: 600_000 });

    const first = await cloud.settle({ horizonMs: 599_999 });
    const atHorizonMs = cloud.clock.now();
    const second = await cloud.settle({ until: () => cloud.clock.now() >= startMs + 600_000 });
    await invoked;

    expect([first, atHorizonMs - startMs]).toEqual(['quiet', 0]);
    expect([second, cloud.clock.now() - startMs]).toEqual(['met', 600_000]);
  });
});
