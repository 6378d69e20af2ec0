import { expect } from 'vitest';
import { isControllerError } from '../../shared/model/errors.ts';

/** What a parser may refuse with: its own code, for good. Anything else that it throws fails the test. */
export function refusalOf(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (!isControllerError(error) || error.disposition !== 'permanent') throw error;
    expect(error.message.length).toBeGreaterThan(0);
    return error.code;
  }
}
