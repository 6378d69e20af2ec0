import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../../localcloud/core/aws-error.ts';
import type { WireRequest } from '../../../../localcloud/core/service.ts';
import { jsonProtocol } from '../../../../localcloud/wire/json-protocol.ts';

const protocol = jsonProtocol({
  version: '1.0',
  targetPrefix: 'AmazonSQS',
  errorNamespace: 'com.amazonaws.sqs',
  timestamps: new Set(['Time']),
  blobs: new Set(['BinaryValue', 'BinaryListValues']),
  queryErrorCodes: new Map([['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue']]),
});

function aRequest(body: string, target = 'AmazonSQS.SendMessage'): WireRequest {
  return {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { 'x-amz-target': target },
    body,
  };
}

describe('AWS JSON', () => {
  test('reads times, bytes and nulls as the SDK means them', () => {
    const body = JSON.stringify({
      Time: 1_767_225_600.5,
      Count: 5,
      Nothing: null,
      Nested: [{ BinaryValue: 'AQID' }],
      BinaryListValues: ['BA=='],
    });

    const { operation, input } = protocol.decode(aRequest(body));

    expect(operation).toBe('SendMessage');
    expect(input).toEqual({
      Time: new Date('2026-01-01T00:00:00.500Z'),
      Count: 5,
      Nested: [{ BinaryValue: Buffer.from([1, 2, 3]) }],
      BinaryListValues: [Buffer.from([4])],
    });
  });

  test('writes times as epoch seconds and bytes as base64, and leaves out what is undefined', () => {
    const output = {
      Time: new Date(1_500),
      Nested: { BinaryValue: Uint8Array.of(1, 2, 3) },
      Nothing: undefined,
    };

    const response = protocol.encode('SendMessage', output, 'id-1');

    expect(JSON.parse(response.body)).toEqual({ Time: 1.5, Nested: { BinaryValue: 'AQID' } });
    expect(response.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': 'id-1',
    });
  });

  test("writes an error's shape, and the code that older clients know it by", () => {
    const response = protocol.encodeError(new AwsError('QueueDoesNotExist', 'gone', 400), 'id-1');

    expect(response.status).toBe(400);
    expect(JSON.parse(response.body)).toEqual({
      __type: 'com.amazonaws.sqs#QueueDoesNotExist',
      message: 'gone',
    });
    expect(response.headers['x-amzn-query-error']).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
  });

  test('takes no body as an empty input', () => {
    expect(protocol.decode(aRequest('')).input).toEqual({});
  });

  test.each([
    ['a body that is no JSON', aRequest('{'), 'SerializationException'],
    ['a target of another service', aRequest('{}', 'AWSEvents.PutRule'), 'UnknownOperationException'],
    ['a target without an operation', aRequest('{}', 'AmazonSQS'), 'UnknownOperationException'],
  ])('refuses %s', (_what, request, code) => {
    expect(() => protocol.decode(request)).toThrow(expect.objectContaining({ code }));
  });
});
