import type { Command } from 'commander';
import type { InstanceId, RoleName } from '../../shared/model/ids.ts';
import { slotOf, slotsOf } from '../../shared/model/role-state.ts';
import { parseRoleTag } from '../../shared/plan/role-tag.ts';
import type { StoredRole } from '../../shared/reconcile/ports.ts';
import { askedResult, nothingToDo } from '../asked-result.ts';
import type { WaitFlags } from '../await-goals.ts';
import { addWaitOptions, slotMoves } from '../await-goals.ts';
import { CliError, usageError } from '../cli-error.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import type { Aws } from '../compose.ts';
import { examples } from '../examples.ts';
import { foresee } from '../foresee.ts';
import { instanceArgument } from '../instance-argument.ts';
import { knownInstance } from '../known-instance.ts';
import { slotOption } from '../option-parsers.ts';
import { chosenSlot, insistOn, prospectOf, refuseFrozen, withWords } from '../prospect.ts';
import { roleArgument } from '../role-argument.ts';
import { roleTagWith, writeRoleTag } from '../role-tag.ts';
import { requireRole } from '../stored-roles.ts';
import { wakeFor } from '../wake-for.ts';

interface ClaimFlags extends WaitFlags {
  readonly slot?: number;
  readonly force?: true;
}

/** `understudy claim ROLE INSTANCE` */
export function defineClaim(program: Command, run: RunCommand): void {
  const command = program
    .command('claim')
    .description(
      "Puts a role into an instance's role tag, beside those that stand there, and asks that it holds the role.",
    )
    .argument('<role>', 'the role', roleArgument)
    .argument('<instance>', 'who is to hold it', instanceArgument)
    .option('--slot <number>', 'which slot of a group; a free one unless given', slotOption)
    .option('--force', 'even if the instance is not ready; the role waits for it, for 15 minutes');
  addWaitOptions(command)
    .addHelpText(
      'after',
      examples([
        ['understudy claim db i-0123456789abcdef0 --wait', 'tag it and move the role to it'],
        ['understudy claim web i-0123456789abcdef0 --slot 2', 'instead of whoever holds that slot'],
      ]),
    )
    .action((role: RoleName, instanceId: InstanceId, flags: ClaimFlags, self: Command) =>
      run(self, (context) => claim(context, role, instanceId, flags)),
    );
}

async function claim(
  context: CommandContext,
  role: RoleName,
  instanceId: InstanceId,
  flags: ClaimFlags,
): Promise<CommandResult> {
  const { terminal, now } = context;
  const aws = await context.aws();
  const { roleTagKey: key } = aws.settings;
  const stored = await requireRole(aws.ports.store, role);
  const instance = await knownInstance(aws.ports.ec2, instanceId);
  const tag = instance.tags[key];
  const isAsking = parseRoleTag(tag).includes(role);
  const held = stored.state.slots.find(({ holder }) => holder === instanceId);
  if (isAsking && held !== undefined && (flags.slot ?? held.slot) === held.slot) {
    return nothingToDo(`${instanceId} holds ${role} already`, { role, slot: held.slot, to: instanceId });
  }
  refuseFrozen(role, stored.state.words);
  const slot = slotFor(stored, flags.slot, held?.slot);
  const by = await aws.caller();
  const word = { slot, to: instanceId, atMs: now(), by };
  const value = roleTagWith(tag, role);
  const foresight = await terminal.during('looking whether it could hold the role', () =>
    foresee(context, aws, role, {
      roleTags: new Map([[instanceId, value]]),
      stateOf: withWords((state) => ({ failover: { ...word, generation: slotOf(state, slot).generation } })),
    }),
  );
  const prospect = prospectOf(foresight, slot, instanceId);
  const question = 'Ask for it all the same, and wait for it for 15 minutes?';
  await insistOn(terminal, prospect, { isForced: flags.force === true, question });

  if (!isAsking) {
    await writeRoleTag(aws.clients.ec2, instanceId, { key, value });
    await terminal.during('waiting for EC2 to show the tag', () =>
      untilTagged(context, aws, role, instanceId),
    );
  }
  const before = slotOf(foresight.observed.state, slot);
  await aws.catalogue.say(role, { failover: { ...word, generation: before.generation } });
  const moves = prospect.kind === 'moves' && before.holder !== instanceId;
  await wakeFor(
    aws,
    [{ role, state: stored.state, slot, moves }],
    `claim of ${role} for ${instanceId} by ${by}`,
  );
  const tagged = isAsking ? [] : [`tagged ${instanceId} with ${key}=${value}`];
  return askedResult(
    context,
    aws,
    {
      document: {
        role,
        slot,
        from: before.holder ?? null,
        to: instanceId,
        by,
        asked: true,
        tag: value,
        moves,
      },
      lines: [...tagged, `asked that ${instanceId} holds ${role} instead of ${before.holder ?? 'nobody'}`],
      goals: [slotMoves(role, before, instanceId)],
    },
    flags,
  );
}

/** The slot that is named, that the instance has, or that is free. */
function slotFor({ role, state }: StoredRole, wanted: number | undefined, held: number | undefined): number {
  const { slots } = role.spec;
  if (wanted !== undefined || slots === 1) return chosenSlot(role.name, slots, wanted);
  const free = slotsOf(state, slots).find(({ slot, holder }) => slot < slots && holder === undefined);
  const slot = held ?? free?.slot;
  if (slot !== undefined) return slot;
  const hint = `--slot says whom it takes the place of; understudy status ${role.name} --slots shows them`;
  throw usageError(`all ${slots} slots of "${role.name}" are held`, 'SlotNeeded', hint);
}

/** Describe calls can be behind CreateTags by seconds, and whoever asked for a role must be seen by the controller. */
const tagLag = { triesMax: 20, pauseMs: 1_000 };

async function untilTagged(
  { sleep }: CommandContext,
  { ports }: Aws,
  role: RoleName,
  instanceId: InstanceId,
): Promise<void> {
  for (let tries = 0; tries < tagLag.triesMax; tries++) {
    const tagged = await ports.ec2.instancesTagged([role]);
    if (tagged.some((each) => each.instanceId === instanceId)) return;
    await sleep(tagLag.pauseMs);
  }
  throw new CliError(`EC2 does not show the tag of ${instanceId} yet, and the role was not asked to move`, {
    code: 'TagNotSeen',
    hint: 'the same command again in a moment',
  });
}
