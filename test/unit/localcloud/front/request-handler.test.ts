import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { type Cloud, createCloud } from '../../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';

function aClient({ maxAttempts = 1 } = {}): { cloud: Cloud; clock: VirtualClock; client: STSClient } {
  const clock = new VirtualClock();
  const cloud = createCloud({ clock });
  const client = new STSClient({
    region: 'us-east-1',
    maxAttempts,
    credentials: { accessKeyId: 'AKIAONE', secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
  });
  return { cloud, clock, client };
}

describe('an SDK client with the request handler', () => {
  test('is answered without a socket, known by its access key', async () => {
    const { client } = aClient();

    const identity = await client.send(new GetCallerIdentityCommand({}));

    expect(identity).toMatchObject({ Account: '123456789012', UserId: 'AKIAONE' });
  });

  test.each(['connection-reset', 'response-lost'] as const)('sees %s as a reset socket', async (kind) => {
    const { cloud, client } = aClient();
    cloud.faults.add({ fault: { kind } });

    const call = client.send(new GetCallerIdentityCommand({}));

    await expect(call).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('retries a reset socket by itself, as it does on a network', async () => {
    const { cloud, client } = aClient({ maxAttempts: 2 });
    cloud.faults.add({ nth: 1, fault: { kind: 'connection-reset' } });

    const identity = await client.send(new GetCallerIdentityCommand({}));

    expect(identity.$metadata.attempts).toBe(2);
    expect(cloud.callLog.calls().map(({ errorCode }) => errorCode)).toEqual(['ConnectionReset', undefined]);
  });

  test('can be aborted while the answer is on its way', async () => {
    const { cloud, client } = aClient();
    cloud.faults.add({ fault: { kind: 'latency', delayMs: 1_000 } });
    const abort = new AbortController();

    const call = client.send(new GetCallerIdentityCommand({}), { abortSignal: abort.signal });
    abort.abort();

    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('reads an encoded error as its service words it', async () => {
    const cloud = createCloud({ clock: new VirtualClock() });
    const client = new DynamoDBClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAONE', secretAccessKey: 'unchecked' },
      requestHandler: createRequestHandler(cloud.handle),
    });

    const call = client.send(new ListTablesCommand({ Limit: 1_000 }));

    await expect(call).rejects.toMatchObject({
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});
