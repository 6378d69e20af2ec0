import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});
const call = () => sqs.send(new ListQueuesCommand({}));

const loadStartMs = Date.now();
await call();
const loadedMs = Date.now() - loadStartMs;

/** Calls one after the other, then all at once; tells how long each took. */
export async function handler({ oneByOne, atOnce }) {
  const startMs = Date.now();
  for (let count = 0; count < oneByOne; count += 1) await call();
  const oneByOneMs = Date.now() - startMs;
  await Promise.all(Array.from({ length: atOnce }, call));
  return { loadedMs, oneByOneMs, atOnceMs: Date.now() - startMs - oneByOneMs };
}
