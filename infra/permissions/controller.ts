import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { FunctionDefinition } from '../functions.ts';
import type { Parameters } from '../parameters.ts';
import type { Queues } from '../queues.ts';
import { addressPermissions, roleTagsPermission } from './addresses.ts';
import { arnOf } from './arns.ts';
import type { Permission } from './permission.ts';
import { recordPermissions } from './records.ts';

/** What every function that reconciles may do. */
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

/** State is never deleted: what is no longer of use expires. */
function statePermissions(tableArn: string): readonly Permission[] {
  return [
    {
      sid: 'ReadState',
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
      resources: [tableArn],
    },
    {
      sid: 'WriteState',
      actions: ['dynamodb:BatchWriteItem', 'dynamodb:UpdateItem'],
      resources: [tableArn],
    },
  ];
}

/** What only one of the functions may do, because of what wakes it. */
export function ownPermissions(
  table: Table,
  { events, failedResyncs }: Queues,
): Readonly<Record<FunctionDefinition['name'], readonly Permission[]>> {
  return {
    'on-events': [
      roleTagsPermission,
      // What Lambda does with the role to feed the function.
      {
        sid: 'ReceiveEvents',
        actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        resources: [events.queueArn],
      },
    ],
    resync: [
      // Where the next pass goes on, when one ran out of time.
      {
        sid: 'KeepPlace',
        actions: ['dynamodb:PutItem'],
        resources: [table.tableArn],
        conditions: {
          'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['RESYNC'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      },
      // What Lambda does with the role when a pass has failed.
      { sid: 'ReportFailedResyncs', actions: ['sqs:SendMessage'], resources: [failedResyncs.queueArn] },
    ],
  };
}
