import type { ZodError } from 'zod';
import { AwsError } from './aws-error.ts';
import type { InputProblem } from './service.ts';

type Issue = ZodError['issues'][number];

/** The first thing that a schema found wrong, told by parameter. */
export function inputProblem(error: ZodError): InputProblem {
  const issue = mostTelling(error.issues);
  if (issue === undefined) return { kind: 'invalid', parameter: '', detail: 'the input is not valid' };
  if (issue.code === 'unrecognized_keys') {
    return { kind: 'unknown', parameter: parameterName([...issue.path, issue.keys[0] ?? '']), detail: '' };
  }
  const parameter = parameterName(issue.path);
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return { kind: 'missing', parameter, detail: '' };
  }
  return { kind: 'invalid', parameter, detail: issue.message };
}

/**
 * EC2's words, which most query services share.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function defaultInputError(problem: InputProblem): AwsError {
  switch (problem.kind) {
    case 'missing':
      return new AwsError('MissingParameter', `The request must contain the parameter ${problem.parameter}`);
    case 'unknown':
      return new AwsError('UnknownParameter', `The parameter ${problem.parameter} is not recognized`);
    case 'invalid':
      return new AwsError(
        'InvalidParameterValue',
        `Invalid value for parameter ${problem.parameter}: ${problem.detail}`,
      );
  }
}

// An unknown parameter is often the cause of a missing one (a misspelt name), so it is told first.
function mostTelling(issues: readonly Issue[]): Issue | undefined {
  return issues.find((issue) => issue.code === 'unrecognized_keys') ?? issues[0];
}

function parameterName(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join('.');
}
