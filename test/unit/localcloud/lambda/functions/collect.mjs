import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});

/** Sends each message's body on to RESULTS_URL; fails those whose body contains "poison". */
export async function handler({ Records }) {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    if (body.includes('poison')) batchItemFailures.push({ itemIdentifier: messageId });
    // biome-ignore lint/style/noProcessEnv: where Lambda puts configuration
    else await sqs.send(new SendMessageCommand({ QueueUrl: process.env.RESULTS_URL, MessageBody: body }));
  }
  return { batchItemFailures };
}
