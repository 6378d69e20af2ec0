import { z } from 'zod';
import { invalidCombination, validationError } from './errors.ts';
import { dimensionsInput, metricDataQueriesInput, namespaceInput, periodInput } from './metric-input.ts';

export const alarmName = z
  .string()
  .min(1, 'Member must have length greater than or equal to 1')
  .max(255, 'Member must have length less than or equal to 255');

const actions = z.array(z.string().min(1).max(1_024)).max(5).optional();

/** The parameters of PutMetricAlarm that are modelled. */
export const alarmInput = z.strictObject({
  AlarmName: alarmName,
  AlarmDescription: z.string().max(1_024).optional(),
  ActionsEnabled: z.boolean().optional(),
  OKActions: actions,
  AlarmActions: actions,
  InsufficientDataActions: actions,
  MetricName: z.string().min(1).max(255).optional(),
  Namespace: namespaceInput.optional(),
  Statistic: z.enum(['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum']).optional(),
  ExtendedStatistic: z.string().optional(),
  Dimensions: dimensionsInput.optional(),
  Period: periodInput.optional(),
  Unit: z.string().optional(),
  EvaluationPeriods: z.number().int().min(1, 'Member must have value greater than or equal to 1'),
  DatapointsToAlarm: z.number().int().min(1, 'Member must have value greater than or equal to 1').optional(),
  Threshold: z.number().optional(),
  ComparisonOperator: z.enum([
    'GreaterThanOrEqualToThreshold',
    'GreaterThanThreshold',
    'LessThanThreshold',
    'LessThanOrEqualToThreshold',
  ]),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']).optional(),
  EvaluateLowSampleCountPercentile: z.enum(['evaluate', 'ignore']).optional(),
  Metrics: metricDataQueriesInput.optional(),
});

export type AlarmInput = z.output<typeof alarmInput>;

/**
 * What a schema cannot say: throws ValidationException or InvalidParameterCombination.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function expectConsistentAlarm(alarm: AlarmInput): void {
  if (alarm.Threshold === undefined) throw validationError('Threshold must be specified');
  if (alarm.DatapointsToAlarm !== undefined && alarm.DatapointsToAlarm > alarm.EvaluationPeriods)
    throw validationError('DatapointsToAlarm must not be greater than EvaluationPeriods');
  if (alarm.Metrics === undefined) expectOneMetric(alarm);
  else expectMetrics(alarm, alarm.Metrics);
}

function expectOneMetric({ MetricName, Namespace, Period, Statistic, ExtendedStatistic }: AlarmInput): void {
  if (MetricName === undefined || Namespace === undefined || Period === undefined)
    throw validationError('MetricName, Namespace and Period must be specified, or Metrics');
  if ((Statistic === undefined) === (ExtendedStatistic === undefined))
    throw invalidCombination('Exactly one of Statistic and ExtendedStatistic must be specified');
}

const oneMetricOnly = [
  'MetricName',
  'Namespace',
  'Dimensions',
  'Period',
  'Unit',
  'Statistic',
  'ExtendedStatistic',
] as const;

function expectMetrics(alarm: AlarmInput, queries: NonNullable<AlarmInput['Metrics']>): void {
  const beside = oneMetricOnly.find((name) => alarm[name] !== undefined);
  if (beside !== undefined) throw invalidCombination(`${beside} cannot be specified together with Metrics`);
  const malformed = queries.find(
    (each) => (each.MetricStat === undefined) === (each.Expression === undefined),
  );
  if (malformed !== undefined)
    throw validationError(`Exactly one of MetricStat and Expression must be specified for '${malformed.Id}'`);
  if (new Set(queries.map(({ Id }) => Id)).size < queries.length)
    throw validationError('The ids of Metrics must be different');
  if (queries.filter(({ ReturnData = true }) => ReturnData).length !== 1)
    throw validationError('Exactly one element of the metrics list should return data');
}
