import type { Surroundings } from '../core/surroundings.ts';
import type { Alarm, AlarmState } from './alarm.ts';
import type { Dimensions, MetricDataQuery } from './metric-input.ts';

/**
 * Sends `CloudWatch Alarm State Change`, which CloudWatch guarantees to reach EventBridge.
 * Shapes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function publishStateChange({ publish }: Surroundings, alarm: Alarm, previous: AlarmState): void {
  const { AlarmName, AlarmDescription } = alarm.configuration;
  publish({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: [alarm.arn],
    isGuaranteed: true,
    detail: {
      alarmName: AlarmName,
      configuration: {
        ...(AlarmDescription !== undefined && { description: AlarmDescription }),
        metrics: metricsOf(alarm),
      },
      previousState: stateView(previous),
      state: stateView(alarm.state),
    },
  });
}

function stateView({ value, reason, reasonData, updatedAtMs }: AlarmState): object {
  return {
    reason,
    ...(reasonData !== undefined && { reasonData }),
    timestamp: new Date(updatedAtMs).toISOString().replace('Z', '+0000'),
    value,
  };
}

function metricsOf({ configuration, metricId }: Alarm): readonly object[] {
  const { Metrics, MetricName, Namespace, Dimensions: dimensions, Period, Unit } = configuration;
  if (Metrics !== undefined) return Metrics.map(queryView);
  const stat = configuration.Statistic ?? configuration.ExtendedStatistic;
  const metricStat = {
    metric: metricView(MetricName, Namespace, dimensions),
    period: Period,
    stat,
    ...(Unit !== undefined && { unit: Unit }),
  };
  return [{ id: metricId, metricStat, returnData: true }];
}

function queryView({
  Id,
  MetricStat,
  Expression,
  Label,
  ReturnData = true,
  Period,
}: MetricDataQuery): object {
  return {
    ...(Expression !== undefined && { expression: Expression }),
    id: Id,
    ...(Label !== undefined && { label: Label }),
    ...(MetricStat !== undefined && {
      metricStat: {
        metric: metricView(
          MetricStat.Metric.MetricName,
          MetricStat.Metric.Namespace,
          MetricStat.Metric.Dimensions,
        ),
        period: MetricStat.Period,
        stat: MetricStat.Stat,
        ...(MetricStat.Unit !== undefined && { unit: MetricStat.Unit }),
      },
    }),
    ...(Period !== undefined && { period: Period }),
    returnData: ReturnData,
  };
}

function metricView(
  name: string | undefined,
  namespace: string | undefined,
  dimensions: Dimensions | undefined = [],
): object {
  return {
    dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value])),
    name,
    namespace,
  };
}
