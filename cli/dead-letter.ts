import { toControllerError } from '../shared/model/errors.ts';
import type { ParsedEvent, Trigger } from '../shared/model/trigger.ts';
import { instancesOf, namedRolesOf } from '../shared/reconcile/which-roles.ts';
import { parseEventText } from '../shared/triggers/parse-event.ts';
import type { ReceivedMessage } from './queue.ts';

/** A message of a dead-letter queue, with what can be said of it. */
export interface DeadLetter {
  readonly message: ReceivedMessage;
  /** The kind of its trigger; `ignored` for an event that is not ours to act on, `malformed` for what cannot be read. */
  readonly kind: Trigger['kind'] | 'ignored' | 'malformed';
  /** Instances, roles or the alarm that it names. */
  readonly about: readonly string[];
  /** When it happened; when it was sent where the message does not say. */
  readonly timeMs: number;
  readonly why: string;
}

/** What the message was and why it is here: EventBridge says so in its attributes, the queue does not. */
export function readDeadLetter(message: ReceivedMessage): DeadLetter {
  const parsed = parse(message.body);
  const why = undeliveredBecause(message.attributes);
  if (parsed.kind === 'malformed') {
    return { message, kind: 'malformed', about: [], timeMs: message.sentMs, why: why ?? parsed.reason };
  }
  const givenUp = why ?? 'the function gave it up; the log of on-events says why';
  if (parsed.kind === 'ignored') {
    return {
      message,
      kind: 'ignored',
      about: [],
      timeMs: message.sentMs,
      why: `${parsed.reason}; ${givenUp}`,
    };
  }
  const { trigger } = parsed;
  return { message, kind: trigger.kind, about: subjectsOf(trigger), timeMs: trigger.timeMs, why: givenUp };
}

function parse(body: string): ParsedEvent | { readonly kind: 'malformed'; readonly reason: string } {
  try {
    return parseEventText(body);
  } catch (error) {
    return { kind: 'malformed', reason: toControllerError(error).message };
  }
}

/** What a trigger is about, in the words of its event. */
export function subjectsOf(trigger: Trigger): readonly string[] {
  if (trigger.kind === 'scheduled-resync') return [];
  return [...instancesOf(trigger), ...namedRolesOf(trigger)];
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
function undeliveredBecause(attributes: ReceivedMessage['attributes']): string | undefined {
  const code = attributes['ERROR_CODE'];
  if (code === undefined) return undefined;
  const exhausted = attributes['EXHAUSTED_RETRY_CONDITION'];
  const tries =
    exhausted === undefined ? '' : ` (${exhausted}, ${attributes['RETRY_ATTEMPTS'] ?? '?'} retries)`;
  return `EventBridge could not deliver it: ${code}, ${attributes['ERROR_MESSAGE'] ?? 'no message'}${tries}`;
}
