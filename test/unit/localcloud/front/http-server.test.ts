import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { type Cloud, type CloudOptions, createCloud } from '../../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { type HttpFront, PortTaken, startHttpFront } from '../../../../localcloud/front/http-server.ts';
import { countingRoom } from '../core/counting-room.ts';

const fronts: HttpFront[] = [];

afterEach(async () => {
  await Promise.all(fronts.splice(0).map((front) => front.close()));
});

async function aFront(
  options: CloudOptions<object> = {},
): Promise<{ cloud: Cloud<object>; front: HttpFront }> {
  const cloud = createCloud({ clock: new VirtualClock(), ...options });
  const front = await startHttpFront(cloud, { port: 0 });
  fronts.push(front);
  return { cloud, front };
}

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
  readonly path?: string;
}

const identityQuery = 'Action=GetCallerIdentity&Version=2011-06-15';

/** By hand, to send what an SDK would not. */
async function post(
  front: HttpFront,
  body: string | Uint8Array,
  { headers = {}, agent, path = '/' }: Sent = {},
): Promise<{ response: IncomingMessage; body: string; reusedSocket: boolean }> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = request(`${front.url}${path}`, { method: 'POST', headers, ...(agent && { agent }) });
  outgoing.on('response', resolve).on('error', reject);
  if (headers['expect'] === undefined) outgoing.end(body);
  else outgoing.on('continue', () => outgoing.end(body)).flushHeaders();
  const response = await promise;
  return { response, body: await text(response), reusedSocket: outgoing.reusedSocket };
}

describe('the HTTP front', () => {
  test('serves SDK clients that have only its endpoint', async () => {
    const { front } = await aFront();
    const client = new DynamoDBClient({
      region: 'us-east-1',
      endpoint: front.url,
      credentials: { accessKeyId: 'AKIAONE', secretAccessKey: 'unchecked' },
    });

    await client.send(
      new CreateTableCommand({
        TableName: 'roles',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'PK', AttributeType: 'S' }],
      }),
    );
    const { TableNames } = await client.send(new ListTablesCommand({}));
    client.destroy();

    expect(TableNames).toEqual(['roles']);
  });

  test('listens on the loopback interface', async () => {
    const { front } = await aFront();

    const { url, port } = front;

    expect(url).toBe(`http://127.0.0.1:${port}`);
  });

  test.each([
    ['plain', identityQuery, {}],
    ['chunked', identityQuery, { 'transfer-encoding': 'chunked' }],
    ['expecting 100-continue', identityQuery, { expect: '100-continue' }],
    ['gzip', gzipSync(identityQuery), { 'content-encoding': 'gzip' }],
    ['brotli', brotliCompressSync(identityQuery), { 'content-encoding': 'br' }],
  ])('reads a body that is %s', async (_form, body, headers) => {
    const { front } = await aFront();

    const answer = await post(front, body, { headers });

    expect(answer.body).toContain('<Account>123456789012</Account>');
  });

  test.each([
    ['not what its encoding says', 'plain', { 'content-encoding': 'gzip' }, 400],
    ['in an encoding it does not know', 'plain', { 'content-encoding': 'zstd' }, 415],
    ['too long', Buffer.alloc(16 * 1024 * 1024 + 1), {}, 413],
  ])('refuses a body that is %s', async (_what, body, headers, status) => {
    const { front } = await aFront();

    const { response } = await post(front, body, { headers });

    expect(response.statusCode).toBe(status);
  });

  test('keeps connections open between requests', async () => {
    const { front } = await aFront();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });

    await post(front, identityQuery, { agent });
    const { reusedSocket } = await post(front, identityQuery, { agent });
    agent.destroy();

    expect(reusedSocket).toBe(true);
  });

  test.each(['connection-reset', 'response-lost'] as const)('resets the socket for %s', async (kind) => {
    const { cloud, front } = await aFront();
    cloud.faults.add({ fault: { kind } });

    const answer = post(front, identityQuery);

    await expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('tells a bug of localcloud in full, with status 500', async () => {
    const { front } = await aFront({ rooms: () => [countingRoom()] });
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.Crash',
    };

    const answer = await post(front, '{}', { headers });

    expect(answer.response.statusCode).toBe(500);
    expect(JSON.parse(answer.body)).toMatchObject({
      __type: 'InternalFailure',
      message: expect.stringContaining('localcloud failed: TypeError: a bug'),
    });
  });

  test('says when its port is taken', async () => {
    const { cloud, front } = await aFront();

    const second = startHttpFront(cloud, { port: front.port });

    await expect(second).rejects.toBeInstanceOf(PortTaken);
    await expect(second).rejects.toThrow(`port ${front.port} on 127.0.0.1 is taken by another program`);
  });

  test('lets go of its port when closed', async () => {
    const { cloud, front } = await aFront();

    await front.close();
    const again = await startHttpFront(cloud, { port: front.port });
    fronts.push(again);

    expect(again.port).toBe(front.port);
  });
});
