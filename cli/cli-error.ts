import { excerpt } from '../shared/model/excerpt.ts';
import type { ExitCode } from './exit-codes.ts';
import { exitCodes } from './exit-codes.ts';
import type { FileProblem } from './roles-file/file-problem.ts';

/** Characters of a message, at the most: it may quote any argument. */
const messageLengthMax = 1_000;

interface CliErrorOptions {
  readonly code: string;
  readonly hint?: string;
  readonly exitCode?: ExitCode;
  readonly problems?: readonly FileProblem[];
  readonly cause?: unknown;
}

/** Why the command stops: one line for people, a stable code for programs, and what to do about it. */
export class CliError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  /** Failure unless told otherwise. */
  readonly exitCode: ExitCode;
  /** What is wrong with a file, each at its place. */
  readonly problems: readonly FileProblem[];

  constructor(
    message: string,
    { code, hint, exitCode = exitCodes.failure, problems = [], cause }: CliErrorOptions,
  ) {
    super(excerpt(message, messageLengthMax), cause === undefined ? undefined : { cause });
    this.name = 'CliError';
    this.code = code;
    this.hint = hint;
    this.exitCode = exitCode;
    this.problems = problems;
  }
}

/** Somebody asked for what cannot be: exit code 2. */
export function usageError(message: string, code: string, hint?: string): CliError {
  return new CliError(message, { code, exitCode: exitCodes.usage, ...(hint === undefined ? {} : { hint }) });
}

/** The argument names a role that is not there. */
export function roleNotDefined(name: string): CliError {
  return usageError(
    `no role "${name}" is defined`,
    'RoleNotDefined',
    'understudy roles list shows the roles',
  );
}
