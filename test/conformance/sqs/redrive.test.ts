import { ListMessageMoveTasksCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { Target } from '../target.ts';
import { aQueue, poll, receive, send } from './a-queue.ts';
import { sqsCase } from './sqs-case.ts';

const source =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html';

/** A queue whose messages are dead after one receive. */
async function aQueueWithDeadLetters(target: Target) {
  const dead = await aQueue(target);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.QueueArn, maxReceiveCount: 1 });
  return { dead, queue: await aQueue(target, { VisibilityTimeout: '0', RedrivePolicy }) };
}

sqsCase('a move task brings dead letters back as new messages', source, async (target) => {
  const { dead, queue } = await aQueueWithDeadLetters(target);
  await send(target, queue.QueueUrl, 'try again');
  const { MessageId } = await receive(target, queue.QueueUrl);
  await target.eventually(async () => expect(await poll(target, queue.QueueUrl)).toEqual([]));

  await target.clients.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: dead.QueueArn }));
  const back = await receive(target, queue.QueueUrl);

  expect(back).toMatchObject({ Body: 'try again', Attributes: { ApproximateReceiveCount: '1' } });
  expect(back.MessageId).not.toBe(MessageId);
  await target.eventually(async () => {
    const { Results } = await target.clients.sqs.send(
      new ListMessageMoveTasksCommand({ SourceArn: dead.QueueArn }),
    );
    expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
  });
});

sqsCase("a queue that is nobody's dead-letter queue cannot be a source", source, async (target) => {
  const { QueueArn } = await aQueue(target);

  const starting = target.clients.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: QueueArn }));

  await expect(starting).rejects.toThrow('Source queue must be configured as a Dead Letter Queue');
});
