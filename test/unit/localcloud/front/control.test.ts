import { describe, expect, test } from 'vitest';
import { type Cloud, createCloud } from '../../../../localcloud/cloud.ts';
import { RealClock, VirtualClock } from '../../../../localcloud/core/clock.ts';
import { answerControl } from '../../../../localcloud/front/control.ts';

const startMs = Date.UTC(2026, 0, 1);

async function ask(
  cloud: Cloud,
  method: string,
  target: string,
  body?: unknown,
): Promise<{ status: number; answer: unknown }> {
  const [path = '', query = ''] = target.split('?');
  const response = await answerControl(cloud, {
    method,
    path: `/_localcloud/${path}`,
    query: new URLSearchParams(query),
    headers: {},
    body: body === undefined ? '' : JSON.stringify(body),
  });
  return { status: response.status, answer: JSON.parse(response.body) };
}

const aCloud = (): Cloud => createCloud({ clock: new VirtualClock(startMs) });

const identityRequest = {
  method: 'POST',
  path: '/',
  query: new URLSearchParams(),
  headers: {},
  body: 'Action=GetCallerIdentity&Version=2011-06-15',
};

const aLaunch = { ImageId: 'ami-0abcdef1234567890', InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 };

async function instanceStatus(cloud: Cloud): Promise<string | undefined> {
  const { body } = await cloud.handle({
    ...identityRequest,
    body: 'Action=DescribeInstanceStatus&Version=2016-11-15',
  });
  return /<instanceStatus>.*?<status>(\w+)</s.exec(body)?.[1];
}

describe('the clock', () => {
  test('can be advanced when it is virtual, running what falls due', async () => {
    const cloud = aCloud();
    const dueAtMs: number[] = [];
    cloud.clock.after(400, () => dueAtMs.push(cloud.clock.now()));
    cloud.clock.after(5_000, () => dueAtMs.push(cloud.clock.now()));

    const { answer } = await ask(cloud, 'POST', 'clock', { advanceMs: 1_000 });

    expect(answer).toEqual({ kind: 'virtual', nowMs: startMs + 1_000, nextDueMs: startMs + 5_000 });
    expect(dueAtMs).toEqual([startMs + 400]);
  });

  test('cannot be advanced when it is real', async () => {
    const cloud = createCloud({ clock: new RealClock() });

    const { status, answer } = await ask(cloud, 'POST', 'clock', { advanceMs: 1_000 });

    expect(status).toBe(409);
    expect(answer).toMatchObject({ error: { code: 'ClockIsReal' } });
  });
});

describe('faults', () => {
  test('are added, listed with their counts, and removed', async () => {
    const cloud = aCloud();
    const rule = { service: 'sts', fault: { kind: 'error', code: 'Throttling' } };

    const added = await ask(cloud, 'POST', 'faults', rule);
    const response = await cloud.handle(identityRequest);
    const listed = await ask(cloud, 'GET', 'faults');
    const removed = await ask(cloud, 'DELETE', 'faults?id=1');

    expect(added.answer).toEqual({ id: 1 });
    expect(response.body).toContain('<Code>Throttling</Code>');
    expect(listed.answer).toEqual({ faults: [{ id: 1, rule, matched: 1, struck: 1 }] });
    expect(removed.answer).toEqual({ faults: [] });
  });

  test('are all removed when no id is given', async () => {
    const cloud = aCloud();
    await ask(cloud, 'POST', 'faults', { fault: { kind: 'connection-reset' } });

    const { answer } = await ask(cloud, 'DELETE', 'faults');

    expect(answer).toEqual({ faults: [] });
  });

  test('of an unknown id cannot be removed', async () => {
    const { status, answer } = await ask(aCloud(), 'DELETE', 'faults?id=7');

    expect(status).toBe(404);
    expect(answer).toEqual({ error: { code: 'UnknownFault', message: 'there is no fault rule 7' } });
  });
});

test('throttles are switched', async () => {
  const cloud = aCloud();

  const switched = await ask(cloud, 'PUT', 'throttles', { enabled: false });
  const read = await ask(cloud, 'GET', 'throttles');

  expect([switched.answer, read.answer]).toEqual([{ enabled: false }, { enabled: false }]);
  expect(cloud.throttles.isEnabled).toBe(false);
});

test('lag is changed for the named settings only', async () => {
  const cloud = aCloud();
  await ask(cloud, 'PUT', 'lag', { route53SyncMs: 30_000 });

  const { answer } = await ask(cloud, 'PUT', 'lag', { describeMs: 2_000 });

  expect(answer).toMatchObject({ describeMs: 2_000, route53SyncMs: 30_000 });
  expect(cloud.surroundings.lag()).toMatchObject({ describeMs: 2_000, route53SyncMs: 30_000 });
});

