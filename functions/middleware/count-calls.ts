import type { Metrics } from '@aws-lambda-powertools/metrics';
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { throttlingCodes } from '../../shared/model/throttling.ts';
import type { Clients } from '../compose.ts';
import type { MetricName } from './metric-meanings.ts';

/**
 * Counts every attempt of a call, retries too: `Ec2Calls`, `Route53Calls` and `DynamodbCalls` are what AWS's rate limits
 * see, `ThrottledCalls` what they turned away.
 */
export function countCalls({ ec2, route53, dynamodb }: Clients, metrics: Metrics): void {
  // Below the retries, so that each attempt comes by.
  const below = { step: 'finalizeRequest', priority: 'low', name: 'countCalls' } as const;
  ec2.middlewareStack.add(countingMiddleware(metrics, 'Ec2Calls'), below);
  route53.middlewareStack.add(countingMiddleware(metrics, 'Route53Calls'), below);
  dynamodb.middlewareStack.add(countingMiddleware(metrics, 'DynamodbCalls'), below);
}

function countingMiddleware(metrics: Metrics, metric: MetricName) {
  return <Args, Output>(next: (args: Args) => Promise<Output>) =>
    async (args: Args): Promise<Output> => {
      metrics.addMetric(metric, MetricUnit.Count, 1);
      try {
        return await next(args);
      } catch (error) {
        if (error instanceof Error && throttlingCodes.has(error.name)) {
          metrics.addMetric('ThrottledCalls' satisfies MetricName, MetricUnit.Count, 1);
        }
        throw error;
      }
    };
}
