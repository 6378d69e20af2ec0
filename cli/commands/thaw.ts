import type { Command } from 'commander';
import type { RoleName } from '../../shared/model/ids.ts';
import { askedResult, nothingToDo } from '../asked-result.ts';
import type { WaitFlags } from '../await-goals.ts';
import { addWaitOptions, isAtRest } from '../await-goals.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { foresee, isMoving } from '../foresee.ts';
import { roleArgument } from '../role-argument.ts';
import { requireRole } from '../stored-roles.ts';
import { wakeFor } from '../wake-for.ts';

/** `understudy thaw ROLE` */
export function defineThaw(program: Command, run: RunCommand): void {
  const command = program
    .command('thaw')
    .description('Takes a freeze back: what is to be done is done.')
    .argument('<role>', 'the role', roleArgument);
  addWaitOptions(command)
    .addHelpText(
      'after',
      examples([
        ['understudy plan db', 'what it will do'],
        ['understudy thaw db --wait', 'do it'],
      ]),
    )
    .action((role: RoleName, flags: WaitFlags, self: Command) =>
      run(self, (context) => thaw(context, role, flags)),
    );
}

async function thaw(context: CommandContext, role: RoleName, flags: WaitFlags): Promise<CommandResult> {
  const aws = await context.aws();
  const { state } = await requireRole(aws.ports.store, role);
  const { frozen } = state.words;
  if (frozen === undefined) return nothingToDo(`${role} is not frozen`, { role });
  const foresight = await context.terminal.during('looking what is to be done', () =>
    foresee(context, aws, role, {
      stateOf: (now) => {
        const { frozen: _, ...words } = now.words;
        return { ...now, words };
      },
    }),
  );
  const by = await aws.caller();
  await aws.catalogue.say(role, { frozen: undefined });
  const moves = isMoving(foresight);
  await wakeFor(aws, [{ role, state, moves }], `thaw of ${role} by ${by}`);
  return askedResult(
    context,
    aws,
    {
      document: { role, by, asked: true, frozen: false, moves },
      lines: [`thawed ${role}, which was frozen by ${frozen.by}`],
      goals: [isAtRest(role)],
    },
    flags,
  );
}
