import type { SQSClient } from '@aws-sdk/client-sqs';
import { GetQueueUrlCommand, QueueDoesNotExist, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { RoleName } from '../shared/model/ids.ts';
import type { Surroundings } from '../shared/reconcile/ports.ts';
import { CliError } from './cli-error.ts';

/** Where the deployed controller takes its events from. */
export interface EventsQueue {
  readonly sqs: SQSClient;
  readonly queueName: string;
  readonly surroundings: Pick<Surroundings, 'now' | 'uniqueName'>;
}

/** Roles and letters that the controller takes in one request. */
const rolesPerRequestMax = 100;
const wordsLengthMax = 1_024;

/**
 * Asks the deployed controller to look at the roles now. The command itself moves nothing: what an operator wants goes
 * through the same claim and journal as any event. `words` say why, for the history, such as `failover of db by
 * arn:aws:iam::111122223333:user/ana`.
 * @throws CliError `QueueMissing`
 */
export async function wakeRoles(
  { sqs, queueName, surroundings }: EventsQueue,
  roles: readonly RoleName[],
  words: string,
): Promise<void> {
  if (roles.length === 0) return;
  const QueueUrl = await queueUrlOf(sqs, queueName);
  for (let start = 0; start < roles.length; start += rolesPerRequestMax) {
    const event = {
      id: surroundings.uniqueName(),
      source: 'understudy',
      'detail-type': 'Operator Request',
      time: new Date(surroundings.now()).toISOString(),
      detail: {
        roles: roles.slice(start, start + rolesPerRequestMax),
        words: words.slice(0, wordsLengthMax),
      },
    };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
  }
}

async function queueUrlOf(sqs: SQSClient, queueName: string): Promise<string | undefined> {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
    return QueueUrl;
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
    throw new CliError(`the queue "${queueName}" does not exist`, {
      code: 'QueueMissing',
      hint: '--queue names the queue that the controller takes its events from; without it that is the table\'s name and "-events"',
      cause: error,
    });
  }
}
