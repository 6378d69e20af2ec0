import { createHook } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** What keeps a worker from being idle, other than the JavaScript that it runs. */
export interface Activity {
  /** HTTP requests, by `node:http` or `fetch`, whose response has not ended. */
  openRequests(): number;
  /** Work that Node does elsewhere (files, name look-ups, cryptography, compression) and that will call back. */
  pendingWork(): number;
}

/** Watches from now on; `onChange` is called when a request starts or ends and when other work is done. */
export function watchActivity(onChange: () => void): Activity {
  const requests = new Set<unknown>();
  const add = (request: unknown): void => {
    requests.add(request);
    onChange();
  };
  const end = (request: unknown): void => {
    if (requests.delete(request)) onChange();
  };
  subscribe('http.client.request.created', (message) => {
    const { request } = message as { request: ClientRequest };
    // `close` comes after the whole response, or after an error.
    request.once('close', () => end(request));
    add(request);
  });
  subscribe('undici:request:create', (message) => add((message as { request: unknown }).request));
  for (const channel of ['undici:request:trailers', 'undici:request:error'])
    subscribe(channel, (message) => end((message as { request: unknown }).request));
  const work = watchWork(onChange);
  return { openRequests: () => requests.size, pendingWork: () => work() };
}

// Requests to the file system and the resolver. An HTTP request is counted by its own events instead.
const requestPattern = /REQ|QUERYWRAP/;
const cryptoPattern = /(?<!HTTPCLIENT)REQUEST$/;

function watchWork(onDone: () => void): () => number {
  // How often each resource is at work: a compressor is given its next chunk before it is done with the last.
  const pending = new Map<number, number>();
  const done = (asyncId: number): void => {
    const count = pending.get(asyncId);
    if (count === undefined) return;
    if (count > 1) pending.set(asyncId, count - 1);
    else pending.delete(asyncId);
    onDone();
  };
  createHook({
    init: (asyncId, type, _triggerId, resource) => {
      const begin = (): void => void pending.set(asyncId, (pending.get(asyncId) ?? 0) + 1);
      if (cryptoPattern.test(type)) onAsynchronousCall(resource, 'run', begin);
      else if (type === 'ZLIB') onAsynchronousCall(resource, 'write', begin);
      else if (requestPattern.test(type) && type !== 'HTTPCLIENTREQUEST') begin();
    },
    after: done,
    destroy: (asyncId) => {
      if (pending.delete(asyncId)) onDone();
    },
    // Promises are many, and waiting on one is not work.
    trackPromises: false,
  }).enable();
  return () => pending.size;
}

/**
 * Calls back when a job is given to the thread pool. Synchronous calls make the same kind of job; they tell themselves
 * apart by returning their results.
 */
function onAsynchronousCall(job: object, method: 'run' | 'write', callback: () => void): void {
  const methods = job as Record<string, unknown>;
  const original = methods[method];
  if (typeof original !== 'function') return;
  methods[method] = (...args: unknown[]): unknown => {
    const result: unknown = original.apply(job, args);
    if (!Array.isArray(result)) callback();
    return result;
  };
}
