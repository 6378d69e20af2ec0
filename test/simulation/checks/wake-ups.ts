import * as z from 'zod';
import type { RoleName } from '../../../shared/model/ids.ts';
import type { Invocation } from '../engine/invocation.ts';
import type { StateLog } from './state-log.ts';
import type { Check } from './watch.ts';

const readSchema = z.object({
  RequestItems: z.record(
    z.string(),
    z.object({ Keys: z.array(z.object({ pk: z.object({ S: z.string() }) })) }),
  ),
});

/**
 * No wake-up is lost between two who are at one role: who leaves it to the owner of its lease has counted up in its state,
 * and the owner looks again when it settles and finds that somebody did.
 */
export function noWakeUpIsLost(log: StateLog): Check {
  const asked = new Map<Invocation, Set<string>>();
  const asksSeen = new Map<Invocation, Map<string, number>>();
  const owed = new Map<Invocation, Set<string>>();
  return {
    name: 'no wake-up is lost',
    onStateWrite: ({ role, before, after, invocation }) => {
      if (after.askedAgain > before.askedAgain) inSet(asked, invocation).add(role);
      // Who claims the role has read what stood there after it was given back: that is the look that was asked for.
      if (after.lease !== undefined && after.revision > before.revision)
        for (const roles of owed.values()) roles.delete(role);
      const isGivenBack = after.lease === undefined && before.lease !== undefined;
      const seen = asksSeen.get(invocation)?.get(role) ?? 0;
      if (isGivenBack && after.askedAgain > seen) inSet(owed, invocation).add(role);
      return [];
    },
    onEffect: ({ invocation, operation, input }) => {
      const read = operation === 'BatchGetItem' ? readSchema.safeParse(input).data : undefined;
      const keys = Object.values(read?.RequestItems ?? {}).flatMap(({ Keys }) => Keys);
      const seen = asksSeen.get(invocation) ?? new Map<string, number>();
      asksSeen.set(invocation, seen);
      for (const { pk } of keys) {
        const role = pk.S.replace('ROLE#', '') as RoleName;
        owed.get(invocation)?.delete(role);
        seen.set(role, log.stateOf(invocation.controller, role).askedAgain);
      }
      return [];
    },
    onLog: (invocation, _level, message, reason) => {
      const [role = ''] = message.split(': waiting');
      const saysSo = reason?.includes('was asked to look again') === true;
      if (!saysSo || asked.get(invocation)?.has(role) === true) return [];
      return [`${invocation.id} says that it asked the owner of the lease of ${role}, and did not`];
    },
    onEnd: (invocation, { kind, failures }) => {
      const roles = [...(owed.get(invocation) ?? [])];
      owed.delete(invocation);
      asksSeen.delete(invocation);
      if (kind !== 'ended' || failures > 0) return [];
      return roles.map((role) => `${invocation.id} was asked to look at ${role} again, and did not`);
    },
  };
}

function inSet(sets: Map<Invocation, Set<string>>, invocation: Invocation): Set<string> {
  const set = sets.get(invocation) ?? new Set<string>();
  sets.set(invocation, set);
  return set;
}
