import { AwsError } from '../core/aws-error.ts';
import { compileEventPattern, type EventPattern } from './event-pattern/event-pattern.ts';
import { InvalidPattern } from './event-pattern/invalid-pattern.ts';

const patternLengthMax = 4096;

/** Compiles an `EventPattern` parameter. Throws InvalidEventPatternException or ValidationException. */
export function compilePattern(text: string): EventPattern {
  if (text.length > patternLengthMax)
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'eventPattern' failed to satisfy constraint: Member must have length less than or equal to ${patternLengthMax}`,
    );
  try {
    return compileEventPattern(text);
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    throw new AwsError(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${error.message}`,
    );
  }
}
