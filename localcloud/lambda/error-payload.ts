import type { Outcome } from './execution-environment.ts';

/**
 * What the caller of a failed invocation gets as payload; undefined for a success.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
export function errorPayload(
  outcome: Outcome,
  requestId: string,
  timeoutSeconds: number,
): object | undefined {
  switch (outcome.kind) {
    case 'success':
      return undefined;
    case 'failure':
    case 'crash':
      return outcome.error;
    case 'timeout':
      return {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
      };
  }
}
