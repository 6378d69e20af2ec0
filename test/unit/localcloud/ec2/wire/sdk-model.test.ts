import * as sdk from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { parameterName } from '../../../../../localcloud/ec2/wire/parameter-names.ts';
import { anEc2Room } from '../ec2-room.ts';

// The SDK carries AWS's own model: what it sends for an input is what the decoder must understand.
const { operations, protocol } = anEc2Room().room;

/** A value of every type that the operations take, lists with one item. */
function sample(schema: z.core.$ZodType): unknown {
  if (schema instanceof z.ZodOptional) return sample(schema.unwrap());
  if (schema instanceof z.ZodArray) return [sample(schema.element)];
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(
      Object.entries(schema.shape as Record<string, z.core.$ZodType>).map(([name, each]) => [
        name,
        sample(each),
      ]),
    );
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodNumber) return 7;
  if (schema instanceof z.ZodLiteral) return schema.value;
  if (schema instanceof z.ZodEnum) return schema.options[0];
  return 'text';
}

async function sentBySdk(operation: string, input: unknown): Promise<string> {
  let body = '';
  const client = new sdk.EC2({
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
  const method = operation.charAt(0).toLowerCase() + operation.slice(1);
  const call: unknown = Reflect.get(client, method);
  if (typeof call !== 'function') throw new Error(`the SDK has no operation ${operation}`);
  await expect(call.call(client, input)).rejects.toThrow('seen enough');
  return body;
}

test.each([...operations.keys()])(
  '%s understands all that the SDK sends for its parameters',
  async (name) => {
    const operation = operations.get(name);
    const input = sample(operation?.input ?? z.undefined());

    const body = await sentBySdk(name, input);
    const decoded = protocol.decode({
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: {},
      body,
    });

    expect(decoded).toEqual({ operation: name, input: base64UserData(input) });
  },
);

// The one parameter that the SDK takes as bytes.
function base64UserData(input: unknown): unknown {
  const { UserData } = input as { UserData?: string | { Value: string } };
  return typeof UserData === 'object'
    ? { ...(input as object), UserData: { Value: Buffer.from(UserData.Value).toString('base64') } }
    : input;
}

test('lists have names of their own on the wire', () => {
  expect(parameterName('DescribeInstances', 'InstanceIds')).toBe('InstanceId');
  expect(parameterName(undefined, 'NoSuchParameter')).toBe('NoSuchParameter');
});
