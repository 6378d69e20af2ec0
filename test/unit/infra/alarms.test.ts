import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { alarmCount } from '../../../docs/cost-model.ts';
import { reportOutcome } from '../../../functions/middleware/telemetry.ts';
import type { Outcome } from '../../../shared/model/outcome.ts';
import { dynamodbError } from '../../fakes/canned-aws.ts';
import { captureTelemetry } from '../../fakes/captured-telemetry.ts';
import { countedClient } from '../../fakes/counted-client.ts';
import { anApp, arnOf, idOf, resourcesOf, templateOf } from './synthesized.ts';

const json = templateOf(anApp());
const template = Template.fromJSON({ ...json });
const alarms = resourcesOf(json, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
const topic = { Ref: idOf(json, 'TopicName', 'understudy-alarms') };

/** What each alarm watches, and above (or below) what it rings. */
const expected: readonly (readonly [name: string, properties: Readonly<Record<string, unknown>>])[] = [
  ['dead-letters', depthOf('understudy-dead-letters')],
  ['undelivered', depthOf('understudy-undelivered')],
  [
    'failed-resyncs',
    {
      ...queueMetric('NumberOfMessagesSent', 'understudy-failed-resyncs'),
      Statistic: 'Sum',
      Threshold: 0,
      EvaluationPeriods: 4,
      DatapointsToAlarm: 3,
    },
  ],
  ['oldest-event', { ...queueMetric('ApproximateAgeOfOldestMessage', 'understudy-events'), Threshold: 180 }],
  ['role-vacant', { ...controllerMetric('Vacant'), Period: 60, EvaluationPeriods: 5, DatapointsToAlarm: 3 }],
  ['claim-refused', controllerMetric('UnauthorizedCandidate')],
  ['change-refused', controllerMetric('Refused')],
  [
    'converge-time',
    {
      ...controllerMetric('FailoverLatency'),
      Statistic: Match.absent(),
      ExtendedStatistic: 'p99',
      Threshold: 30_000,
    },
  ],
  [
    'calls-throttled',
    {
      ...controllerMetric('ThrottledCalls'),
      Period: 300,
      Threshold: 10,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
    },
  ],
  ['on-events-throttled', functionMetric('Throttles', 'understudy-on-events')],
  ['on-events-errors', { ...errorRateOf('understudy-on-events'), Threshold: 10 }],
  ['resync-throttled', functionMetric('Throttles', 'understudy-resync')],
  ['resync-errors', { ...errorRateOf('understudy-resync'), Threshold: 10 }],
  [
    'resync-silent',
    {
      ...functionMetric('Invocations', 'understudy-resync'),
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 3,
      TreatMissingData: 'breaching',
    },
  ],
];

function queueMetric(MetricName: string, queueName: string) {
  const Value = { 'Fn::GetAtt': [idOf(json, 'QueueName', queueName), 'QueueName'] };
  return { Namespace: 'AWS/SQS', MetricName, Dimensions: [{ Name: 'QueueName', Value }] };
}

function depthOf(queueName: string) {
  const metric = queueMetric('ApproximateNumberOfMessagesVisible', queueName);
  return { ...metric, Statistic: 'Maximum', Threshold: 0, Period: 60, EvaluationPeriods: 1 };
}

function controllerMetric(MetricName: string) {
  const Dimensions = [{ Name: 'service', Value: 'understudy' }];
  return { Namespace: 'Understudy', MetricName, Dimensions, Statistic: 'Sum', Threshold: 0 };
}

function functionMetric(MetricName: string, functionName: string) {
  const Value = { Ref: idOf(json, 'FunctionName', functionName) };
  return {
    Namespace: 'AWS/Lambda',
    MetricName,
    Dimensions: [{ Name: 'FunctionName', Value }],
    Statistic: 'Sum',
  };
}

function errorRateOf(functionName: string) {
  const stat = (MetricName: string) => {
    const { Statistic: Stat, ...Metric } = functionMetric(MetricName, functionName);
    return Match.objectLike({ MetricStat: { Metric, Stat, Period: 300 }, ReturnData: false });
  };
  const rate = { Expression: 'IF(invocations > 0, 100 * errors / invocations, 0)' };
  return {
    Metrics: Match.arrayWith([Match.objectLike(rate), stat('Errors'), stat('Invocations')]),
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
  };
}

describe('an alarm', () => {
  it('is there for everything that a person on call would want, and for nothing else', () => {
    const names = alarms.map((alarm) => alarm['AlarmName']);

    expect(names.toSorted()).toEqual(expected.map(([name]) => `understudy-${name}`).toSorted());
  });

  it.each(expected)(
    '%s watches what it is about, and tells the topic when it rings and when it is over',
    (name, properties) => {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmName: `understudy-${name}`,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
        ...properties,
        AlarmDescription: Match.stringLikeRegexp('.{40,}'),
        AlarmActions: [topic],
        OKActions: [topic],
        ActionsEnabled: Match.absent(),
      });
    },
  );

  it('watches each dead-letter queue', () => {
    const watched = JSON.stringify(alarms);
    const sources = JSON.stringify([
      ...resourcesOf(json, 'AWS::SQS::Queue'),
      ...resourcesOf(json, 'AWS::Events::Rule'),
      ...resourcesOf(json, 'AWS::Lambda::EventInvokeConfig'),
    ]);
    const deadLetterQueues = resourcesOf(json, 'AWS::SQS::Queue')
      .map(({ Properties }) => String(Properties['QueueName']))
      .filter((name) => name !== 'understudy-events');

    for (const name of deadLetterQueues) {
      expect(sources).toContain(JSON.stringify(arnOf(json, 'QueueName', name)));
      expect(watched).toContain(`"${idOf(json, 'QueueName', name)}"`);
    }
  });
});

