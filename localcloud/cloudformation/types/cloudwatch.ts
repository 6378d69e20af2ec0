import { z } from 'zod';
import { resourceType } from '../resource-type.ts';

const kept = z.unknown().optional();

/**
 * PutMetricAlarm checks the properties, which are its parameters.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
 */
export const cloudWatchAlarm = resourceType({
  name: 'AWS::CloudWatch::Alarm',
  shape: {
    AlarmName: z.string().optional(),
    AlarmDescription: kept,
    ActionsEnabled: kept,
    OKActions: kept,
    AlarmActions: kept,
    InsufficientDataActions: kept,
    MetricName: kept,
    Namespace: kept,
    Statistic: kept,
    ExtendedStatistic: kept,
    Dimensions: kept,
    Period: kept,
    Unit: kept,
    EvaluationPeriods: kept,
    DatapointsToAlarm: kept,
    Threshold: kept,
    ComparisonOperator: kept,
    TreatMissingData: kept,
    EvaluateLowSampleCountPercentile: kept,
    Metrics: kept,
  },
  withoutEffect: ['Tags'],
  attributeNames: ['Arn'],
  replacedBy: ['AlarmName'],
  create: async ({ logicalId, properties, workshop }) => {
    const AlarmName = properties.AlarmName ?? workshop.nameFor(logicalId, 255);
    await workshop.call('monitoring', 'PutMetricAlarm', { ...properties, AlarmName });
    const { partition, region, accountId } = workshop.surroundings;
    return {
      ref: AlarmName,
      attributes: { Arn: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${AlarmName}` },
    };
  },
  update: async ({ properties, workshop }, current) => {
    await workshop.call('monitoring', 'PutMetricAlarm', { ...properties, AlarmName: current.ref });
    return current;
  },
  remove: async ({ workshop }, { ref }) => {
    await workshop.call('monitoring', 'DeleteAlarms', { AlarmNames: [ref] });
  },
});

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-dashboard.html */
export const cloudWatchDashboard = resourceType({
  name: 'AWS::CloudWatch::Dashboard',
  shape: { DashboardName: z.string().optional(), DashboardBody: z.string() },
  withoutEffect: ['Tags'],
  replacedBy: ['DashboardName'],
  create: ({ logicalId, properties, workshop }) => {
    requireJson(properties.DashboardBody);
    return { ref: properties.DashboardName ?? workshop.nameFor(logicalId, 255) };
  },
  update: ({ properties }, current) => {
    requireJson(properties.DashboardBody);
    return current;
  },
  remove: () => undefined,
});

/** Throws SyntaxError: a dashboard that is put together from parts is easily no JSON. */
function requireJson(text: string): void {
  JSON.parse(text);
}
