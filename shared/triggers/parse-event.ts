import * as z from 'zod';
import { ControllerError } from '../model/errors.ts';
import type { ParsedEvent } from '../model/trigger.ts';
import { ec2StateChange } from './ec2-state-change.ts';
import { envelopeSchema } from './envelope.ts';
import type { EventKind } from './event-kind.ts';
import { scheduledResync } from './scheduled-resync.ts';
import { tagChange } from './tag-change.ts';

/** Every kind of event that wakes the controller. */
export const eventKinds: readonly EventKind[] = [ec2StateChange, tagChange, scheduledResync];

/**
 * EventBridge JSON to a trigger. An event of a kind that is not ours is `ignored`.
 * @throws ControllerError `MalformedEvent`, permanent, when it is no event at all or a malformed one of our kinds.
 */
export function parseEvent(event: unknown): ParsedEvent {
  const envelope = envelopeSchema.safeParse(event);
  if (!envelope.success) throw malformed('not an EventBridge event', envelope.error);
  const { source, 'detail-type': detailType } = envelope.data;
  const kind = eventKinds.find((each) => each.source === source && each.detailType === detailType);
  if (kind === undefined) return { kind: 'ignored', reason: `no handler for "${detailType}" of ${source}` };
  try {
    return kind.parse(envelope.data);
  } catch (error) {
    if (error instanceof z.ZodError) throw malformed(`a malformed "${detailType}"`, error);
    throw error;
  }
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

function malformed(what: string, error: z.ZodError): ControllerError {
  const problems = error.issues
    .map((issue) => `${issue.path.join('.') || 'event'}: ${issue.message}`)
    .join('; ');
  return new ControllerError(`${what}: ${problems}`, {
    code: 'MalformedEvent',
    disposition: 'permanent',
    cause: error,
  });
}
