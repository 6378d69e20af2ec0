import { Duration } from 'aws-cdk-lib';
import {
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ControllerFunctions } from './controller-functions.ts';
import { controllerMetric } from './metrics.ts';
import type { Parameters } from './parameters.ts';
import type { Queues } from './queues.ts';

/** What the alarms watch. */
export interface Watched {
  readonly parameters: Parameters;
  readonly queues: Queues;
  readonly functions: ControllerFunctions;
}

/** One alarm, before it has a name and somebody to tell. */
export interface AlarmDefinition {
  readonly kind: string;
  /** What is wrong and where to look first: it is read at night. */
  readonly description: string;
  readonly metric: IMetric;
  /** It rings above this value, unless the options say otherwise. */
  readonly threshold: number;
  readonly options?: Partial<AlarmProps>;
}

/** Every alarm that a person on call would want. */
export function alarmDefinitions(watched: Watched): readonly AlarmDefinition[] {
  return [...queueAlarms(watched), ...roleAlarms(watched.parameters), ...functionAlarms(watched)];
}

function queueAlarms({ parameters, queues }: Watched): readonly AlarmDefinition[] {
  const period = Duration.minutes(1);
  const statistic = Stats.MAXIMUM;
  return [
    {
      kind: 'dead-letters',
      description:
        'Events were given up after five tries. "understudy redrive" shows them, and puts them back.',
      metric: queues.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic }),
      threshold: 0,
    },
    {
      kind: 'undelivered',
      description:
        'EventBridge could not deliver: ERROR_CODE among the attributes of the messages says why. The resync goes on.',
      metric: queues.undelivered.metricApproximateNumberOfMessagesVisible({ period, statistic }),
      threshold: 0,
    },
    {
      kind: 'failed-resyncs',
      description:
        'Three passes of the resync failed one after the other; its log names the roles and the errors.',
      metric: queues.failedResyncs.metricNumberOfMessagesSent({
        period: Duration.minutes(parameters.resyncMinutes),
        statistic: Stats.SUM,
      }),
      threshold: 0,
      // By what arrives, not by what lies there: one throttled pass is healed by the next, and need not wake anybody.
      options: { evaluationPeriods: 4, datapointsToAlarm: 3 },
    },
    {
      kind: 'oldest-event',
      description:
        'An event has waited for three minutes: the function fails again and again, or cannot keep up.',
      metric: queues.events.metricApproximateAgeOfOldestMessage({ period, statistic }),
      threshold: 180,
    },
  ];
}

function roleAlarms({ name, resyncMinutes }: Parameters): readonly AlarmDefinition[] {
  return [
    {
      kind: 'role-vacant',
      description:
        'A role has had nobody to hold it for three passes. "understudy status" says which, and why not.',
      metric: controllerMetric(name, 'Vacant', { period: Duration.minutes(resyncMinutes) }),
      threshold: 0,
      // A replacement may take its time to start; and two passes may fall into one period, and none into the next.
      options: { evaluationPeriods: 5, datapointsToAlarm: 3 },
    },
    {
      kind: 'claim-refused',
      description:
        'An instance asked for a role that it may not hold: a wrong tag, or an attack. "understudy status" names it.',
      metric: controllerMetric(name, 'UnauthorizedCandidate'),
      threshold: 0,
    },
    {
      kind: 'change-refused',
      description:
        'A safety check said no, so something was left as it was. "understudy status" says what, and why.',
      metric: controllerMetric(name, 'Refused'),
      threshold: 0,
    },
    {
      kind: 'converge-time',
      description:
        'From event to settled took more than 30 s. The history of the role says which step; a replay rings this too.',
      metric: controllerMetric(name, 'FailoverLatency', {
        statistic: Stats.percentile(99),
        period: Duration.minutes(5),
      }),
      threshold: 30_000,
    },
    {
      kind: 'calls-throttled',
      description:
        'AWS turned calls away because the account makes too many: "docs/recovery.md" says how to put the urgent roles first.',
      metric: controllerMetric(name, 'ThrottledCalls', { period: Duration.minutes(5) }),
      threshold: 10,
      // A few tries more are what backing off is for.
      options: { evaluationPeriods: 3, datapointsToAlarm: 2 },
    },
  ];
}

function functionAlarms({ parameters, functions }: Watched): readonly AlarmDefinition[] {
  const period = Duration.minutes(5);
  const each = Object.entries(functions).flatMap(([name, lambda]): readonly AlarmDefinition[] => [
    {
      kind: `${name}-throttled`,
      description: `Lambda held ${name} back: the concurrency of the account is used up.`,
      metric: lambda.metricThrottles({ period, statistic: Stats.SUM }),
      threshold: 0,
    },
    {
      kind: `${name}-errors`,
      description: `More than a tenth of the invocations of ${name} failed; its log says why.`,
      metric: new MathExpression({
        expression: 'IF(invocations > 0, 100 * errors / invocations, 0)',
        usingMetrics: {
          errors: lambda.metricErrors({ period, statistic: Stats.SUM }),
          invocations: lambda.metricInvocations({ period, statistic: Stats.SUM }),
        },
        label: '% of invocations',
        period,
      }),
      threshold: 10,
      options: { evaluationPeriods: 3, datapointsToAlarm: 2 },
    },
  ]);
  const silent: AlarmDefinition = {
    kind: 'resync-silent',
    description:
      'The resync was not run three times: its rule is disabled, or may not invoke it. Lost events stay lost.',
    metric: functions.resync.metricInvocations({
      period: Duration.minutes(parameters.resyncMinutes),
      statistic: Stats.SUM,
    }),
    threshold: 1,
    options: {
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.BREACHING,
    },
  };
  return [...each, silent];
}
