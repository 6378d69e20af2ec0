import { AwsError, notModelled } from '../core/aws-error.ts';
import type { Surroundings } from '../core/surroundings.ts';
import type { Message } from './message.ts';
import { Queue } from './queue.ts';
import {
  applyAttributes,
  attributeText,
  defaultQueueSettings,
  type QueueSettings,
} from './queue-attributes.ts';

const recreationPauseMs = 60_000;

/** All queues of the account and region, and what they are to each other. */
export class Queues {
  readonly #surroundings: Surroundings;
  readonly #endpoint: () => string;
  readonly #byName = new Map<string, Queue>();
  readonly #deletedMs = new Map<string, number>();

  /** `endpoint` is what queue URLs start with, without a slash at the end. */
  constructor(surroundings: Surroundings, endpoint: () => string) {
    this.#surroundings = surroundings;
    this.#endpoint = endpoint;
  }

  /**
   * The queue of this name, made if need be. Throws QueueDeletedRecently within 60 s of a deletion and QueueNameExists
   * when it exists with other attributes.
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
   */
  create(name: string, attributes: Readonly<Record<string, string>> = {}): Queue {
    if (name.endsWith('.fifo')) throw notModelled('FIFO queues');
    if (!/^[\w-]{1,80}$/.test(name))
      throw new AwsError(
        'InvalidParameterValue',
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      );
    const existing = this.#byName.get(name);
    if (existing) return sameAttributes(existing, attributes);
    const { clock, random } = this.#surroundings;
    const deletedMs = this.#deletedMs.get(name);
    if (deletedMs !== undefined && clock.now() < deletedMs + recreationPauseMs)
      throw new AwsError(
        'QueueDeletedRecently',
        'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
      );
    const settings = applyAttributes(defaultQueueSettings, attributes);
    this.#checkRedrive(settings);
    const queue = new Queue(
      { name, arn: this.#arnOf(name), settings },
      { clock, random },
      (message, source) => this.#moveToDeadLetters(message, source),
    );
    this.#byName.set(name, queue);
    return queue;
  }

  setAttributes(queue: Queue, attributes: Readonly<Record<string, string>>): void {
    const settings = applyAttributes(queue.settings, attributes);
    this.#checkRedrive(settings);
    queue.settings = settings;
    queue.modifiedMs = this.#surroundings.clock.now();
  }

  delete(queue: Queue): void {
    queue.purge();
    this.#byName.delete(queue.name);
    this.#deletedMs.set(queue.name, this.#surroundings.clock.now());
  }

  /** Throws QueueDoesNotExist. Only the path of a URL counts, so that it works through any front. */
  byUrl(url: string): Queue {
    const path = URL.canParse(url) ? new URL(url).pathname : url;
    const [, accountId, name, ...rest] = path.split('/');
    const queue =
      rest.length === 0 && accountId === this.#surroundings.accountId ? this.byName(name ?? '') : undefined;
    if (queue === undefined) throw noSuchQueue();
    return queue;
  }

  byName(name: string): Queue | undefined {
    return this.#byName.get(name);
  }

  byArn(arn: string): Queue | undefined {
    const queue = this.#byName.get(arn.split(':')[5] ?? '');
    return queue?.arn === arn ? queue : undefined;
  }

  /** In order of name. */
  list(): readonly Queue[] {
    return [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Queues whose dead letters go to this one. */
  sourcesOf(deadLetterQueue: Queue): readonly Queue[] {
    return this.list().filter(
      ({ settings }) => settings.RedrivePolicy?.deadLetterTargetArn === deadLetterQueue.arn,
    );
  }

  urlOf(queue: Queue): string {
    return `${this.#endpoint()}/${this.#surroundings.accountId}/${queue.name}`;
  }

  #arnOf(name: string): string {
    const { partition, region, accountId } = this.#surroundings;
    return `arn:${partition}:sqs:${region}:${accountId}:${name}`;
  }

  #checkRedrive({ RedrivePolicy }: QueueSettings): void {
    if (RedrivePolicy === undefined || this.byArn(RedrivePolicy.deadLetterTargetArn)) return;
    throw new AwsError(
      'InvalidParameterValue',
      `Value ${JSON.stringify(RedrivePolicy)} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
    );
  }

  #moveToDeadLetters(message: Message, source: Queue): boolean {
    const target = this.byArn(source.settings.RedrivePolicy?.deadLetterTargetArn ?? '');
    target?.adopt({ ...message, deadLetterSourceArn: source.arn });
    return target !== undefined;
  }
}

function sameAttributes(queue: Queue, attributes: Readonly<Record<string, string>>): Queue {
  const wanted = applyAttributes(queue.settings, attributes);
  for (const name of Object.keys(attributes)) {
    if (attributeText(wanted, name) === attributeText(queue.settings, name)) continue;
    throw new AwsError(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${name}`,
    );
  }
  return queue;
}

/** SQS's answer to a queue that is not there. */
export function noSuchQueue(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}
