import { describe, expect, test } from 'vitest';
import { type Cloud, type CloudOptions, createCloud } from '../../../../localcloud/cloud.ts';
import { AwsError } from '../../../../localcloud/core/aws-error.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { InvariantViolation } from '../../../../localcloud/core/invariant-violation.ts';
import { passTime } from '../../../../localcloud/core/pass-time.ts';
import type { WireRequest, WireResponse } from '../../../../localcloud/core/service.ts';
import { type CountingRoom, countingRoom } from './counting-room.ts';

function aCloud(
  options: CloudOptions<object> = {},
  room = countingRoom(),
): { cloud: Cloud<object>; room: CountingRoom } {
  const cloud = createCloud({ clock: new VirtualClock(), rooms: () => [room], ...options });
  return { cloud, room };
}

interface RequestParts {
  readonly operation?: string;
  readonly input?: object;
  readonly service?: string;
  readonly region?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function aRequest(parts: RequestParts = {}): WireRequest {
  const { operation = 'Read', input = {}, service = 'dynamodb', region = 'us-east-1', headers = {} } = parts;
  return {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAONE/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      ...headers,
    },
    body: JSON.stringify(input),
  };
}

const answerOf = ({ status, body }: WireResponse): object => ({ status, ...JSON.parse(body) });

describe('a call', () => {
  test('reaches the operation and comes back with a request id', async () => {
    const { cloud, room } = aCloud();

    const response = await cloud.handle(aRequest({ operation: 'Add', input: { Amount: 2 } }));

    expect(answerOf(response)).toEqual({ status: 200, Count: 2 });
    expect(response.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(room.count()).toBe(2);
  });

  test('is logged with its caller and outcome', async () => {
    const { cloud } = aCloud();
    const headers = { 'x-amzn-trace-id': 'Root=1-abc' };

    await cloud.handle(aRequest({ operation: 'Add', input: { Amount: -1 }, headers }));

    expect(cloud.callLog.calls()).toMatchObject([
      {
        service: 'dynamodb',
        operation: 'Add',
        effect: 'write',
        accessKeyId: 'AKIAONE',
        traceId: 'Root=1-abc',
        errorCode: 'NegativeAmount',
      },
    ]);
  });

  test('that is unsigned finds its service by its target header', async () => {
    const { cloud } = aCloud();
    const { authorization: _unsigned, ...headers } = aRequest().headers;

    const response = await cloud.handle({ ...aRequest(), headers });

    expect(answerOf(response)).toEqual({ status: 200, Count: 0 });
    expect(cloud.callLog.calls()).toMatchObject([{ accessKeyId: 'anonymous' }]);
  });

  test('that hits a bug of the room rejects with that very error', async () => {
    const { cloud } = aCloud();

    const answer = cloud.handle(aRequest({ operation: 'Crash' }));

    await expect(answer).rejects.toThrow(new TypeError('a bug'));
    expect(cloud.callLog.calls()).toMatchObject([{ errorCode: 'TypeError' }]);
  });
});

describe('what is not modelled is refused by name', () => {
  test.each([
    [{ service: 's3' }, 'localcloud does not model the service s3'],
    [{ operation: 'Guess' }, 'localcloud does not model the dynamodb operation Guess'],
    [{ region: 'eu-west-1' }, 'localcloud does not model the region eu-west-1 (this cloud is us-east-1)'],
  ])('%j', async (parts, message) => {
    const { cloud } = aCloud();

    const response = await cloud.handle(aRequest(parts));

    expect(answerOf(response)).toMatchObject({ status: 501, __type: 'NotImplementedByLocalcloud', message });
  });

  test('an unknown service in XML, when the request is not JSON', async () => {
    const { cloud } = aCloud();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };

    const response = await cloud.handle(aRequest({ service: 'iam', headers }));

    expect(response.body).toContain('<Message>localcloud does not model the service iam</Message>');
  });
});

