import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});

/** Makes a call, and waits for its answer unless it is told to leave without it. */
export async function handler({ isLeaving }) {
  const startMs = Date.now();
  const answer = sqs.send(new ListQueuesCommand({}));
  // As long as it takes until the request is on its way.
  await (isLeaving ? new Promise((resolve) => setTimeout(resolve, 1)) : answer);
  return { spentMs: Date.now() - startMs };
}
