import type { Command } from 'commander';
import type { RoleName } from '../../shared/model/ids.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { readOutlooks } from '../read-outlooks.ts';
import { outlookDocument } from '../render/outlook-document.ts';
import { planLines } from '../render/plan-lines.ts';
import { noRolesLine } from '../render/role-lines.ts';
import { roleArgument } from '../role-argument.ts';

/** `understudy plan [ROLE]` */
export function definePlan(program: Command, run: RunCommand): void {
  program
    .command('plan')
    .description('Shows what a reconcile would change now, and why. Writes nothing.')
    .argument('[role]', 'only this one', roleArgument)
    .addHelpText(
      'after',
      examples([
        ['understudy plan', 'all roles'],
        ['understudy plan db', 'one, with the verdict on each of its candidates'],
      ]),
    )
    .action((role: RoleName | undefined, _flags: unknown, command: Command) =>
      run(command, (context) => showPlan(context, role)),
    );
}

async function showPlan(
  { aws, terminal }: CommandContext,
  role: RoleName | undefined,
): Promise<CommandResult> {
  const connected = await aws();
  const outlooks = await terminal.during('reading roles, addresses and records', () =>
    readOutlooks(connected, role),
  );
  const isFine = outlooks.every(({ condition }) => condition === 'ok');
  return {
    exitCode: isFine ? exitCodes.ok : exitCodes.attention,
    document: { roles: outlooks.map(outlookDocument) },
    lines: outlooks.length === 0 ? [noRolesLine] : planLines(outlooks, terminal.style),
  };
}
