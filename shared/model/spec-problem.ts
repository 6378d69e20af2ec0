import type { z } from 'zod';
import { excerpt, jsonExcerpt } from './excerpt.ts';

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

function problemsOf(
  issue: z.core.$ZodIssue,
  input: unknown,
  above: readonly PropertyKey[] = [],
): readonly SpecProblem[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...path, key]),
      found: 'an unknown key',
      allowed: 'only the keys that the documentation names; is it a spelling mistake?',
    }));
  }
  const members = membersOf(issue);
  const closest = members.find((each) => !wantsAnotherType(each)) ?? members[0];
  if (closest !== undefined) return closest.flatMap((inner) => problemsOf(inner, input, path));
  const allowed = excerpt(issue.message, allowedLengthMax);
  return [{ path: pathText(path), found: foundText(valueAt(input, path)), allowed }];
}

/** What each member of a union says of the input, where the union says nothing itself: these are zod's words then. */
function membersOf(issue: z.core.$ZodIssue): readonly (readonly z.core.$ZodIssue[])[] {
  return issue.code === 'invalid_union' && issue.message === 'Invalid input' ? issue.errors : [];
}

/** Whether a member of a union is not what was meant: it did not even begin. */
function wantsAnotherType(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0);
}

/** Such as `roles.db.records[0].zone`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) =>
      typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${excerpt(String(key), keyLengthMax)}`,
    )
    .join('');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

const keyLengthMax = 80;
const foundLengthMax = 80;

/** Some of what is allowed quotes what was found, which can be of any length. */
const allowedLengthMax = 400;

function foundText(value: unknown): string {
  return value === undefined ? 'nothing' : jsonExcerpt(value, foundLengthMax);
}
