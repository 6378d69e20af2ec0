import { excerpt } from './excerpt.ts';

/** Characters of a message, at the most: it goes into logs and histories, and may quote what anybody wrote. */
const messageLengthMax = 4_000;

/**
 * What to do with a failure.
 * - `retryable`: the same input may work later; back to the queue.
 * - `conflict`: the world moved between reading and writing; read and plan again, a bounded number of times.
 * - `permanent`: the same input can never work; this role or message stops, others go on, an alarm says why.
 */
export type Disposition = 'retryable' | 'conflict' | 'permanent';

const brand = Symbol.for('understudy.ControllerError');

interface ControllerErrorOptions {
  readonly code: string;
  readonly disposition: Disposition;
  readonly cause?: unknown;
}

/**
 * The one exception of the controller. `code` is stable and safe to alarm on; the message is for people.
 * Expected results (refused, superseded, vacant …) are outcomes, not exceptions.
 */
export class ControllerError extends Error {
  readonly code: string;
  readonly disposition: Disposition;
  readonly [brand] = true;

  constructor(message: string, { code, disposition, cause }: ControllerErrorOptions) {
    super(excerpt(message, messageLengthMax), cause === undefined ? undefined : { cause });
    this.name = 'ControllerError';
    this.code = code;
    this.disposition = disposition;
  }
}

/** Holds across bundles, where `instanceof` would not. */
export function isControllerError(error: unknown): error is ControllerError {
  return typeof error === 'object' && error !== null && brand in error;
}

/** Anything thrown, as a ControllerError: what nobody classified is our own bug, and is worth another try. */
export function toControllerError(error: unknown): ControllerError {
  if (isControllerError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ControllerError(message, { code: 'Unexpected', disposition: 'retryable', cause: error });
}

/** A switch that reaches this has forgotten a case; the compiler says which. */
export function assertNever(value: never): never {
  throw new ControllerError(`unhandled case: ${JSON.stringify(value)}`, {
    code: 'UnhandledCase',
    disposition: 'permanent',
  });
}
