import type { WireRequest, WireResponse } from '../core/service.ts';
import { inflated } from './request-body.ts';

/** The parts of an SDK request that a front needs; `@smithy/types` HttpRequest has them. */
export interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener?(type: 'abort', listener: () => void, options?: { once: boolean }): void;
  removeEventListener?(type: 'abort', listener: () => void): void;
}

/**
 * What the SDK's `requestHandler` setting takes. A type alias, not an interface, so that it is also assignable to
 * the `Record<string, unknown>` of that setting.
 */
export type SdkRequestHandler = {
  readonly metadata: { readonly handlerProtocol: string };
  readonly handle: (
    request: SdkRequest,
    options?: { readonly abortSignal?: AbortSignalLike },
  ) => Promise<{ readonly response: SdkResponse }>;
  readonly destroy: () => void;
  readonly updateHttpClientConfig: () => void;
  readonly httpHandlerConfigs: () => object;
};

/**
 * A `requestHandler` for any AWS SDK v3 client that calls `handle` in this thread, without a socket. Broken
 * connections reject with `code: 'ECONNRESET'`, as Node's own sockets do; an abort rejects with `AbortError`, and
 * as on a network does not undo what the call has already done.
 */
export function createRequestHandler(
  handle: (request: WireRequest) => Promise<WireResponse>,
): SdkRequestHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request, { abortSignal } = {}) => {
      const answered = handle(wireRequest(request));
      const { status, headers, body } = await (abortSignal === undefined
        ? answered
        : unlessAborted(answered, abortSignal));
      return { response: { statusCode: status, headers: { ...headers }, body: Buffer.from(body) } };
    },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

function wireRequest({ method, path, query = {}, headers, body }: SdkRequest): WireRequest {
  const lowerCased = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    method,
    path,
    query: searchParams(query),
    headers: lowerCased,
    body: bodyText(body, lowerCased['content-encoding']),
  };
}

function searchParams(query: NonNullable<SdkRequest['query']>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null) params.append(name, '');
    else for (const each of typeof value === 'string' ? [value] : value) params.append(name, each);
  }
  return params;
}

function bodyText(body: unknown, encoding: string | undefined): string {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  // Not through the body's own methods: the SDK's JSON body is a Uint8Array that warns when used as a string.
  if (body instanceof Uint8Array)
    return inflated(Buffer.from(body.buffer, body.byteOffset, body.byteLength), encoding).toString();
  throw new TypeError('localcloud takes request bodies as text or bytes, not as streams');
}

async function unlessAborted<Answer>(answered: Promise<Answer>, signal: AbortSignalLike): Promise<Answer> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(abortError(signal));
  if (signal.aborted) onAbort();
  else signal.addEventListener?.('abort', onAbort, { once: true });
  try {
    return await Promise.race([aborted, answered]);
  } finally {
    signal.removeEventListener?.('abort', onAbort);
  }
}

function abortError(signal: AbortSignalLike): Error {
  const error = signal.reason instanceof Error ? signal.reason : new Error('Request aborted');
  return error.name === 'AbortError'
    ? error
    : Object.assign(new Error(error.message), { name: 'AbortError' });
}
