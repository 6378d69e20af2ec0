import { AwsError, notModelled } from '../core/aws-error.ts';
import type { InputProblem } from '../core/service.ts';

/**
 * CloudWatch's errors, by the names of the JSON protocol; messages are localcloud's own where none is known.
 * Codes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CommonErrors.html and the page of each action.
 */

export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

export function invalidCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombinationException', message);
}

export function invalidValue(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

export function alarmNotFound(name: string): AwsError {
  return new AwsError('ResourceNotFound', `The alarm '${name}' does not exist`, 404);
}

/** What the query protocol calls errors that it has another code for. */
export const queryErrorCodes: ReadonlyMap<string, string> = new Map([
  ['InvalidFormatFault', 'InvalidFormat'],
  ['InvalidParameterCombinationException', 'InvalidParameterCombination'],
  ['InvalidParameterValueException', 'InvalidParameterValue'],
  ['LimitExceededFault', 'LimitExceeded'],
  ['MissingRequiredParameterException', 'MissingParameter'],
  ['ValidationException', 'ValidationError'],
]);

/** The error for input that does not have the form of an operation's. */
export function inputError({ kind, parameter, detail }: InputProblem): AwsError {
  const member = parameter.charAt(0).toLowerCase() + parameter.slice(1);
  switch (kind) {
    case 'missing':
      return validationError(
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      );
    case 'unknown':
      // Most of those are AWS's own.
      return notModelled(`the parameter ${parameter} of CloudWatch`);
    case 'invalid':
      return validationError(
        `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${detail}`,
      );
  }
}
