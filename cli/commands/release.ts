import type { Command } from 'commander';
import type { InstanceId, RoleName } from '../../shared/model/ids.ts';
import { parseRoleTag } from '../../shared/plan/role-tag.ts';
import { askedResult } from '../asked-result.ts';
import type { WaitFlags } from '../await-goals.ts';
import { addWaitOptions, isWithout } from '../await-goals.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import { examples } from '../examples.ts';
import { foresee, isMoving } from '../foresee.ts';
import { instanceArgument } from '../instance-argument.ts';
import { knownInstance } from '../known-instance.ts';
import { roleArgument } from '../role-argument.ts';
import { roleTagWithout, writeRoleTag } from '../role-tag.ts';
import { requireRole } from '../stored-roles.ts';
import { wakeFor } from '../wake-for.ts';

interface ReleaseFlags extends WaitFlags {
  readonly force?: true;
}

/** `understudy release ROLE INSTANCE` */
export function defineRelease(program: Command, run: RunCommand): void {
  const command = program
    .command('release')
    .description(
      "Takes a role out of an instance's role tag; other roles stay in it. If it held the role, another candidate does.",
    )
    .argument('<role>', 'the role', roleArgument)
    .argument('<instance>', 'who is no longer to hold it', instanceArgument)
    .option('--force', 'even if nobody can step in and the role becomes vacant');
  addWaitOptions(command)
    .addHelpText(
      'after',
      examples([['understudy release db i-0123456789abcdef0 --wait', 'until another one holds it']]),
    )
    .action((role: RoleName, instanceId: InstanceId, flags: ReleaseFlags, self: Command) =>
      run(self, (context) => release(context, role, instanceId, flags)),
    );
}

async function release(
  context: CommandContext,
  role: RoleName,
  instanceId: InstanceId,
  flags: ReleaseFlags,
): Promise<CommandResult> {
  const { terminal } = context;
  const aws = await context.aws();
  const { roleTagKey: key } = aws.settings;
  const stored = await requireRole(aws.ports.store, role);
  const { tags } = await knownInstance(aws.ports.ec2, instanceId);
  const tag = tags[key];
  if (!parseRoleTag(tag).includes(role)) {
    const found = tag === undefined ? `it has no tag "${key}"` : `its tag "${key}" is "${tag}"`;
    throw usageError(
      `${instanceId} does not ask for "${role}": ${found}`,
      'NotTagged',
      `understudy explain ${role} names its candidates`,
    );
  }
  const value = roleTagWithout(tag, role);
  const foresight = await terminal.during('looking who could step in', () =>
    foresee(context, aws, role, { roleTags: new Map([[instanceId, value]]) }),
  );
  const held = foresight.plan.slots.find(({ before }) => before.holder === instanceId);
  if (held !== undefined && held.holder === undefined && flags.force !== true) {
    const reason = `nobody can step in for ${instanceId}, and "${role}" would be vacant`;
    await confirm(terminal, { reason, question: 'Release it all the same?', option: '--force' });
  }
  const by = await aws.caller();
  await writeRoleTag(aws.clients.ec2, instanceId, { key, value });
  const moves = isMoving(foresight);
  await wakeFor(
    aws,
    [{ role, state: stored.state, slot: held?.slot ?? 0, moves }],
    `release of ${role} from ${instanceId} by ${by}`,
  );
  const { pin, frozen } = stored.state.words;
  const next = held?.holder;
  return askedResult(
    context,
    aws,
    {
      document: { role, instanceId, by, asked: true, tag: value ?? null, next: next ?? null, moves },
      lines: [
        value === undefined
          ? `removed the tag ${key} of ${instanceId}`
          : `the tag ${key} of ${instanceId} is ${value} now`,
        held === undefined ? `it did not hold ${role}` : `${next ?? 'nobody'} is to hold ${role} instead`,
        ...(frozen === undefined ? [] : [`${role} is frozen: nothing moves before understudy thaw ${role}`]),
        ...(pin?.instanceId === instanceId
          ? [`${role} is still pinned to it; understudy unpin ${role}`]
          : []),
      ],
      goals: held === undefined || frozen !== undefined ? [] : [isWithout(role, instanceId)],
    },
    flags,
  );
}
