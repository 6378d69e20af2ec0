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
import { conditionMeanings } from '../slot-outlook.ts';

interface StatusFlags {
  readonly slots?: true;
}

/** `understudy status [ROLE]` */
export function defineStatus(program: Command, run: RunCommand): void {
  program
    .command('status')
    .description('Shows who holds what, and where addresses and records are right now.')
    .argument('[role]', 'only this one', roleArgument)
    .option('--slots', 'every slot of a group, however many it has')
    .addHelpText(
      'after',
      `${examples([
        ['understudy status', 'all roles'],
        ['understudy status db --json', 'one, for a program'],
        ['understudy status web --slots', 'a large group, slot by slot'],
        ['understudy status > /dev/null || page-me', 'exit code 3 unless every role is ok'],
      ])}\n\n${stateLines().join('\n')}`,
    )
    .action((role: RoleName | undefined, { slots }: StatusFlags, command: Command) =>
      run(command, (context) => showStatus(context, role, slots === true)),
    );
}

function stateLines(): readonly string[] {
  const states = Object.entries(conditionMeanings).toReversed();
  return ['States:', ...states.map(([state, meaning]) => `  ${state.padEnd(14)}  ${meaning}`)];
}

async function showStatus(
  { aws, terminal, now }: CommandContext,
  role: RoleName | undefined,
  showsSlots: boolean,
): Promise<CommandResult> {
  const connected = await aws();
  const outlooks = await terminal.during('reading roles, addresses and records', () =>
    readOutlooks(connected, role),
  );
  const isFine = outlooks.every(({ condition }) => condition === 'ok');
  return {
    exitCode: isFine ? exitCodes.ok : exitCodes.attention,
    document: { roles: outlooks.map(outlookDocument) },
    lines:
      outlooks.length === 0
        ? [noRolesLine]
        : statusLines(outlooks, { nowMs: now(), showsSlots }, terminal.style),
  };
}
