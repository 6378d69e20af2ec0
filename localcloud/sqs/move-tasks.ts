import { AwsError } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

/** One redrive of a dead-letter queue, under way or ended. */
export interface MoveTask {
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  readonly perSecondMax: number | undefined;
  readonly startedMs: number;
  readonly toMove: number;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly moved: number;
  readonly failureReason: string | undefined;
}

type MutableTask = { -readonly [Key in keyof MoveTask]: MoveTask[Key] };

// "The maximum value for messages per second is 500."
const perSecondDefault = 500;

/**
 * Moves dead letters back, at a rate by the clock. A moved message is a new one: its id, its time and its receives.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export class MoveTasks {
  readonly #queues: Queues;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #byHandle = new Map<string, MutableTask>();

  constructor(queues: Queues, clock: Clock, random: Random) {
    this.#queues = queues;
    this.#clock = clock;
    this.#random = random;
  }

  /** Throws ResourceNotFoundException, InvalidParameterValue or UnsupportedOperation. */
  start(sourceArn: string, destinationArn: string | undefined, perSecondMax: number | undefined): MoveTask {
    const source = this.#queueOf('SourceArn', sourceArn);
    if (destinationArn !== undefined) this.#queueOf('DestinationArn', destinationArn);
    if (this.#queues.sourcesOf(source).length === 0)
      throw new AwsError('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
    if (this.tasksOf(sourceArn).some(({ status }) => status === 'RUNNING'))
      throw new AwsError(
        'UnsupportedOperation',
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    const task: MutableTask = {
      handle: Buffer.from(JSON.stringify({ taskId: this.#random.uuid(), sourceArn })).toString('base64'),
      sourceArn,
      destinationArn,
      perSecondMax,
      startedMs: this.#clock.now(),
      toMove: source.counts().visible,
      status: 'RUNNING',
      moved: 0,
      failureReason: undefined,
    };
    this.#byHandle.set(task.handle, task);
    this.#clock.after(0, () => this.#moveSome(task, source));
    return task;
  }

  /** Throws ResourceNotFoundException when there is no such task under way. */
  cancel(handle: string): MoveTask {
    const task = this.#byHandle.get(handle);
    if (task?.status !== 'RUNNING')
      throw new AwsError('ResourceNotFoundException', 'Task does not exist.', 404);
    task.status = 'CANCELLED';
    return task;
  }

  /** Latest first. */
  tasksOf(sourceArn: string): readonly MoveTask[] {
    return [...this.#byHandle.values()].filter((task) => task.sourceArn === sourceArn).reverse();
  }

  #moveSome(task: MutableTask, source: Queue): void {
    if (task.status !== 'RUNNING') return;
    for (let count = 0; count < (task.perSecondMax ?? perSecondDefault); count += 1) {
      const message = source.nextVisible();
      if (message === undefined) {
        task.status = 'COMPLETED';
        return;
      }
      const destination = this.#queues.byArn(task.destinationArn ?? message.deadLetterSourceArn ?? '');
      if (destination === undefined) {
        task.status = 'FAILED';
        task.failureReason = 'CouldNotDetermineMessageSource';
        return;
      }
      source.remove(message.id);
      destination.send(message);
      task.moved += 1;
    }
    this.#clock.after(1_000, () => this.#moveSome(task, source));
  }

  #queueOf(parameter: string, arn: string): Queue {
    const queue = this.#queues.byArn(arn);
    if (queue !== undefined) return queue;
    const message = `The resource that you specified for the ${parameter} parameter doesn't exist.`;
    throw new AwsError('ResourceNotFoundException', message, 404);
  }
}
