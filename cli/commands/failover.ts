import type { Command } from 'commander';
import type { InstanceId, RoleName } from '../../shared/model/ids.ts';
import { slotOf } from '../../shared/model/role-state.ts';
import type { StoredRole } from '../../shared/reconcile/ports.ts';
import { askedResult, nothingToDo } from '../asked-result.ts';
import type { WaitFlags } from '../await-goals.ts';
import { addWaitOptions, slotMoves } from '../await-goals.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import type { Foresight } from '../foresee.ts';
import { foresee, nextHolder } from '../foresee.ts';
import { instanceArgument } from '../instance-argument.ts';
import { slotOption } from '../option-parsers.ts';
import type { Prospect } from '../prospect.ts';
import { chosenSlot, insistOn, prospectOf, refuseFrozen, withWords } from '../prospect.ts';
import { roleArgument } from '../role-argument.ts';
import { requireRole } from '../stored-roles.ts';
import { wakeFor } from '../wake-for.ts';

interface FailoverFlags extends WaitFlags {
  readonly to?: InstanceId;
  readonly slot?: number;
  readonly force?: true;
}

/** `understudy failover ROLE` */
export function defineFailover(program: Command, run: RunCommand): void {
  const command = program
    .command('failover')
    .description(
      'Gives a role to another candidate, once: the one that is named, or else the best. What follows is as after any event.',
    )
    .argument('<role>', 'the role', roleArgument)
    .option('--to <instance>', 'the candidate that is to hold it', instanceArgument)
    .option('--slot <number>', 'which slot of a group', slotOption)
    .option('--force', 'ask for it even if nobody is ready; it is waited for, for 15 minutes');
  addWaitOptions(command)
    .addHelpText(
      'after',
      examples([
        ['understudy failover db --wait', 'to the best of the others'],
        ['understudy failover db --to i-0123456789abcdef0', 'to this one'],
        ['understudy failover web --slot 2 --wait', 'one slot of a group'],
      ]),
    )
    .action((role: RoleName, flags: FailoverFlags, self: Command) =>
      run(self, (context) => failover(context, role, flags)),
    );
}

async function failover(
  context: CommandContext,
  role: RoleName,
  flags: FailoverFlags,
): Promise<CommandResult> {
  const { terminal, now } = context;
  const aws = await context.aws();
  const stored = await requireRole(aws.ports.store, role);
  const slot = chosenSlot(role, stored.role.spec.slots, flags.slot);
  const { holder } = slotOf(stored.state, slot);
  if (holder !== undefined && holder === flags.to) {
    return nothingToDo(`${holder} holds ${nameOf(stored, slot)} already`, { role, slot, to: holder });
  }
  refuseUnmovable(stored, holder);
  const by = await aws.caller();
  const word = { slot, atMs: now(), by, ...(flags.to === undefined ? {} : { to: flags.to }) };
  const foresight = await terminal.during('looking who could hold it', () =>
    foresee(context, aws, role, {
      stateOf: withWords((state) => ({
        failover: { ...word, generation: slotOf(state, slot).generation },
      })),
    }),
  );
  const prospect = prospectOfFailover(foresight, slot, flags.to);
  const question = 'Ask for it all the same, and wait for a successor for 15 minutes?';
  await insistOn(terminal, prospect, { isForced: flags.force === true, question });

  const before = slotOf(foresight.observed.state, slot);
  const failoverWord = { ...word, generation: before.generation };
  await aws.catalogue.say(role, { failover: failoverWord });
  const moves = prospect.kind === 'moves';
  const to = flags.to ?? (moves ? nextHolder(foresight, slot) : undefined);
  const what = `failover of ${nameOf(stored, slot)}${flags.to === undefined ? '' : ` to ${flags.to}`} by ${by}`;
  await wakeFor(aws, [{ role, state: stored.state, slot, moves }], what);
  return askedResult(
    context,
    aws,
    {
      document: { role, slot, from: before.holder ?? null, to: to ?? null, by, asked: true, moves },
      lines: [
        `asked for a failover of ${nameOf(stored, slot)} from ${before.holder ?? 'nobody'} to ${to ?? 'whoever is ready first'}`,
        ...(moves ? [] : [terminal.style.yellow('it waits for a successor, for 15 minutes at the most')]),
      ],
      goals: [slotMoves(role, before, flags.to)],
    },
    flags,
  );
}

function nameOf({ role }: StoredRole, slot: number): string {
  return role.spec.slots > 1 ? `slot ${slot} of ${role.name}` : role.name;
}

function refuseUnmovable({ role, state }: StoredRole, holder: InstanceId | undefined): void {
  refuseFrozen(role.name, state.words);
  const { pin } = state.words;
  if (pin === undefined || pin.instanceId !== holder) return;
  const reason = `"${role.name}" is pinned to ${pin.instanceId} by ${pin.by}`;
  throw usageError(reason, 'RolePinned', `understudy unpin ${role.name} first`);
}

function prospectOfFailover(foresight: Foresight, slot: number, to: InstanceId | undefined): Prospect {
  if (to !== undefined) return prospectOf(foresight, slot, to);
  const { name } = foresight.observed.role;
  const before = foresight.plan.slots.find((each) => each.slot === slot)?.before.holder;
  const next = nextHolder(foresight, slot);
  if (next !== undefined && next !== before) return { kind: 'moves' };
  const others = foresight.plan.verdicts.filter(({ instanceId }) => instanceId !== before);
  const why =
    others.length === 0
      ? 'it has no other candidate'
      : others.map(({ instanceId, words }) => `${instanceId} ${words}`).join(', ');
  return { kind: 'not-now', reason: `nobody is ready to step in for "${name}": ${why}` };
}
