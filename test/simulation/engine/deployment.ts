import { wiring } from '../../../infra/wiring.ts';
import type { Ask } from './ask.ts';
import { textAt } from './ask.ts';
import { region } from './rooms.ts';

/** What is deployed for one controller, beside its functions. */
export interface Stack {
  readonly name: string;
  readonly tableName: string;
  readonly queueArn: string;
  readonly deadLetterArn: string;
}

const accountId = '123456789012';

/** Stacks that somebody deployed by mistake beside the first have names of their own, and its rules. */
export async function deployStack(ask: Ask, name: string, resyncMinutes: number): Promise<Stack> {
  const { table, queue } = wiring;
  await ask('dynamodb', 'CreateTable', {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [table.partitionKey, table.sortKey].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: [
      { AttributeName: table.partitionKey, KeyType: 'HASH' },
      { AttributeName: table.sortKey, KeyType: 'RANGE' },
    ],
  });
  const deadLetterArn = await createQueue(ask, `${name}-dead-letters`, {});
  const queueArn = await createQueue(ask, `${name}-events`, {
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: deadLetterArn,
      maxReceiveCount: queue.maxReceiveCount,
    }),
  });
  for (const { kind, eventPattern } of wiring.rules) {
    const Name = `${name}-${kind}`;
    await ask('events', 'PutRule', { Name, EventPattern: JSON.stringify(eventPattern) });
    await ask('events', 'PutTargets', { Rule: Name, Targets: [{ Id: 'queue', Arn: queueArn }] });
  }
  const ScheduleExpression = resyncMinutes === 1 ? 'rate(1 minute)' : `rate(${resyncMinutes} minutes)`;
  const Name = `${name}-resync`;
  await ask('events', 'PutRule', { Name, ScheduleExpression });
  await ask('events', 'PutTargets', { Rule: Name, Targets: [{ Id: 'resync', Arn: resyncArnOf(name) }] });
  return { name, tableName: name, queueArn, deadLetterArn };
}

/** Everything that the rules let through is kept, to be replayed. */
export async function createArchive(ask: Ask): Promise<string> {
  const { ArchiveArn } = await ask('events', 'CreateArchive', {
    ArchiveName: 'understudy',
    EventSourceArn: `arn:aws:events:${region}:${accountId}:event-bus/default`,
  });
  return textAt({ ArchiveArn }, 'ArchiveArn');
}

/** The schedule fires no more: passes are then made by hand. */
export async function stopSchedule(ask: Ask, { name }: Stack): Promise<void> {
  await ask('events', 'DisableRule', { Name: `${name}-resync` });
}

/** Undefined when the function is not that of any controller's resync. */
export function controllerOfResync(functionArn: string): string | undefined {
  return /function:(.*)-resync$/.exec(functionArn)?.[1];
}

function resyncArnOf(name: string): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${name}-resync`;
}

async function createQueue(
  ask: Ask,
  QueueName: string,
  Attributes: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await ask('sqs', 'CreateQueue', { QueueName, Attributes });
  const QueueUrl = textAt(answer, 'QueueUrl');
  const described = await ask('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });
  return textAt(described, 'Attributes QueueArn');
}
