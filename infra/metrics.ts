import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';

/** Where the functions count; `POWERTOOLS_METRICS_NAMESPACE` in their environment. */
export const metricsNamespace = 'Understudy';

/** What the functions count of one stack. `functions/middleware/telemetry.ts` says what each means. */
export function controllerMetric(stackName: string, metricName: string, options: MetricOptions = {}): Metric {
  return new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service: stackName },
    statistic: Stats.SUM,
    period: Duration.minutes(1),
    ...options,
  });
}
