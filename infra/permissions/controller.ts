import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Parameters } from '../parameters.ts';
import { addressPermissions } from './addresses.ts';
import { arnOf } from './arns.ts';
import type { Permission } from './permission.ts';
import { recordPermissions } from './records.ts';

/** What every function that reconciles may do; the two differ only in what wakes them. */
export function reconcilePermissions(
  parameters: Parameters,
  table: Table,
  logGroup: LogGroup,
): readonly Permission[] {
  return [
    ...statePermissions(table.tableArn),
    ...addressPermissions(parameters),
    ...recordPermissions(parameters),
    {
      sid: 'AnswerLifecycleHooks',
      actions: ['autoscaling:CompleteLifecycleAction', 'autoscaling:RecordLifecycleActionHeartbeat'],
      resources: [arnOf('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/*')],
      wildcard: 'Which group waits for an answer is known only when it asks.',
    },
    {
      sid: 'WriteLogs',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      // The ARN of a log group ends in `:*`, which means its streams.
      resources: [logGroup.logGroupArn],
    },
    {
      sid: 'SendTraces',
      actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
      resources: ['*'],
      wildcard: 'X-Ray knows no resources for writing.',
    },
  ];
}

function statePermissions(tableArn: string): readonly Permission[] {
  return [
    {
      sid: 'ReadState',
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
      resources: [tableArn],
    },
    {
      sid: 'WriteState',
      actions: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [tableArn],
    },
  ];
}

/** What Lambda does with the function's role to feed it from the queue. */
export function receivePermission(events: Queue): Permission {
  return {
    sid: 'ReceiveEvents',
    actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    resources: [events.queueArn],
  };
}

/** What Lambda does with the function's role when a pass has failed. */
export function reportFailurePermission(failedResyncs: Queue): Permission {
  return { sid: 'ReportFailedResyncs', actions: ['sqs:SendMessage'], resources: [failedResyncs.queueArn] };
}
