import { AwsError, notModelled } from '../core/aws-error.ts';
import { checkInput } from './target-input.ts';
import type { Target } from './target-shape.ts';

/** Throws ValidationException for what AWS refuses, and by its name what is not modelled. */
export function checkTarget(target: Target): void {
  const service = serviceOf(target.Arn);
  if (service === undefined)
    throw new AwsError(
      'ValidationException',
      `Parameter ${target.Arn} is not valid. Reason: Provided Arn is not in correct format.`,
    );
  if (service !== 'sqs' && service !== 'lambda')
    throw notModelled(`EventBridge targets of the service ${service}`);
  if (service === 'sqs' && target.Arn.endsWith('.fifo'))
    throw notModelled('FIFO queues as EventBridge targets');
  const deadLetterArn = target.DeadLetterConfig?.Arn;
  if (deadLetterArn !== undefined && (serviceOf(deadLetterArn) !== 'sqs' || deadLetterArn.endsWith('.fifo')))
    throw new AwsError(
      'ValidationException',
      `Parameter DeadLetterConfig.Arn is not valid. Reason: The dead-letter queue must be a standard Amazon SQS queue.`,
    );
  checkInput(target);
}

function serviceOf(arn: string): string | undefined {
  return /^arn:[^:]+:([^:]+):[^:]*:[^:]*:.+$/.exec(arn)?.[1];
}
