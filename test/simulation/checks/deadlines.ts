import type { Check } from './watch.ts';

/** What functions keep for ending well; see `reserveMs` in functions/middleware/time-left.ts. */
const reserveMs = 5_000;

/** A function that has little time left claims nothing more: Lambda would stop it in the middle. */
export function nothingBegunLate(): Check {
  return {
    name: 'nothing is begun shortly before the deadline',
    onStateWrite: ({ role, before, after, call, invocation }) => {
      const isClaim = after.lease !== undefined && after.lease.owner !== before.lease?.owner;
      // Who stood still between looking at the clock and sending cannot know; and of the SDK's tries the first counts.
      if (!isClaim || call.attempt > 1 || call.sentAtMs <= invocation.frozenUntilMs) return [];
      const leftMs = invocation.deadlineMs - call.sentAtMs;
      return leftMs < reserveMs ? [`${invocation.id} claims ${role} with ${leftMs} ms left`] : [];
    },
  };
}
