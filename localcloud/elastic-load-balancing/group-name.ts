import { validationError } from './errors.ts';

/**
 * Throws ValidationError unless the text can be the name of a target group.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
export function expectGroupName(name: string): void {
  const problem = nameProblem(name);
  if (problem !== undefined) throw validationError(`Target group name '${name}' ${problem}`);
}

function nameProblem(name: string): string | undefined {
  if (name.length > 32) return "cannot be longer than '32' characters";
  if (!/^[a-zA-Z0-9-]+$/.test(name))
    return 'can only contain characters that are alphanumeric characters or hyphens(-)';
  return name.startsWith('-') || name.endsWith('-') ? "cannot begin or end with '-'" : undefined;
}
