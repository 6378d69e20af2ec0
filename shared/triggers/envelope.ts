import * as z from 'zod';
import { eventTextSchema } from './event-text.ts';

/**
 * The EventBridge envelope, as far as every event has it. `version` and `resources` are missing in some of AWS's own
 * samples, `id` is not always a version-4 UUID, and `replay-name` is there on replays only: a replayed event is a hint
 * like any other.
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/overview-event-structure.html
 */
export const envelopeSchema = z.looseObject({
  id: eventTextSchema(255),
  source: z.string().min(1),
  'detail-type': z.string().min(1),
  /** Of the bus on which the event appeared. */
  account: z.string().optional(),
  time: z.iso.datetime({ offset: true }),
  resources: z.unknown().optional(),
  detail: z.unknown(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** What every trigger says of the event that it comes from. */
export function wokenBy({ id, time }: Envelope): { readonly eventId: string; readonly timeMs: number } {
  return { eventId: id, timeMs: Date.parse(time) };
}
