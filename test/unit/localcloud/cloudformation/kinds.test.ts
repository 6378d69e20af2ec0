import { expect, test } from 'vitest';
import { aFlow } from './a-flow.ts';
import { aQueue, aRole, aStack, getAtt, ref } from './a-stack.ts';

const document = (...Action: string[]): object => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action, Resource: '*' },
});
const role = aRole();
const busArn = {
  'Fn::Sub': `arn:$\{AWS::Partition}:events:$\{AWS::Region}:$\{AWS::AccountId}:event-bus/default`,
};
const alarm = {
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Namespace: 'AWS/SQS',
  Dimensions: [{ Name: 'QueueName', Value: getAtt('Jobs', 'QueueName') }],
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 1,
  ComparisonOperator: 'GreaterThanThreshold',
};

/** A kind: what it needs, its properties in two versions, and whether the second is in the place of the first. */
const kinds: [string, Readonly<Record<string, object>>, object, object, 'in place' | 'replaced'][] = [
  [
    'AWS::CloudWatch::Alarm',
    { Jobs: aQueue() },
    { ...alarm, Threshold: 1 },
    { ...alarm, Threshold: 2 },
    'in place',
  ],
  [
    'AWS::CloudWatch::Dashboard',
    {},
    { DashboardBody: '{}' },
    { DashboardBody: '{"widgets":[]}' },
    'in place',
  ],
  ['AWS::Events::Archive', {}, { SourceArn: busArn, RetentionDays: 7 }, { SourceArn: busArn }, 'in place'],
  ['AWS::Events::Archive', {}, { SourceArn: busArn }, { SourceArn: busArn, ArchiveName: 'all' }, 'replaced'],
  [
    'AWS::IAM::Policy',
    { Role: role },
    { PolicyName: 'one', Roles: [ref('Role')], PolicyDocument: document('ec2:*') },
    { PolicyName: 'two', Roles: [ref('Role')], PolicyDocument: document('sqs:*') },
    'in place',
  ],
  [
    'AWS::IAM::ManagedPolicy',
    { Role: role },
    { Roles: [ref('Role')], PolicyDocument: document('ec2:*') },
    { PolicyDocument: document('ec2:*', 'sqs:*') },
    'in place',
  ],
  [
    'AWS::Lambda::EventInvokeConfig',
    aFlow,
    { FunctionName: ref('Collect'), Qualifier: '$LATEST', MaximumRetryAttempts: 1 },
    {
      FunctionName: ref('Collect'),
      Qualifier: '$LATEST',
      DestinationConfig: { OnFailure: { Destination: getAtt('Results', 'Arn') } },
    },
    'in place',
  ],
  [
    'AWS::Lambda::Permission',
    aFlow,
    { FunctionName: ref('Collect'), Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' },
    { FunctionName: ref('Collect'), Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' },
    'replaced',
  ],
  ['AWS::Logs::LogGroup', {}, { RetentionInDays: 7 }, { RetentionInDays: 30 }, 'in place'],
  ['AWS::Logs::LogGroup', {}, { LogGroupName: '/one' }, { LogGroupName: '/two' }, 'replaced'],
  ['AWS::SNS::Topic', {}, { DisplayName: 'one' }, { DisplayName: 'two' }, 'in place'],
  [
    'AWS::SNS::Subscription',
    { Topic: { Type: 'AWS::SNS::Topic' } },
    { TopicArn: ref('Topic'), Protocol: 'email', Endpoint: 'a@example.com' },
    { TopicArn: ref('Topic'), Protocol: 'email', Endpoint: 'b@example.com' },
    'replaced',
  ],
  ['AWS::CDK::Metadata', {}, { Analytics: 'v2:one' }, { Analytics: 'v2:two' }, 'in place'],
];

test.each(kinds)('%s is made, changed and removed', async (Type, needed, one, two, change) => {
  await using stack = await aStack();
  const deploy = (Properties?: object) =>
    stack.deploy({ Resources: { ...needed, ...(Properties && { It: { Type, Properties } }) } });

  const made = (await deploy(one)).physicalIds['It'];
  const changed = (await deploy(two)).physicalIds['It'];
  const removed = (await deploy()).physicalIds['It'];

  expect(changed === made).toBe(change === 'in place');
  expect([typeof made, removed]).toEqual(['string', undefined]);
});

test('an alarm is in CloudWatch, an archive keeps events, a managed policy is the role’s', async () => {
  await using stack = await aStack();
  const { physicalIds } = await stack.deploy({
    Resources: {
      Jobs: aQueue(),
      Role: role,
      Full: { Type: 'AWS::CloudWatch::Alarm', Properties: { ...alarm, AlarmName: 'full', Threshold: 1 } },
      Archive: { Type: 'AWS::Events::Archive', Properties: { SourceArn: busArn, ArchiveName: 'all' } },
      Look: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          ManagedPolicyName: 'look',
          Roles: [ref('Role')],
          PolicyDocument: document('ec2:Describe*'),
        },
      },
    },
  });

  const { cloudWatch, iam } = stack.cloud.rooms;
  expect(cloudWatch.dump?.()).toMatchObject({ alarms: [{ AlarmName: 'full', Threshold: 1 }] });
  expect(physicalIds).toMatchObject({ Archive: 'all', Look: 'arn:aws:iam::123456789012:policy/look' });
  expect(iam.statementUses()).toMatchObject([{ policyName: 'look', unusedActions: ['ec2:Describe*'] }]);
});

test('a resource that is kept but on creation goes with a creation that fails', async () => {
  await using stack = await aStack();
  const Resources = {
    Kept: { ...aQueue({ QueueName: 'kept' }), DeletionPolicy: 'Retain' },
    Gone: { ...aQueue({ QueueName: 'gone' }), DeletionPolicy: 'RetainExceptOnCreate' },
    Bad: { ...aQueue({ DelaySeconds: 901 }), DependsOn: ['Kept', 'Gone'] },
  };

  await expect(stack.deploy({ Resources })).rejects.toThrow('Resources.Bad.Properties');

  expect(stack.cloud.rooms.sqs.queues().map(({ name }) => name)).toEqual(['kept']);
});
