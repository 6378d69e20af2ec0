import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cloud } from '../cloud.ts';
import { AwsError } from '../core/aws-error.ts';
import { ConnectionLost } from '../core/connection-lost.ts';
import type { WireRequest, WireResponse } from '../core/service.ts';
import { wireError } from '../core/wire-error.ts';
import { answerControl, isControlPath } from './control.ts';
import { bodyBytesMax, inflated, RefusedBody } from './request-body.ts';

interface HttpFrontOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Loopback unless told otherwise: nothing checks who calls. */
  readonly host?: string;
}

export interface HttpFront {
  readonly port: number;
  /** What AWS_ENDPOINT_URL takes. */
  readonly url: string;
  /** Stops listening and breaks open connections. */
  close(): Promise<void>;
}

/** Another program listens on the port. */
export class PortTaken extends Error {
  readonly code = 'PortTaken';
  readonly port: number;

  constructor(port: number, host: string, cause: unknown) {
    super(`port ${port} on ${host} is taken by another program`, { cause });
    this.name = 'PortTaken';
    this.port = port;
  }
}

// Longer than the idle time after which boto3 and the SDKs give up a pooled connection.
const keepAliveMs = 120_000;

/**
 * Serves the cloud's AWS endpoints and its control routes (`/_localcloud/…`) over HTTP/1.1, and tells the cloud where. Rejects with PortTaken
 * when the port is in use, and with Node's own error when it cannot listen for another reason.
 */
export async function startHttpFront(
  cloud: Cloud<object>,
  { port, host = '127.0.0.1' }: HttpFrontOptions,
): Promise<HttpFront> {
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    answer(cloud, request, response).catch((error: unknown) => fail(response, error));
  });
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error) => {
    reject('code' in error && error.code === 'EADDRINUSE' ? new PortTaken(port, host, error) : error);
  });
  server.listen(port, host, resolve);
  await listening;
  const { port: boundPort } = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`;
  cloud.setEndpointUrl(url);
  return {
    port: boundPort,
    url,
    close: async () => {
      cloud.setEndpointUrl(undefined);
      const { promise: closed, resolve: resolveClosed } = Promise.withResolvers<void>();
      server.close(() => resolveClosed());
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  cloud: Cloud<object>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const wireRequest = await readRequest(request);
  const { status, headers, body } = isControlPath(wireRequest.path)
    ? await answerControl(cloud, wireRequest)
    : await answerAws(cloud, wireRequest);
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function answerAws(cloud: Cloud<object>, request: WireRequest): Promise<WireResponse> {
  try {
    return await cloud.handle(request);
  } catch (error) {
    if (error instanceof ConnectionLost) throw error;
    // A bug of localcloud: told in full, because nobody else will.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return wireError(request, new AwsError('InternalFailure', `localcloud failed: ${text}`, 500), '');
  }
}

function fail(response: ServerResponse, error: unknown): void {
  if (error instanceof RefusedBody && !response.headersSent) {
    response.writeHead(error.status, { 'content-type': 'text/plain', connection: 'close' });
    response.end(error.message);
    return;
  }
  response.socket?.resetAndDestroy();
}

async function readRequest(request: IncomingMessage): Promise<WireRequest> {
  const [path = '/', queryText = ''] = (request.url ?? '/').split('?', 2);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(queryText),
    headers,
    body: inflated(await readBytes(request), headers['content-encoding']).toString('utf8'),
  };
}

// Chunked bodies and `Expect: 100-continue` are Node's own business; they end here as plain bytes.
async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyBytesMax) throw new RefusedBody(413, `request bodies end at ${bodyBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
