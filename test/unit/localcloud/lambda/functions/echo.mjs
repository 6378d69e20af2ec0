import { setTimeout as pause } from 'node:timers/promises';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});
let invocations = 0;

/** Does what the event says, in this order, and tells what it saw. */
export async function handler(event, context) {
  invocations += 1;
  console.log(JSON.stringify({ message: 'begins', event }));
  if (event.log) console.error(event.log);
  const startedMs = Date.now();
  if (event.pauseMs) await pause(event.pauseMs);
  if (event.timeoutMs) await new Promise((resolve) => setTimeout(resolve, event.timeoutMs));
  if (event.send) await sqs.send(new SendMessageCommand(event.send));
  if (event.exit) process.exit(event.exit);
  if (event.escape) void Promise.reject(new RangeError(event.escape));
  if (event.hang) await new Promise(() => undefined);
  if (event.fail) throw new TypeError(event.fail);
  return {
    invocations,
    startedMs,
    endedMs: Date.now(),
    remainingMs: context.getRemainingTimeInMillis(),
    context: {
      awsRequestId: context.awsRequestId,
      functionName: context.functionName,
      arn: context.invokedFunctionArn,
    },
    // biome-ignore lint/style/noProcessEnv: shown to the test
    environment: { ...process.env },
  };
}