test('events can be made to get lost between their source and their targets', async () => {
  const { status, answer } = await ask(aCloud(), 'PUT', 'delivery', { dropProbability: 1 });

  expect(status).toBe(200);
  expect(answer).toEqual({ dropProbability: 1 });
});

test('killing where nothing runs kills nothing', async () => {
  const { answer } = await ask(aCloud(), 'POST', 'kill', { functionName: 'on-events' });

  expect(answer).toEqual({ killed: 0 });
});

test('the call log is read from a sequence number on', async () => {
  const cloud = aCloud();
  await cloud.handle(identityRequest);
  const { sequence } = cloud.callLog;
  await cloud.handle(identityRequest);

  const { answer } = await ask(cloud, 'GET', `calls?since=${sequence}`);

  expect(answer).toMatchObject({
    sequence: 4,
    calls: [{ startSequence: 3, endSequence: 4, operation: 'GetCallerIdentity' }],
  });
});

test('a reset empties the world and takes away faults', async () => {
  const cloud = aCloud();
  await cloud.rooms.sqs.operations.get('CreateQueue')?.run({ QueueName: 'jobs' } as never, {
    requestId: '',
    accessKeyId: '',
    traceId: undefined,
  });
  await ask(cloud, 'POST', 'faults', { fault: { kind: 'connection-reset' } });

  const { answer } = await ask(cloud, 'POST', 'reset');

  expect(answer).toEqual({ status: 'ok' });
  expect(cloud.rooms.sqs.queues()).toEqual([]);
  expect(cloud.faults.list()).toEqual([]);
});

test('health names the services', async () => {
  const { answer } = await ask(aCloud(), 'GET', 'health');

  expect(answer).toMatchObject({ status: 'ok', services: expect.arrayContaining(['dynamodb', 'sts']) });
});

test('state shows each service’s world without a trace in the call log', async () => {
  const cloud = aCloud();
  const [instanceId] = cloud.rooms.ec2.runInstances(aLaunch);

  const { answer } = await ask(cloud, 'GET', 'state');

  expect(answer).toMatchObject({
    dynamodb: { tables: [] },
    ec2: { instances: [{ id: instanceId }] },
    events: { rules: [] },
    sqs: { queues: [] },
  });
  expect(cloud.callLog.calls()).toEqual([]);
});

describe('status checks', () => {
  const check = (cloud: Cloud): Promise<{ answer: unknown }> =>
    ask(cloud, 'PUT', 'status-checks', { instanceId: 'i-0123456789abcdef0', failing: 'system' });

  test('of an instance can be made to fail and to pass again', async () => {
    const cloud = aCloud();
    const [instanceId = ''] = cloud.rooms.ec2.runInstances(aLaunch);
    await cloud.passTime(300_000);

    const failed = await ask(cloud, 'PUT', 'status-checks', { instanceId, failing: 'instance' });
    const statusWhileFailing = await instanceStatus(cloud);
    await ask(cloud, 'PUT', 'status-checks', { instanceId, failing: 'none' });
    const statusAfter = await instanceStatus(cloud);

    expect(failed.answer).toEqual({ instanceId, failing: 'instance' });
    expect([statusWhileFailing, statusAfter]).toEqual(['impaired', 'ok']);
  });

  test('need an instance', async () => {
    const { answer } = await check(aCloud());

    expect(answer).toMatchObject({ error: { code: 'UnknownInstance' } });
  });
});

describe('what is not known is named', () => {
  test.each([
    ['GET', 'weather', undefined, 404, 'there is no control route /_localcloud/weather'],
    ['DELETE', 'clock', undefined, 405, '/_localcloud/clock takes GET, POST, not DELETE'],
    ['POST', 'clock', { advanceMs: 1, days: 2 }, 400, 'Unrecognized key: "days"'],
    ['POST', 'clock', {}, 400, 'advanceMs'],
    ['GET', 'calls?untill=3', undefined, 400, 'Unrecognized key: "untill"'],
    ['POST', 'faults', { fault: { kind: 'earthquake' } }, 400, 'fault.kind'],
  ])('%s %s %j', async (method, target, body, expectedStatus, message) => {
    const { status, answer } = await ask(aCloud(), method, target, body);

    expect(status).toBe(expectedStatus);
    expect(answer).toMatchObject({ error: { message: expect.stringContaining(message) } });
  });

  test('a body that is not JSON', async () => {
    const response = await answerControl(aCloud(), {
      ...identityRequest,
      path: '/_localcloud/faults',
      body: 'faults=none',
    });

    expect(response.status).toBe(400);
    expect(response.body).toContain('the body is not JSON');
  });
});
