import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});

/** Polls an empty queue without and with waiting; tells how long each took. */
export async function handler({ QueueUrl, waitSeconds }) {
  const poll = async (WaitTimeSeconds) => {
    const startMs = Date.now();
    await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds }));
    return Date.now() - startMs;
  };
  return { shortPollMs: await poll(0), longPollMs: await poll(waitSeconds) };
}
