import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { functions } from '../../../infra/functions.ts';
import { wiring } from '../../../infra/wiring.ts';
import { environmentSchema } from '../../../shared/config.ts';
import { anApp, arnOf, idOf, resourcesOf, templateOf } from './synthesized.ts';

const json = templateOf(anApp());
const template = Template.fromJSON({ ...json });

const queueArn = (name: string) => arnOf(json, 'QueueName', name);

describe('the table', () => {
  it('outlives the stack, can be restored, and is paid by use', () => {
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: 'understudy',
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      },
    });
  });

  it('is the only thing that does', () => {
    const kept = Object.values(json.Resources).filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');

    expect(kept.map(({ Type }) => Type)).toEqual(['AWS::DynamoDB::Table']);
  });
});

describe('a queue', () => {
  const names = [
    'understudy-events',
    'understudy-dead-letters',
    'understudy-undelivered',
    'understudy-failed-resyncs',
  ];

  it('is one of four', () => {
    const found = resourcesOf(json, 'AWS::SQS::Queue').map(({ Properties }) => Properties['QueueName']);

    expect(found.toSorted()).toEqual(names.toSorted());
  });

  it.each(names)('%s is encrypted, and refuses plain HTTP', (QueueName) => {
    template.hasResourceProperties('AWS::SQS::Queue', { QueueName, SqsManagedSseEnabled: true });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: idOf(json, 'QueueName', QueueName) }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'DenyPlainHttp',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 'sqs:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });

  it.each(names.slice(1))('%s keeps what failed for two weeks', (QueueName) => {
    template.hasResourceProperties('AWS::SQS::Queue', { QueueName, MessageRetentionPeriod: 14 * 86_400 });
  });

  it('for events gives up after five tries, and hides a message for longer than a function runs', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'understudy-events',
      VisibilityTimeout: wiring.queue.visibilityTimeoutSeconds,
      RedrivePolicy: { deadLetterTargetArn: queueArn('understudy-dead-letters'), maxReceiveCount: 5 },
    });
    const timeouts = functions.map(({ timeoutSeconds, name }) => (name === 'on-events' ? timeoutSeconds : 0));
    expect(wiring.queue.visibilityTimeoutSeconds).toBeGreaterThan(Math.max(...timeouts));
  });
});

describe('a function', () => {
  it.each(functions)('$name runs its bundle as it was measured', ({ name, timeoutSeconds, memoryMb }) => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: `understudy-${name}`,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: timeoutSeconds,
      MemorySize: memoryMb,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: {
        LogFormat: 'JSON',
        LogGroup: { Ref: idOf(json, 'LogGroupName', `/aws/lambda/understudy-${name}`) },
      },
      ReservedConcurrentExecutions: Match.absent(),
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: `/aws/lambda/understudy-${name}`,
      RetentionInDays: 30,
    });
  });

  it('is told everything that it reads of its environment, and what Powertools reads', () => {
    const given = resourcesOf(json, 'AWS::Lambda::Function').map(
      ({ Properties }) => Properties['Environment'],
    );

    const variables = {
      TABLE_NAME: { Ref: idOf(json, 'TableName', 'understudy') },
      ROLE_TAG_KEY: 'role',
      LEASE_DURATION_SECONDS: '30',
      HISTORY_RETENTION_DAYS: '90',
      GONE_INSTANCE_RETENTION_DAYS: '7',
      POWERTOOLS_METRICS_NAMESPACE: 'Understudy',
      POWERTOOLS_SERVICE_NAME: 'understudy',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      NODE_OPTIONS: '--enable-source-maps',
    };
    expect(given).toEqual([{ Variables: variables }, { Variables: variables }]);
    // Lambda itself sets the region.
    const read = Object.keys(environmentSchema.shape).filter((name) => name !== 'AWS_REGION');
    expect(read.filter((name) => !(name in variables))).toEqual([]);
  });

  it('is fed by the queue in batches that wait for nothing, message by message', () => {
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: queueArn('understudy-events'),
      FunctionName: { Ref: idOf(json, 'FunctionName', 'understudy-on-events') },
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      ScalingConfig: { MaximumConcurrency: 5 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('that fails to resync leaves it to the next pass, and says so to a queue', () => {
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: idOf(json, 'FunctionName', 'understudy-resync') },
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: queueArn('understudy-failed-resyncs') } },
    });
  });
});

describe('the parameters', () => {
  it('reach what they are about', () => {
    const other = Template.fromJSON({
      ...templateOf(
        anApp({
          roleTagKey: 'duty',
          resyncMinutes: 5,
          logRetentionDays: 90,
          archiveRetentionDays: 3,
          historyRetentionDays: 10,
          goneInstanceRetentionDays: 2,
          leaseDurationSeconds: 20,
          alarmEmail: 'on-call@example.com',
        }),
      ),
    });

    other.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
    other.allResourcesProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          ROLE_TAG_KEY: 'duty',
          LEASE_DURATION_SECONDS: '20',
          HISTORY_RETENTION_DAYS: '10',
          GONE_INSTANCE_RETENTION_DAYS: '2',
        },
      },
    });
    other.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)' });
    other.hasResourceProperties('AWS::Events::Archive', { RetentionDays: 3 });
    other.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'on-call@example.com',
    });
  });
});

describe('the outputs', () => {
  it('name everything that the command and people need', () => {
    const rules = resourcesOf(json, 'AWS::Events::Rule').length;

    expect(Object.keys(json.Outputs)).toEqual(
      expect.arrayContaining([
        'TableName',
        'EventsQueueUrl',
        'DeadLetterQueueUrl',
        'UndeliveredQueueUrl',
        'FailedResyncsQueueUrl',
        'ArchiveArn',
        'OnEventsFunctionName',
        'ResyncFunctionName',
        'ResyncRuleArn',
        'RoleWritersPolicyArn',
        'RoleTaggersPolicyArn',
      ]),
    );
    expect(Object.keys(json.Outputs).filter((name) => /^R(ule|esyncRule).*Arn$/.test(name))).toHaveLength(
      rules,
    );
  });
});
