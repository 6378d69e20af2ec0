import { explainError } from '../explain-error.ts';
import type { DoctorContext } from './doctor-context.ts';

/** What a check says: `unknown` where AWS did not let it be read. */
export type DoctorVerdict = 'ok' | 'warn' | 'fail' | 'unknown';

/** One thing that was looked at. */
export interface Finding {
  /** Such as `table` or `role db`. */
  readonly subject: string;
  readonly verdict: DoctorVerdict;
  readonly words: string;
  /** What to do about it. */
  readonly mend?: string;
}

/** Looks at one part of the whole. May throw: then nothing can be told of that part. */
export type Check = (context: DoctorContext) => Promise<readonly Finding[]>;

/** Runs one check; whatever stops it is what it found. */
export async function findingsOf(
  subject: string,
  check: Check,
  context: DoctorContext,
): Promise<readonly Finding[]> {
  try {
    return await check(context);
  } catch (error) {
    const { code, message, hint } = explainError(error);
    const words = `cannot tell: ${code}: ${message}`;
    const isKnown = code !== 'Unexpected' && hint !== undefined;
    return [{ subject, verdict: 'unknown', words, ...(isKnown ? { mend: hint } : {}) }];
  }
}

export function ok(subject: string, words: string): Finding {
  return { subject, verdict: 'ok', words };
}

export function warn(subject: string, words: string, mend: string): Finding {
  return { subject, verdict: 'warn', words, mend };
}

export function fail(subject: string, words: string, mend: string): Finding {
  return { subject, verdict: 'fail', words, mend };
}
