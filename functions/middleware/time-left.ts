import type { Context } from 'aws-lambda';

/** What is kept for giving leases back, reporting and answering, once nothing new is begun. */
const reserveMs = 5_000;

/** When to begin nothing more, in milliseconds since the epoch: well before Lambda stops the function. */
export function deadlineOf(context: Pick<Context, 'getRemainingTimeInMillis'>, nowMs: number): number {
  return nowMs + context.getRemainingTimeInMillis() - reserveMs;
}