describe('input that fails its schema', () => {
  test.each([
    [{}, 'MissingParameter', 'The request must contain the parameter Amount'],
    [{ Ammount: 1 }, 'UnknownParameter', 'The parameter Ammount is not recognized'],
    [
      { Amount: 1, Notes: [{ Text: 'a' }, { Txt: 'b' }] },
      'UnknownParameter',
      'The parameter Notes.2.Txt is not recognized',
    ],
    [
      { Amount: 'x' },
      'InvalidParameterValue',
      'Invalid value for parameter Amount: Invalid input: expected number, received string',
    ],
  ])('%j is %s', async (input, code, message) => {
    const { cloud, room } = aCloud();

    const response = await cloud.handle(aRequest({ operation: 'Add', input }));

    expect(answerOf(response)).toEqual({ status: 400, __type: code, message });
    expect(room.count()).toBe(0);
  });

  test('is worded by the protocol when it has words of its own', async () => {
    const inputError = ({ kind, parameter }: { kind: string; parameter: string }): AwsError =>
      new AwsError('ValidationException', `${parameter} is ${kind}`);
    const { cloud } = aCloud({}, countingRoom({ inputError }));

    const response = await cloud.handle(aRequest({ operation: 'Add', input: {} }));

    expect(answerOf(response)).toEqual({
      status: 400,
      __type: 'ValidationException',
      message: 'Amount is missing',
    });
  });
});

describe('a fault', () => {
  const add = aRequest({ operation: 'Add', input: { Amount: 1 } });

  test('of kind error answers with its code and leaves the world alone', async () => {
    const { cloud, room } = aCloud();
    cloud.faults.add({
      fault: { kind: 'error', code: 'ThrottlingException', message: 'slow down', status: 429 },
    });

    const response = await cloud.handle(add);

    expect(answerOf(response)).toEqual({ status: 429, __type: 'ThrottlingException', message: 'slow down' });
    expect(room.count()).toBe(0);
  });

  test('of kind connection-reset breaks the connection before the effect', async () => {
    const { cloud, room } = aCloud();
    cloud.faults.add({ fault: { kind: 'connection-reset' } });

    const answer = cloud.handle(add);

    await expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(room.count()).toBe(0);
    expect(cloud.callLog.calls()).toMatchObject([{ errorCode: 'ConnectionReset' }]);
  });

  test('of kind response-lost breaks the connection after the effect', async () => {
    const { cloud, room } = aCloud();
    cloud.faults.add({ fault: { kind: 'response-lost' } });

    const answer = cloud.handle(add);

    await expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(room.count()).toBe(1);
    expect(cloud.callLog.calls()).toMatchObject([{ errorCode: 'ResponseLost' }]);
  });

  test('of kind latency delays the effect on the cloud’s clock', async () => {
    const clock = new VirtualClock();
    const { cloud, room } = aCloud({ clock });
    cloud.faults.add({ fault: { kind: 'latency', delayMs: 3_000 } });

    const answer = cloud.handle(add);
    await passTime(clock, 2_999);
    const before = room.count();
    await passTime(clock, 1);
    await answer;

    expect(before).toBe(0);
    expect(room.count()).toBe(1);
    expect(cloud.callLog.calls()).toMatchObject([{ durationMs: 3_000 }]);
  });
});

test('a latency model takes half of the round trip before the effect and half after', async () => {
  const clock = new VirtualClock();
  const { cloud, room } = aCloud({ clock, latency: { dynamodb: 20, 'dynamodb:Add': 100 } });

  const answer = cloud.handle(aRequest({ operation: 'Add', input: { Amount: 1 } }));
  await passTime(clock, 50);
  const halfWay = { count: room.count(), calls: cloud.callLog.calls() };
  await passTime(clock, 50);
  await answer;

  expect(halfWay).toMatchObject({ count: 1, calls: [{ endSequence: undefined }] });
  expect(cloud.callLog.calls()).toMatchObject([{ durationMs: 100 }]);
});

describe('invariants', () => {
  const add = aRequest({ operation: 'Add', input: { Amount: 1 } });

  test('are checked after every write when asked for, and a violation names the room', async () => {
    const { cloud } = aCloud({ isCheckingInvariants: true }, countingRoom({ isBroken: true }));
    await cloud.handle(add);

    const answer = cloud.handle(add);

    await expect(answer).rejects.toThrow('dynamodb: the count is above one');
    await expect(answer).rejects.toBeInstanceOf(InvariantViolation);
  });

  test('are checked after a write that was refused, too', async () => {
    const { cloud } = aCloud({ isCheckingInvariants: true }, countingRoom({ isBroken: true }));

    const answer = cloud.handle(aRequest({ operation: 'Add', input: { Amount: 13 } }));

    await expect(answer).rejects.toBeInstanceOf(InvariantViolation);
  });

  test('are checked on demand otherwise', async () => {
    const { cloud } = aCloud({}, countingRoom({ isBroken: true }));
    await cloud.handle(add);
    await cloud.handle(add);

    const check = (): void => cloud.checkInvariants();

    expect(check).toThrow(InvariantViolation);
  });
});
