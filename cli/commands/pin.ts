import type { Command } from 'commander';
import type { InstanceId, RoleName } from '../../shared/model/ids.ts';
import { askedResult, nothingToDo } from '../asked-result.ts';
import type { WaitFlags } from '../await-goals.ts';
import { addWaitOptions, slotMoves } from '../await-goals.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import type { Foresight } from '../foresee.ts';
import { foresee, isMoving } from '../foresee.ts';
import { instanceArgument } from '../instance-argument.ts';
import { knownInstance } from '../known-instance.ts';
import type { Prospect } from '../prospect.ts';
import { insistOn, prospectOf, withWords } from '../prospect.ts';
import { roleArgument } from '../role-argument.ts';
import { requireRole } from '../stored-roles.ts';
import { wakeFor } from '../wake-for.ts';

interface PinFlags extends WaitFlags {
  readonly force?: true;
}

/** `understudy pin ROLE INSTANCE` */
export function definePin(program: Command, run: RunCommand): void {
  const command = program
    .command('pin')
    .description(
      'Keeps a role with one of its candidates: it gets the role now and holds it while it can, whoever else would be preferred. Of a group it holds one slot.',
    )
    .argument('<role>', 'the role', roleArgument)
    .argument('<instance>', 'the candidate', instanceArgument)
    .option('--force', 'even if the instance is not ready; it gets the role once it is');
  addWaitOptions(command)
    .addHelpText(
      'after',
      examples([
        ['understudy pin db i-0123456789abcdef0 --wait', 'during an upgrade of the others'],
        ['understudy unpin db', 'afterwards'],
      ]),
    )
    .action((role: RoleName, instanceId: InstanceId, flags: PinFlags, self: Command) =>
      run(self, (context) => pin(context, role, instanceId, flags)),
    );
}

async function pin(
  context: CommandContext,
  role: RoleName,
  instanceId: InstanceId,
  flags: PinFlags,
): Promise<CommandResult> {
  const { terminal, now } = context;
  const aws = await context.aws();
  const stored = await requireRole(aws.ports.store, role);
  const { pin: before, frozen } = stored.state.words;
  if (before?.instanceId === instanceId) {
    return nothingToDo(`${role} is pinned to ${instanceId} by ${before.by} already`, { role, instanceId });
  }
  await knownInstance(aws.ports.ec2, instanceId);
  const word = { instanceId, by: await aws.caller(), atMs: now() };
  const foresight = await terminal.during('looking whether it could hold the role', () =>
    foresee(context, aws, role, { stateOf: withWords(() => ({ pin: word })) }),
  );
  const question = 'Pin it all the same? It gets the role once it can.';
  const isForced = flags.force === true;
  await insistOn(terminal, prospectOfPin(foresight, instanceId), { isForced, question });

  await aws.catalogue.say(role, { pin: word });
  const moves = isMoving(foresight);
  await wakeFor(aws, [{ role, state: stored.state, moves }], `pin of ${role} to ${instanceId} by ${word.by}`);
  const slot = seatOf(foresight, instanceId);
  return askedResult(
    context,
    aws,
    {
      document: { role, instanceId, by: word.by, asked: true, moves },
      lines: [
        `pinned ${role} to ${instanceId}${before === undefined ? '' : `; it was pinned to ${before.instanceId} by ${before.by}`}`,
        ...(frozen === undefined ? [] : [`${role} is frozen: nothing moves before understudy thaw ${role}`]),
      ],
      goals:
        frozen === undefined ? [slotMoves(role, slot?.before ?? { slot: 0, generation: 0 }, instanceId)] : [],
    },
    flags,
  );
}

function seatOf({ plan }: Foresight, instanceId: InstanceId) {
  return plan.slots.find(({ holder }) => holder === instanceId);
}

/** Any slot will do. */
function prospectOfPin(foresight: Foresight, instanceId: InstanceId): Prospect {
  const seat = seatOf(foresight, instanceId);
  return seat === undefined ? prospectOf(foresight, 0, instanceId) : { kind: 'moves' };
}
