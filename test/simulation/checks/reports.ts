import type { Invocation } from '../engine/invocation.ts';
import type { Check } from './watch.ts';

/** What went wrong is told to whoever invoked the function, so that the message comes back: nothing is logged and swallowed. */
export function failuresAreReported(): Check {
  const failed = new Map<Invocation, string>();
  return {
    name: 'what failed is reported',
    onLog: (invocation, level, message) => {
      if (level === 'error') failed.set(invocation, message);
      return [];
    },
    onEnd: (invocation, { kind, failures }) => {
      const message = failed.get(invocation);
      failed.delete(invocation);
      if (message === undefined || kind !== 'ended' || failures > 0) return [];
      return [`${invocation.id} says "${message}" and ends as if all were well`];
    },
  };
}
