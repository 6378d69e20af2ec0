import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { CloudFormation } from '../localcloud/cloudformation/cloudformation.ts';
import type { StageClients } from './clients.ts';

/** Names of the deployed parts, for whoever wants to look at them. */
export interface Deployment {
  readonly tableName: string;
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** What is deployed when nothing else is said: its parts are named after it. */
export const stackName = 'understudy';

/** An assembly, and a template to take instead of its own. */
export interface Deployable {
  readonly assemblyDirectory: string;
  readonly template?: unknown;
}

/** Deploys the synthesized template of an assembly, which is what goes to AWS too, and reads the stack's outputs. */
export async function deploy(
  { sqs }: Pick<StageClients, 'sqs'>,
  cloudFormation: CloudFormation,
  deployable: Deployable,
): Promise<Deployment> {
  const { outputs } = await cloudFormation.deployTemplate({ ...deployable, stackName });
  const queueUrl = outputOf(outputs, 'EventsQueueUrl');
  const queue = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  );
  return {
    tableName: outputOf(outputs, 'TableName'),
    queueArn: queue.Attributes?.['QueueArn'] ?? '',
    queueUrl,
    deadLetterQueueUrl: outputOf(outputs, 'DeadLetterQueueUrl'),
  };
}

function outputOf(outputs: Readonly<Record<string, string>>, name: string): string {
  const value = outputs[name];
  if (value === undefined) throw new Error(`the stack ${stackName} has no output ${name}`);
  return value;
}
