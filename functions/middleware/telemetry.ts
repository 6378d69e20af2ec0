import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { ControllerError } from '../../shared/model/errors.ts';
import type { RoleName } from '../../shared/model/ids.ts';
import type { Outcome } from '../../shared/model/outcome.ts';
import type { MetricName } from './metric-meanings.ts';

/** What the functions tell the people who operate them. Made once per execution environment. */
export interface Telemetry {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** `POWERTOOLS_SERVICE_NAME` names the deployment: in every line, and as the dimension that keeps two of them apart. */
export function createTelemetry(): Telemetry {
  return { logger: new Logger(), metrics: new Metrics({ namespace: 'Understudy' }) };
}

/** The metric that counts each kind of outcome. */
export const outcomeMetrics: Readonly<Record<Outcome['kind'], string>> = {
  converged: 'Converged',
  noop: 'Noop',
  ignored: 'Ignored',
  waiting: 'Waiting',
  superseded: 'Superseded',
  refused: 'Refused',
  vacant: 'Vacant',
  failed: 'Failed',
};

/** Why an outcome came about: the event in a few words, and when it happened if it was one. */
export interface Cause {
  readonly trigger: string;
  readonly instanceId?: string;
  readonly state?: string;
  readonly eventId?: string;
  readonly eventTimeMs?: number;
}

/** One line of log and one count for each outcome; for a move also the time from its event until it was settled. */
export function reportOutcome(
  { logger, metrics }: Telemetry,
  role: RoleName | undefined,
  outcome: Outcome,
  cause: Cause,
  nowMs: number,
): void {
  metrics.addMetric(outcomeMetrics[outcome.kind], MetricUnit.Count, 1);
  if ('unauthorized' in outcome && outcome.unauthorized.length > 0) {
    metrics.addMetric(
      'UnauthorizedCandidate' satisfies MetricName,
      MetricUnit.Count,
      outcome.unauthorized.length,
    );
    for (const { instanceId, words } of outcome.unauthorized) logger.warn(`${role}: ${instanceId} ${words}`);
  }
  if (outcome.kind === 'converged' && outcome.changes.length > 0 && cause.eventTimeMs !== undefined) {
    // Over all roles, for the alarm, and for each.
    metrics
      .singleMetric()
      .addDimensions({})
      .addDimensions({ role: role ?? 'none' })
      .addMetric(
        'FailoverLatency' satisfies MetricName,
        MetricUnit.Milliseconds,
        Math.max(0, nowMs - cause.eventTimeMs),
      );
  }
  const line = { role, outcome: outcome.kind, cause, ...detailsOf(outcome) };
  switch (outcome.kind) {
    case 'failed':
      logger.error(`${role ?? cause.instanceId}: ${outcome.error.message}`, line);
      return;
    case 'refused':
    case 'vacant':
      logger.warn(`${role}: ${outcome.kind}`, line);
      return;
    default:
      logger.info(`${role ?? cause.instanceId}: ${outcome.kind}`, line);
  }
}

function detailsOf(outcome: Outcome): object {
  switch (outcome.kind) {
    case 'failed':
      return { code: outcome.error.code, disposition: outcome.error.disposition };
    case 'ignored':
    case 'waiting':
    case 'superseded':
      return { reason: outcome.reason };
    case 'converged':
    case 'noop':
    case 'refused':
    case 'vacant': {
      const { kind: _, ...details } = outcome;
      return details;
    }
  }
}

/** A message that is not ours to act on. */
export function reportIgnored({ logger, metrics }: Telemetry, messageId: string, reason: string): void {
  metrics.addMetric(outcomeMetrics.ignored, MetricUnit.Count, 1);
  logger.info('ignored', { messageId, reason });
}

/** A message that could not even be read: counted, logged, and left to end in the dead-letter queue. */
export function reportMalformed(
  { logger, metrics }: Telemetry,
  messageId: string,
  error: ControllerError,
): void {
  metrics.addMetric('MalformedEvent' satisfies MetricName, MetricUnit.Count, 1);
  logger.error(error.message, { messageId, code: error.code, disposition: error.disposition });
}
