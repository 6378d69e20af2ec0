import type { Command } from 'commander';
import type { RoleName } from '../../shared/model/ids.ts';
import { nothingToDo } from '../asked-result.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { ageText } from '../render/times.ts';
import { roleArgument } from '../role-argument.ts';
import { requireRole } from '../stored-roles.ts';
import { wakeFor } from '../wake-for.ts';

/** `understudy freeze ROLE` */
export function defineFreeze(program: Command, run: RunCommand): void {
  program
    .command('freeze')
    .description(
      'Has the controller watch a role and change nothing, whatever happens to its holder, until it is thawed. A change that is being made already is finished.',
    )
    .argument('<role>', 'the role', roleArgument)
    .addHelpText(
      'after',
      examples([
        ['understudy freeze db', 'before working on its addresses by hand'],
        ['understudy plan db', 'what would be done otherwise'],
        ['understudy thaw db --wait', 'afterwards'],
      ]),
    )
    .action((role: RoleName, _flags: unknown, self: Command) =>
      run(self, (context) => freeze(context, role)),
    );
}

async function freeze(
  { aws: connect, now, terminal }: CommandContext,
  role: RoleName,
): Promise<CommandResult> {
  const aws = await connect();
  const { state } = await requireRole(aws.ports.store, role);
  const { frozen } = state.words;
  if (frozen !== undefined) {
    return nothingToDo(`${role} was frozen by ${frozen.by} ${ageText(frozen.atMs, now())} ago`, { role });
  }
  const by = await aws.caller();
  await aws.catalogue.say(role, { frozen: { by, atMs: now() } });
  await wakeFor(aws, [{ role, state, moves: false }], `freeze of ${role} by ${by}`);
  return {
    exitCode: exitCodes.ok,
    document: { role, by, asked: true, frozen: true },
    lines: [
      `froze ${role}`,
      terminal.style.yellow(`nobody steps in for its holder before understudy thaw ${role}`),
    ],
  };
}
