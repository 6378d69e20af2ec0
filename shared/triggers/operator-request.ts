import * as z from 'zod';
import { roleNameSchema } from '../model/ids.ts';
import { wokenBy } from './envelope.ts';
import type { EventKind } from './event-kind.ts';
import { eventTextSchema } from './event-text.ts';

/** One request is about one duty or one instance: far fewer roles than this. */
const rolesMax = 100;
/** Room for the longest ARN of whoever asks, and what they ask for. */
const wordsLengthMax = 1024;

const eventSchema = z.object({
  detail: z.object({
    roles: z.array(roleNameSchema).min(1).max(rolesMax),
    words: z.string().trim().pipe(eventTextSchema(wordsLengthMax)),
  }),
});

/**
 * Somebody used Understudy's own command, which puts this into the queue itself. No rule lets it through, so that who may
 * put events on the bus cannot pass for an operator: that takes `sqs:SendMessage` on the queue.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export const operatorRequest: EventKind = {
  kind: 'operator-request',
  source: 'understudy',
  detailType: 'Operator Request',
  parse: (envelope) => {
    const { roles, words } = eventSchema.parse(envelope).detail;
    return {
      kind: 'trigger',
      trigger: { kind: 'operator-request', ...wokenBy(envelope), roles: [...new Set(roles)], words },
    };
  },
};
