import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import type { MoveTask, MoveTasks } from './move-tasks.ts';

const api = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';

/** Redrive of dead-letter queues. */
export function moveTaskOperations(tasks: MoveTasks): readonly Operation[] {
  return [startMessageMoveTask(tasks), cancelMessageMoveTask(tasks), listMessageMoveTasks(tasks)];
}

function startMessageMoveTask(tasks: MoveTasks): Operation {
  return operation({
    name: 'StartMessageMoveTask',
    effect: 'write',
    input: z.strictObject({
      SourceArn: z.string(),
      DestinationArn: z.string().optional(),
      MaxNumberOfMessagesPerSecond: z.number().int().optional(),
    }),
    run: ({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: perSecondMax }) => {
      if (perSecondMax !== undefined && (perSecondMax < 1 || perSecondMax > 500))
        throw new AwsError(
          'InvalidParameterValue',
          `Value ${perSecondMax} for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be between 1 and 500, if provided.`,
        );
      return { TaskHandle: tasks.start(SourceArn, DestinationArn, perSecondMax).handle };
    },
    honesty: {
      modelled: [
        'Back to where each message came from, or to a destination, at a rate by the clock; one task per queue.',
        'A message that no queue gave up, as EventBridge sends them, needs a destination or the task fails.',
      ],
      notModelled: ['The limits of 36 hours and of 100 tasks.'],
      sources: [
        `${api}/API_StartMessageMoveTask.html`,
        'unverified: error texts; the rate when none is given',
      ],
    },
  });
}

function cancelMessageMoveTask(tasks: MoveTasks): Operation {
  return operation({
    name: 'CancelMessageMoveTask',
    effect: 'write',
    input: z.strictObject({ TaskHandle: z.string() }),
    run: ({ TaskHandle }) => ({ ApproximateNumberOfMessagesMoved: tasks.cancel(TaskHandle).moved }),
    honesty: {
      modelled: ['Stops at once; what has been moved stays moved.'],
      sources: [`${api}/API_CancelMessageMoveTask.html`],
    },
  });
}

function listMessageMoveTasks(tasks: MoveTasks): Operation {
  return operation({
    name: 'ListMessageMoveTasks',
    effect: 'read',
    input: z.strictObject({ SourceArn: z.string(), MaxResults: z.number().int().min(1).max(10).optional() }),
    run: ({ SourceArn, MaxResults = 1 }) => ({
      Results: tasks.tasksOf(SourceArn).slice(0, MaxResults).map(shown),
    }),
    honesty: {
      modelled: ['Latest first; the handle only while the task runs.'],
      sources: [`${api}/API_ListMessageMoveTasks.html`],
    },
  });
}

function shown(task: MoveTask): object {
  return {
    TaskHandle: task.status === 'RUNNING' ? task.handle : undefined,
    Status: task.status,
    SourceArn: task.sourceArn,
    DestinationArn: task.destinationArn,
    MaxNumberOfMessagesPerSecond: task.perSecondMax,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    FailureReason: task.failureReason,
    StartedTimestamp: task.startedMs,
  };
}
