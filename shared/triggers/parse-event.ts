import * as z from 'zod';
import { ControllerError } from '../model/errors.ts';
import { excerpt } from '../model/excerpt.ts';
import type { ParsedEvent } from '../model/trigger.ts';
import { alarm } from './alarm.ts';
import { ec2StateChange } from './ec2-state-change.ts';
import { envelopeSchema } from './envelope.ts';
import type { EventKind } from './event-kind.ts';
import { healthEvent } from './health-event.ts';
import { launchHook } from './launch-hook.ts';
import { operatorRequest } from './operator-request.ts';
import { rebalanceRecommendation } from './rebalance-recommendation.ts';
import { scheduledResync } from './scheduled-resync.ts';
import { spotInterruption } from './spot-interruption.ts';
import { tagCall } from './tag-call.ts';
import { tagChange } from './tag-change.ts';
import { terminateHook } from './terminate-hook.ts';

/** Every kind of event that wakes the controller. */
export const eventKinds: readonly EventKind[] = [
  ec2StateChange,
  tagChange,
  tagCall,
  launchHook,
  terminateHook,
  spotInterruption,
  rebalanceRecommendation,
  healthEvent,
  alarm,
  operatorRequest,
  scheduledResync,
];

/**
 * EventBridge JSON to a trigger. An event of a kind that is not ours is `ignored`.
 * @throws ControllerError `MalformedEvent`, permanent, when it is no event at all or a malformed one of our kinds.
 */
export function parseEvent(event: unknown): ParsedEvent {
  const envelope = envelopeSchema.safeParse(event);
  if (!envelope.success) throw malformed('not an EventBridge event', envelope.error);
  const { source, 'detail-type': detailType } = envelope.data;
  const kind = eventKinds.find((each) => each.source === source && each.detailType === detailType);
  if (kind === undefined) return ignored(`no handler for "${detailType}" of ${source}`);
  try {
    const parsed = kind.parse(envelope.data);
    return parsed.kind === 'ignored' ? ignored(parsed.reason) : parsed;
  } catch (error) {
    if (error instanceof z.ZodError) throw malformed(`a malformed "${detailType}"`, error);
    throw error;
  }
}

/** The reason may quote anything of the event. */
function ignored(reason: string): ParsedEvent {
  return { kind: 'ignored', reason: excerpt(reason, reasonLengthMax) };
}

/** The same, from the text of a queue message. */
export function parseEventText(text: string): ParsedEvent {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch (error) {
    throw new ControllerError('the message is not JSON', {
      code: 'MalformedEvent',
      disposition: 'permanent',
      cause: error,
    });
  }
  return parseEvent(event);
}

/** A message can be a megabyte, and wrong in every line of it: whoever reads the log wants to see the first few. */
const problemsMax = 5;
const problemLengthMax = 200;
const reasonLengthMax = 400;

function malformed(what: string, error: z.ZodError): ControllerError {
  const problems = error.issues
    .slice(0, problemsMax)
    .map((issue) => excerpt(`${issue.path.join('.') || 'event'}: ${issue.message}`, problemLengthMax));
  const rest = error.issues.length - problems.length;
  if (rest > 0) problems.push(`and ${rest} more`);
  return new ControllerError(`${what}: ${problems.join('; ')}`, {
    code: 'MalformedEvent',
    disposition: 'permanent',
    cause: error,
  });
}
