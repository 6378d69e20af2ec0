import type { ParsedEvent, Trigger } from '../model/trigger.ts';
import type { Envelope } from './envelope.ts';

/** One kind of event: how it is recognised and what it tells. */
export interface EventKind {
  readonly kind: Trigger['kind'];
  readonly source: string;
  readonly detailType: string;
  /** A trigger, or why an event of this kind is none. Throws a ZodError when the event is malformed. */
  readonly parse: (envelope: Envelope) => ParsedEvent;
}
