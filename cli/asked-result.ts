import type { Goal, WaitFlags } from './await-goals.ts';
import { awaitGoals } from './await-goals.ts';
import type { CommandContext, CommandResult } from './command-context.ts';
import type { Aws } from './compose.ts';
import { exitCodes } from './exit-codes.ts';
import { outlookDocument } from './render/outlook-document.ts';
import { waitedLines } from './render/waited-lines.ts';

/** What a command that asks something of the controller tells, before anything is waited for. */
export interface AskedReport {
  /** For `--json`. */
  readonly document: object;
  readonly lines: readonly string[];
  readonly goals: readonly Goal[];
}

/** The result of a command that asked something: at once, or with `--wait` once it is done. */
export async function askedResult(
  context: CommandContext,
  aws: Aws,
  { document, lines, goals }: AskedReport,
  { wait, timeout }: WaitFlags,
): Promise<CommandResult> {
  if (wait !== true || goals.length === 0) return { exitCode: exitCodes.ok, document, lines };
  for (const line of lines) context.tell(line);
  const waited = await awaitGoals(context, aws, goals, timeout * 1_000);
  const { outlooks, isDone } = waited;
  const isFine = isDone && outlooks.every(({ condition }) => condition === 'ok');
  return {
    exitCode: isFine ? exitCodes.ok : exitCodes.attention,
    document: { ...document, done: isDone, roles: outlooks.map(outlookDocument) },
    lines: waitedLines(waited, timeout, context.terminal.style),
  };
}

/** The result of a command that found everything as it was asked for. */
export function nothingToDo(words: string, document: object): CommandResult {
  return {
    exitCode: exitCodes.ok,
    document: { ...document, asked: false },
    lines: [`${words}; nothing to do`],
  };
}
