/**
 * AWS's own policies that localcloud knows, by the end of their ARN. CreateLogGroup and the rest are theirs, not ours to
 * narrow.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const awsManagedPolicies: ReadonlyMap<string, object> = new Map([
  [
    'service-role/AWSLambdaBasicExecutionRole',
    allowAll('logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'),
  ],
  [
    'service-role/AWSLambdaSQSQueueExecutionRole',
    allowAll(
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ),
  ],
  [
    'AWSXRayDaemonWriteAccess',
    allowAll(
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:GetSamplingStatisticSummaries',
    ),
  ],
]);

function allowAll(...actions: string[]): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
}
