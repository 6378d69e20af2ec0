import { CreateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { bundlePath } from '../infra/build.ts';
import { functions } from '../infra/functions.ts';
import { wiring } from '../infra/wiring.ts';
import type { Lambda } from '../localcloud/lambda/lambda.ts';
import type { StageClients } from './clients.ts';

/** Names of the deployed parts, for whoever wants to look at them. */
export interface Deployment {
  readonly tableName: string;
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** Sets the controller up as `infra/wiring.ts` says: table, queues, the bundles of its functions, rules and schedule. */
export async function deploy(clients: StageClients, lambda: Lambda): Promise<Deployment> {
  const tableName = await createTable(clients);
  const queues = await createQueues(clients);
  const arns = new Map(
    functions.map(({ name, timeoutSeconds, memoryMb }) => {
      const { arn } = lambda.createFunction({
        name: `understudy-${name}`,
        codePath: bundlePath(name),
        handler: 'index.handler',
        timeoutSeconds,
        memoryMb,
        environment: { TABLE_NAME: tableName, ROLE_TAG_KEY: wiring.roleTagKey },
      });
      return [name, arn] as const;
    }),
  );
  lambda.createEventSourceMapping({
    eventSourceArn: queues.queueArn,
    functionName: 'understudy-on-events',
    batchSize: wiring.eventSource.batchSize,
    maximumConcurrency: wiring.eventSource.maximumConcurrency,
    reportBatchItemFailures: true,
  });
  await createRules(clients, queues.queueArn, arns.get('resync') ?? '');
  return { tableName, ...queues };
}

async function createTable({ dynamodb }: StageClients): Promise<string> {
  const { name: TableName, partitionKey, sortKey, timeToLiveAttribute: AttributeName } = wiring.table;
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: partitionKey, KeyType: 'HASH' },
        { AttributeName: sortKey, KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: partitionKey, AttributeType: 'S' },
        { AttributeName: sortKey, AttributeType: 'S' },
      ],
    }),
  );
  await dynamodb.send(
    new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled: true } }),
  );
  return TableName;
}

async function createQueues({ sqs }: StageClients): Promise<Omit<Deployment, 'tableName'>> {
  const { name, deadLetterQueueName, visibilityTimeoutSeconds, maxReceiveCount } = wiring.queue;
  const dead = await createQueue(sqs, deadLetterQueueName, {});
  const queue = await createQueue(sqs, name, {
    VisibilityTimeout: String(visibilityTimeoutSeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount }),
  });
  return { queueArn: queue.arn, queueUrl: queue.url, deadLetterQueueUrl: dead.url };
}

async function createQueue(
  sqs: StageClients['sqs'],
  QueueName: string,
  Attributes: Record<string, string>,
): Promise<{ readonly url: string; readonly arn: string }> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  const output = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return { url: QueueUrl, arn: output.Attributes?.['QueueArn'] ?? '' };
}

async function createRules({ events }: StageClients, queueArn: string, resyncArn: string): Promise<void> {
  for (const { name: Rule, eventPattern } of wiring.rules) {
    await events.send(new PutRuleCommand({ Name: Rule, EventPattern: JSON.stringify(eventPattern) }));
    await events.send(new PutTargetsCommand({ Rule, Targets: [{ Id: 'queue', Arn: queueArn }] }));
  }
  const { ruleName: Rule, scheduleExpression: ScheduleExpression } = wiring.resync;
  await events.send(new PutRuleCommand({ Name: Rule, ScheduleExpression }));
  await events.send(new PutTargetsCommand({ Rule, Targets: [{ Id: 'resync', Arn: resyncArn }] }));
}
