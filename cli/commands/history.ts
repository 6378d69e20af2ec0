import type { Command } from 'commander';
import type { RoleName } from '../../shared/model/ids.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { countOption } from '../option-parsers.ts';
import { historyDocument, historyLines } from '../render/history-lines.ts';
import { roleArgument } from '../role-argument.ts';
import { requireRole } from '../stored-roles.ts';

interface HistoryFlags {
  readonly limit: number;
  readonly verbose?: true;
}

const limitMax = 1_000;

/** `understudy history ROLE` */
export function defineHistory(program: Command, run: RunCommand): void {
  program
    .command('history')
    .description(
      'Shows the moves of a role, newest first: why, from whom to whom, what was done, how long it took.',
    )
    .argument('<role>', 'the role; also one that was removed, until its history expires', roleArgument)
    .option('--limit <count>', `so many entries at the most, up to ${limitMax}`, countOption(limitMax), 20)
    .option('-v, --verbose', 'with what election said of each candidate')
    .addHelpText(
      'after',
      examples([
        ['understudy history db', 'the last 20 moves'],
        ['understudy history db -v --limit 1', 'why the last one went as it did'],
        ['understudy history db --limit 1 --json', 'the last one, for a program'],
      ]),
    )
    .action((role: RoleName, flags: HistoryFlags, command: Command) =>
      run(command, (context) => showHistory(context, role, flags)),
    );
}

async function showHistory(
  { aws, terminal }: CommandContext,
  role: RoleName,
  { limit, verbose }: HistoryFlags,
): Promise<CommandResult> {
  const { catalogue, ports } = await aws();
  const entries = await terminal.during('reading the history', () => catalogue.history(role, limit));
  if (entries.length === 0) await requireRole(ports.store, role);
  return {
    exitCode: exitCodes.ok,
    document: { role, entries: entries.map(historyDocument) },
    lines:
      entries.length === 0
        ? [`nothing has happened to "${role}" yet`]
        : historyLines(entries, { showsVerdicts: verbose === true }, terminal.style),
  };
}