describe('what the functions count', () => {
  beforeAll(() => {
    vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'understudy');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('is what the alarms watch: namespace, name and dimensions', async () => {
    const captured = captureTelemetry();
    const { telemetry } = captured;
    const holding = { holder: undefined, generation: 1, slots: [], unauthorized: [{}] };
    const outcomes = [
      { kind: 'converged', ...holding, changes: ['associate'], from: undefined },
      { kind: 'vacant', ...holding, verdicts: [], changes: [] },
      { kind: 'refused', ...holding, refusals: [], changes: [] },
    ] as unknown as readonly Outcome[];

    for (const outcome of outcomes)
      reportOutcome(telemetry, undefined, outcome, { trigger: 'x', eventTimeMs: 0 }, 1);
    await countedClient(telemetry, [dynamodbError('ThrottlingException')]).send(new ListTablesCommand({}));
    telemetry.metrics.publishStoredMetrics();

    const counted = captured.metricLines.flatMap((line) => seriesOf(line as unknown as EmbeddedMetrics));
    const watched = alarms
      .filter((alarm) => alarm['Namespace'] === 'Understudy')
      .map((alarm) => `Understudy ${alarm['MetricName']} service=understudy`);
    expect(watched).toHaveLength(5);
    expect(counted).toEqual(expect.arrayContaining(watched));
  });
});

interface EmbeddedMetrics {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [dimension: string]: unknown;
}

/** The time series that CloudWatch makes of a line. */
function seriesOf(line: EmbeddedMetrics): readonly string[] {
  return line._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name }) =>
      Dimensions.map(
        (names) => `${Namespace} ${Name} ${names.map((name) => `${name}=${line[name]}`).join(' ')}`,
      ),
    ),
  );
}

describe('the topic', () => {
  it('is told by our alarms only, and never in plain text', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [topic],
      PolicyDocument: {
        Statement: [
          {
            Sid: 'OnlyOurAlarmsPublish',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: topic,
            Condition: {
              ArnLike: { 'aws:SourceArn': { 'Fn::Sub': Match.stringLikeRegexp(':alarm:understudy-\\*$') } },
            },
          },
          Match.objectLike({ Sid: 'DenyPlainHttp', Effect: 'Deny', Action: 'sns:Publish' }),
        ],
      },
    });
  });

  it('has no subscriber unless one is given', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});

describe('the dashboard', () => {
  const [dashboard] = resourcesOf(json, 'AWS::CloudWatch::Dashboard');
  const body = JSON.stringify(dashboard?.Properties['DashboardBody']).replaceAll('\\', '');

  it('is one for each region, and shows every alarm', () => {
    expect(dashboard?.Properties['DashboardName']).toEqual({
      'Fn::Join': ['', ['understudy-', { Ref: 'AWS::Region' }]],
    });
    for (const [name] of expected) {
      const id = idOf(json, 'AlarmName', `understudy-${name}`);
      expect(body).toContain(JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] }));
    }
  });

  it.each([
    'Moves per role',
    'Event to settled, per role',
    'Event to settled, all roles',
    'Outcomes',
    'Refused and vacant',
    'Calls to AWS',
    'Messages waiting',
    'Duration of invocations',
    'Failed invocations',
  ])('has a graph of: %s', (title) => {
    expect(body).toContain(`"title":"${title}"`);
  });
});

it('are as many as the cost of a stack is computed with', () => {
  expect(alarms).toHaveLength(alarmCount);
});
