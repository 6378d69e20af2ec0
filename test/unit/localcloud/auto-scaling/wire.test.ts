import * as sdk from '@aws-sdk/client-auto-scaling';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { aScalingRoom } from './scaling-room.ts';

// The SDK carries AWS's own model: what it sends for an input is what the room must understand.
const { operations, protocol } = aScalingRoom().rooms.autoScaling;

/** A value of every type that the operations take, lists with two items. */
function sample(schema: z.core.$ZodType): unknown {
  if (schema instanceof z.ZodOptional) return sample(schema.unwrap());
  if (schema instanceof z.ZodArray) return [sample(schema.element), sample(schema.element)];
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(
      Object.entries(schema.shape as Record<string, z.core.$ZodType>).map(([name, each]) => [
        name,
        sample(each),
      ]),
    );
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodNumber) return 7;
  if (schema instanceof z.ZodEnum) return schema.options[0];
  return 'text & <more>';
}

async function sentBySdk(operation: string, input: unknown): Promise<string> {
  let body = '';
  const client = new sdk.AutoScaling({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'unchecked' },
    maxAttempts: 1,
    requestHandler: {
      handle: (request: { body: string }) => {
        body = request.body;
        return Promise.reject(new Error('seen enough'));
      },
    },
  });
  const call: unknown = Reflect.get(client, operation.charAt(0).toLowerCase() + operation.slice(1));
  if (typeof call !== 'function') throw new Error(`the SDK has no operation ${operation}`);
  await expect(call.call(client, input)).rejects.toThrow('seen enough');
  return body;
}

function decode(body: string): unknown {
  return protocol.decode({ method: 'POST', path: '/', query: new URLSearchParams(), headers: {}, body });
}

test.each([...operations.keys()])(
  '%s understands all that the SDK sends for its parameters',
  async (name) => {
    const input = sample(operations.get(name)?.input ?? z.undefined());

    const body = await sentBySdk(name, input);

    expect(decode(body)).toEqual({ operation: name, input });
  },
);

test('an empty list is one', () => {
  const body = 'Action=DescribeAutoScalingGroups&Version=2011-01-01&AutoScalingGroupNames=';

  expect(decode(body)).toEqual({
    operation: 'DescribeAutoScalingGroups',
    input: { AutoScalingGroupNames: [] },
  });
});

test('an unknown parameter keeps its name', () => {
  const body = 'Action=DescribeTags&Version=2011-01-01&Colour.member.1=red';

  expect(decode(body)).toEqual({ operation: 'DescribeTags', input: { Colour: { member: { 1: 'red' } } } });
});

test('errors have type, code and escaped message', () => {
  const { status, body } = protocol.encodeError(
    Object.assign(new Error('a < b'), { code: 'ValidationError', status: 400 }),
    'request-1',
  );

  expect(status).toBe(400);
  expect(body).toContain(
    '<Error><Type>Sender</Type><Code>ValidationError</Code><Message>a &lt; b</Message></Error>',
  );
  expect(body).toContain('<RequestId>request-1</RequestId>');
});
