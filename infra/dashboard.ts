import { Aws, Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Watched } from './alarm-definitions.ts';
import { controllerMetric, metricsNamespace } from './metrics.ts';

const period = Duration.minutes(5);

/** What is going on, and what was: alarms, moves, times, outcomes, calls, queues, functions. */
export function createDashboard(scope: Construct, watched: Watched, alarms: readonly Alarm[]): Dashboard {
  const { name } = watched.parameters;
  return new Dashboard(scope, 'Dashboard', {
    // Dashboards belong to no region: two stacks of one name in two regions must not share one.
    dashboardName: `${name}-${Aws.REGION}`,
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 3 })],
      moveWidgets(name),
      outcomeWidgets(name),
      plumbingWidgets(watched),
    ],
  });
}

function moveWidgets(name: string): IWidget[] {
  return [
    graph('Moves per role', 'moves', [perRole(name, Stats.SAMPLE_COUNT)]),
    graph('Event to settled, per role', 'ms', [perRole(name, Stats.MAXIMUM)]),
    graph(
      'Event to settled, all roles',
      'ms',
      [50, 99].map((percent) =>
        controllerMetric(name, 'FailoverLatency', { statistic: Stats.percentile(percent), period }),
      ),
    ),
  ];
}

function outcomeWidgets(name: string): IWidget[] {
  const counts = (...metricNames: readonly string[]) =>
    metricNames.map((metricName) => controllerMetric(name, metricName, { period }));
  return [
    graph('Outcomes', 'roles', counts('Converged', 'Noop', 'Waiting', 'Superseded', 'Failed')),
    graph('Refused and vacant', 'roles', counts('Refused', 'UnauthorizedCandidate', 'Vacant')),
    graph('Calls to AWS', 'calls', [
      ...counts('DynamodbCalls', 'Ec2Calls', 'Route53Calls', 'ThrottledCalls'),
    ]),
  ];
}

function plumbingWidgets({ queues, functions }: Watched): IWidget[] {
  const depth = Object.values(queues).map((queue) =>
    queue.metricApproximateNumberOfMessagesVisible({
      period,
      statistic: Stats.MAXIMUM,
      label: queue.node.id,
    }),
  );
  const lambdas = Object.entries(functions);
  return [
    graph('Messages waiting', 'messages', depth),
    graph(
      'Duration of invocations',
      'ms',
      lambdas.map(([label, each]) => each.metricDuration({ period, statistic: Stats.MAXIMUM, label })),
    ),
    graph(
      'Failed invocations',
      'invocations',
      lambdas.map(([label, each]) => each.metricErrors({ period, statistic: Stats.SUM, label })),
    ),
  ];
}

/** One line for each role that has moved. */
function perRole(name: string, statistic: string): IMetric {
  const schema = `{${metricsNamespace},role,service}`;
  return new MathExpression({
    expression: `SEARCH('${schema} MetricName="FailoverLatency" service="${name}"', '${statistic}', ${period.toSeconds()})`,
    usingMetrics: {},
    label: '',
    period,
  });
}

function graph(title: string, unit: string, metrics: readonly IMetric[]): GraphWidget {
  return new GraphWidget({
    title,
    left: [...metrics],
    leftYAxis: { label: unit, showUnits: false, min: 0 },
    width: 8,
    height: 6,
  });
}
