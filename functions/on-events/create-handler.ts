import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import type { MiddyfiedHandler } from '@middy/core';
import middy from '@middy/core';
import type { Context, SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { ControllerError, toControllerError } from '../../shared/model/errors.ts';
import { reconcileTriggers } from '../../shared/reconcile/reconcile-triggers.ts';
import type { EventTrigger } from '../../shared/reconcile/which-roles.ts';
import { instancesOf } from '../../shared/reconcile/which-roles.ts';
import { parseEventText } from '../../shared/triggers/parse-event.ts';
import type { Controller } from '../compose.ts';
import type { Telemetry } from '../middleware/telemetry.ts';
import { reportIgnored, reportMalformed, reportOutcome } from '../middleware/telemetry.ts';
import { deadlineOf } from '../middleware/time-left.ts';

export type OnEventsHandler = MiddyfiedHandler<SQSEvent, SQSBatchResponse>;

/**
 * Takes a batch of EventBridge envelopes from SQS as one set. What failed is reported by message, so that only it comes
 * back; what cannot be read is reported too, every time, until the queue moves it to the dead letters.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function createHandler(controller: Controller, telemetry: Telemetry): OnEventsHandler {
  const onEvents = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const { wanted, failures } = read(messagesOf(event), telemetry);
    return { batchItemFailures: [...failures, ...(await reconcile(controller, telemetry, wanted, context))] };
  };
  return middy<SQSEvent, SQSBatchResponse>(onEvents)
    .use(injectLambdaContext(telemetry.logger, { resetKeys: true }))
    .use(logMetrics(telemetry.metrics, { throwOnEmptyMetrics: false }));
}

const batchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

type Message = Pick<SQSRecord, 'messageId' | 'body'>;

/**
 * Whoever may invoke the function can give it anything.
 * @throws ControllerError `MalformedEvent`, permanent, for what is no batch of SQS.
 */
function messagesOf(event: unknown): readonly Message[] {
  const batch = batchSchema.safeParse(event);
  if (batch.success) return batch.data.Records;
  throw new ControllerError('on-events takes batches of its queue, and this is none: it has no Records', {
    code: 'MalformedEvent',
    disposition: 'permanent',
  });
}

interface Wanted {
  readonly messageId: string;
  readonly trigger: EventTrigger;
}

function read(
  records: readonly Message[],
  telemetry: Telemetry,
): { readonly wanted: readonly Wanted[]; readonly failures: readonly SQSBatchItemFailure[] } {
  const wanted: Wanted[] = [];
  const failures: SQSBatchItemFailure[] = [];
  for (const { messageId, body } of records) {
    try {
      const parsed = parseEventText(body);
      if (parsed.kind === 'ignored') reportIgnored(telemetry, messageId, parsed.reason);
      else if (parsed.trigger.kind === 'scheduled-resync') {
        reportIgnored(telemetry, messageId, 'the resync has a function of its own');
      } else wanted.push({ messageId, trigger: parsed.trigger });
    } catch (error) {
      reportMalformed(telemetry, messageId, toControllerError(error));
      failures.push({ itemIdentifier: messageId });
    }
  }
  return { wanted, failures };
}

async function reconcile(
  { ports, settings }: Controller,
  telemetry: Telemetry,
  wanted: readonly Wanted[],
  context: Context,
): Promise<readonly SQSBatchItemFailure[]> {
  if (wanted.length === 0) return [];
  const { now } = ports.surroundings;
  try {
    const triggers = wanted.map(({ trigger }) => trigger);
    const results = await reconcileTriggers(ports, settings, triggers, deadlineOf(context, now()));
    for (const { trigger, outcomes } of results) {
      const { kind, eventId, timeMs } = trigger;
      const [instanceId] = instancesOf(trigger);
      const state = kind === 'ec2-state-change' ? { state: trigger.state } : {};
      const cause = {
        trigger: kind,
        ...(instanceId === undefined ? {} : { instanceId }),
        ...state,
        eventId,
        eventTimeMs: timeMs,
      };
      for (const { role, outcome } of outcomes) reportOutcome(telemetry, role, outcome, cause, now());
    }
    return results.flatMap(({ outcomes }, index) => {
      const messageId = wanted[index]?.messageId;
      const hasFailed = outcomes.some(({ outcome }) => outcome.kind === 'failed');
      return hasFailed && messageId !== undefined ? [{ itemIdentifier: messageId }] : [];
    });
  } catch (thrown) {
    // What the whole set needs could not be read: every message goes back.
    const error = toControllerError(thrown);
    telemetry.metrics.addMetric('Failed', 'Count', wanted.length);
    telemetry.logger.error(error.message, { code: error.code, disposition: error.disposition });
    return wanted.map(({ messageId }) => ({ itemIdentifier: messageId }));
  }
}
