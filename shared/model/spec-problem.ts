import type { z } from 'zod';

/** One thing that is wrong with what an operator wrote: where, what was found, what is allowed. */
export interface SpecProblem {
  /** Such as `roles.db.records[0].zone`. */
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
}

/** Every problem of an input, each at its own path, innermost first where a union was tried. */
export function specProblems(error: z.ZodError, input: unknown): readonly SpecProblem[] {
  return error.issues.flatMap((issue) => problemsOf(issue, input));
}

function problemsOf(issue: z.core.$ZodIssue, input: unknown): readonly SpecProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      found: 'an unknown key',
      allowed: 'only the keys that the documentation names; is it a spelling mistake?',
    }));
  }
  return [
    { path: pathText(issue.path), found: foundText(valueAt(input, issue.path)), allowed: issue.message },
  ];
}

/** Such as `roles.db.records[0].zone`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

const foundLengthMax = 80;

function foundText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > foundLengthMax ? `${text.slice(0, foundLengthMax)}…` : text;
}
