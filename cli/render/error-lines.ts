import type { CliError } from '../cli-error.ts';
import type { FileProblem } from '../roles-file/file-problem.ts';
import type { Style } from '../terminal.ts';

/** An error for people: what is wrong in one line, every problem of a file below it, then the hint. */
export function errorLines({ message, hint, problems }: CliError, style: Style): readonly string[] {
  return [
    `${style.red('error:')} ${message}`,
    ...problems.flatMap((problem) => problemLines(problem, style)),
    ...(hint === undefined ? [] : [`${style.dim('hint:')} ${hint}`]),
  ];
}

function problemLines({ path, found, allowed, line, column }: FileProblem, style: Style): readonly string[] {
  const place = line === undefined ? '' : style.dim(` (line ${line}, column ${column ?? 1})`);
  return [
    `  ${style.bold(path === '' ? 'the file' : path)}${place}`,
    `    found   ${found}`,
    `    allowed ${allowed}`,
  ];
}

/** An error for programs, as it stands on stderr with `--json`; with the stacks of its causes where they are asked for. */
export function errorDocument(
  { code, message, hint, problems }: CliError,
  stacks: readonly string[] = [],
): object {
  return {
    error: {
      code,
      message,
      hint: hint ?? null,
      ...(problems.length === 0 ? {} : { problems }),
      ...(stacks.length === 0 ? {} : { stacks }),
    },
  };
}
