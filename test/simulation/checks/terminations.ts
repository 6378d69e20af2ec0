import * as z from 'zod';
import { roleNameSchema } from '../../../shared/model/ids.ts';
import { slotOf } from '../../../shared/model/role-state.ts';
import type { Invocation } from '../engine/invocation.ts';
import { slotWords } from './holders.ts';
import { parseBody } from './message.ts';
import type { StateLog } from './state-log.ts';
import type { Check } from './watch.ts';

const endSchema = z.object({
  source: z.literal('aws.ec2'),
  detail: z.object({ 'instance-id': z.string(), state: z.enum(['shutting-down', 'terminated']) }),
});

/**
 * Termination is for ever: who is told of it gives that instance no role, whatever Describe still shows, and does not find
 * that there is nothing to do while it has one.
 */
export function terminationIsBelieved(log: StateLog, beganMs: (invocation: Invocation) => number): Check {
  const told = new Map<Invocation, ReadonlySet<string>>();
  const isTold = (invocation: Invocation, holder: string | undefined): boolean =>
    holder !== undefined && told.get(invocation)?.has(holder) === true;
  return {
    name: 'termination is believed',
    onBegin: (invocation, bodies) => {
      const ids = bodies.flatMap(
        (body) => endSchema.safeParse(parseBody(body)).data?.detail['instance-id'] ?? [],
      );
      if (ids.length > 0) told.set(invocation, new Set(ids));
      return [];
    },
    onStateWrite: ({ role, before, after, invocation }) =>
      after.slots
        .filter(({ slot, holder }) => slotOf(before, slot).holder !== holder && isTold(invocation, holder))
        .map(
          ({ slot, holder }) => `${slotWords(role, slot)} was given to ${holder} by who was told of its end`,
        ),
    onLog: (invocation, _level, message) => {
      const role = roleNameSchema.safeParse(/^(.*): noop$/.exec(message)?.[1]).data;
      if (role === undefined || !told.has(invocation)) return [];
      const { slots, lease } = log.stateOf(invocation.controller, role);
      // Whom somebody else has given it meanwhile is another matter.
      return slots
        .filter(({ claimedAtMs }) => lease === undefined && claimedAtMs < beganMs(invocation) - clockSkewMs)
        .filter(({ holder }) => isTold(invocation, holder))
        .map(
          ({ slot, holder }) => `${slotWords(role, slot)} was left with ${holder} by who was told of its end`,
        );
    },
    onEnd: (invocation) => {
      told.delete(invocation);
      return [];
    },
  };
}

/** The clocks of two invocations may differ by that much. */
const clockSkewMs = 1_500;
