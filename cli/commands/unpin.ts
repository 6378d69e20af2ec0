import type { Command } from 'commander';
import type { RoleName } from '../../shared/model/ids.ts';
import { askedResult, nothingToDo } from '../asked-result.ts';
import type { WaitFlags } from '../await-goals.ts';
import { addWaitOptions, isAtRest } from '../await-goals.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { roleArgument } from '../role-argument.ts';
import { requireRole } from '../stored-roles.ts';
import { wakeFor } from '../wake-for.ts';

/** `understudy unpin ROLE` */
export function defineUnpin(program: Command, run: RunCommand): void {
  const command = program
    .command('unpin')
    .description('Takes a pin back: election decides again. The holder stays unless the role fails back.')
    .argument('<role>', 'the role', roleArgument);
  addWaitOptions(command)
    .addHelpText('after', examples([['understudy unpin db', 'after an upgrade of the others']]))
    .action((role: RoleName, flags: WaitFlags, self: Command) =>
      run(self, (context) => unpin(context, role, flags)),
    );
}

async function unpin(context: CommandContext, role: RoleName, flags: WaitFlags): Promise<CommandResult> {
  const aws = await context.aws();
  const { state } = await requireRole(aws.ports.store, role);
  const { pin } = state.words;
  if (pin === undefined) return nothingToDo(`${role} is not pinned`, { role });
  const by = await aws.caller();
  await aws.catalogue.say(role, { pin: undefined });
  await wakeFor(aws, [{ role, state, moves: false }], `unpin of ${role} from ${pin.instanceId} by ${by}`);
  return askedResult(
    context,
    aws,
    {
      document: { role, instanceId: pin.instanceId, by, asked: true },
      lines: [`unpinned ${role}, which was pinned to ${pin.instanceId} by ${pin.by}`],
      goals: [isAtRest(role)],
    },
    flags,
  );
}
