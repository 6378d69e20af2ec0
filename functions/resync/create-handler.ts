import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import type { MiddyfiedHandler } from '@middy/core';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { ControllerError } from '../../shared/model/errors.ts';
import type { Outcome } from '../../shared/model/outcome.ts';
import { resyncRoles } from '../../shared/reconcile/resync-roles.ts';
import type { Controller } from '../compose.ts';
import type { Telemetry } from '../middleware/telemetry.ts';
import { reportOutcome } from '../middleware/telemetry.ts';
import { deadlineOf } from '../middleware/time-left.ts';

/** How many roles came to which outcome, and where the next pass goes on when time ran out. */
export interface ResyncResult {
  readonly outcomes: Readonly<Partial<Record<Outcome['kind'], number>>>;
  readonly resumesAfter: string | null;
}

export type ResyncHandler = MiddyfiedHandler<unknown, ResyncResult>;

/**
 * Goes through all roles. Each has its outcome whatever becomes of the others; when one failed the invocation fails at
 * the end, so that Lambda tries again and the alarm hears of it.
 */
export function createHandler({ ports, settings, cursor }: Controller, telemetry: Telemetry): ResyncHandler {
  const resync = async (_event: unknown, context: Context): Promise<ResyncResult> => {
    const { now } = ports.surroundings;
    const report = await resyncRoles(ports, settings, cursor, deadlineOf(context, now()));
    for (const [role, outcome] of report.outcomes) {
      reportOutcome(telemetry, role, outcome, { trigger: 'scheduled-resync' }, now());
    }
    const failed = [...report.outcomes].filter(([, { kind }]) => kind === 'failed').map(([role]) => role);
    if (failed.length > 0) {
      throw new ControllerError(`the resync failed for ${failed.join(', ')}`, {
        code: 'ResyncFailed',
        disposition: 'retryable',
      });
    }
    return { outcomes: countsOf([...report.outcomes.values()]), resumesAfter: report.resumesAfter ?? null };
  };
  return middy<unknown, ResyncResult>(resync)
    .use(injectLambdaContext(telemetry.logger, { resetKeys: true }))
    .use(logMetrics(telemetry.metrics, { throwOnEmptyMetrics: false }));
}

function countsOf(outcomes: readonly Outcome[]): ResyncResult['outcomes'] {
  const kinds = Map.groupBy(outcomes, ({ kind }) => kind);
  return Object.fromEntries([...kinds].map(([kind, its]) => [kind, its.length]));
}
