import type { Command } from 'commander';
import type { RoleName } from '../../shared/model/ids.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { readOutlooks } from '../read-outlooks.ts';
import { outlookDocument } from '../render/outlook-document.ts';
import { noRolesLine } from '../render/role-lines.ts';
import { statusLines } from '../render/status-lines.ts';
import { roleArgument } from '../role-argument.ts';

/** `understudy status [ROLE]` */
export function defineStatus(program: Command, run: RunCommand): void {
  program
    .command('status')
    .description('Shows who holds what, and where addresses and records are right now.')
    .argument('[role]', 'only this one', roleArgument)
    .addHelpText(
      'after',
      `${examples([
        ['understudy status', 'all roles'],
        ['understudy status db --json', 'one, for a program'],
        ['understudy status > /dev/null || page-me', 'exit code 3 unless every role is healthy'],
      ])}\n\nStates: healthy; drift (the next reconcile changes something); moving (a claim is being applied); waiting (vacant, a candidate is on its way); vacant; refused (a safety check said no); unreadable.`,
    )
    .action((role: RoleName | undefined, _flags: unknown, command: Command) =>
      run(command, (context) => showStatus(context, role)),
    );
}

async function showStatus(
  { aws, terminal, now }: CommandContext,
  role: RoleName | undefined,
): Promise<CommandResult> {
  const connected = await aws();
  const outlooks = await terminal.during('reading roles, addresses and records', () =>
    readOutlooks(connected, role),
  );
  const isFine = outlooks.every(({ condition }) => condition === 'healthy');
  return {
    exitCode: isFine ? exitCodes.ok : exitCodes.attention,
    document: { roles: outlooks.map(outlookDocument) },
    lines: outlooks.length === 0 ? [noRolesLine] : statusLines(outlooks, now(), terminal.style),
  };
}
