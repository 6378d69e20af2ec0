import type { Command } from 'commander';
import type { RoleName } from '../../shared/model/ids.ts';
import { askedResult } from '../asked-result.ts';
import type { WaitFlags } from '../await-goals.ts';
import { addWaitOptions, isAtRest } from '../await-goals.ts';
import { chosenRoles } from '../chosen-roles.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { countText } from '../render/count-text.ts';
import { noRolesLine } from '../render/role-lines.ts';
import { rolesOption } from '../role-argument.ts';
import { wakeRoles } from '../wake-roles.ts';

interface ResyncFlags extends WaitFlags {
  readonly role?: readonly RoleName[];
}

/** `understudy resync` */
export function defineResync(program: Command, run: RunCommand): void {
  const resync = program
    .command('resync')
    .description(
      'Has the controller look at all roles now, or at some, and mend what differs. The schedule does the same to all by itself.',
    )
    .option('--role <name>', 'only this role; may be given several times', rolesOption);
  addWaitOptions(resync)
    .addHelpText(
      'after',
      examples([
        ['understudy resync --wait', 'all roles'],
        ['understudy resync --role db --role web', 'two of them'],
      ]),
    )
    .action((flags: ResyncFlags, command: Command) => run(command, (context) => resyncRoles(context, flags)));
}

async function resyncRoles(context: CommandContext, flags: ResyncFlags): Promise<CommandResult> {
  const aws = await context.aws();
  const roles = await chosenRoles(aws, flags.role);
  if (roles.length === 0) {
    return { exitCode: exitCodes.ok, document: { asked: [] }, lines: [noRolesLine] };
  }
  await context.terminal.during('asking the controller', async () =>
    wakeRoles(aws.eventsQueue, roles, `resync by ${await aws.caller()}`),
  );
  const report = {
    document: { asked: roles },
    lines: [`asked the controller to look at ${countText(roles.length, 'role')}`],
    goals: roles.map(isAtRest),
  };
  return askedResult(context, aws, report, flags);
}
