import type { Trigger } from '../model/trigger.ts';
import type { Envelope } from './envelope.ts';

/** One kind of event: how it is recognised and what it tells. */
export interface EventKind {
  readonly kind: Trigger['kind'];
  readonly source: string;
  readonly detailType: string;
  /** Throws a ZodError when the event is malformed. */
  readonly parse: (envelope: Envelope) => Trigger;
}
