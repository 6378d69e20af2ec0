import type { Command } from 'commander';
import type { InstanceFacts } from '../../shared/model/facts.ts';
import type { InstanceId, RoleName } from '../../shared/model/ids.ts';
import { drained } from '../../shared/plan/learn.ts';
import { learntBy, updateFacts } from '../../shared/reconcile/keep-facts.ts';
import { askedResult, nothingToDo } from '../asked-result.ts';
import type { WaitFlags } from '../await-goals.ts';
import { addWaitOptions, isWithout } from '../await-goals.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import type { Aws } from '../compose.ts';
import { examples } from '../examples.ts';
import type { Foresight } from '../foresee.ts';
import { foresee, isMoving } from '../foresee.ts';
import { instanceArgument } from '../instance-argument.ts';
import { knownInstance } from '../known-instance.ts';
import { rolesOfInstance } from '../roles-of-instance.ts';
import { wakeFor } from '../wake-for.ts';

/** `understudy drain INSTANCE` */
export function defineDrain(program: Command, run: RunCommand): void {
  const command = program
    .command('drain')
    .description(
      'Says that an instance is about to be taken out of service: others hold its roles as soon as they can. It keeps a role for which there is nobody.',
    )
    .argument('<instance>', 'the instance', instanceArgument);
  addWaitOptions(command)
    .addHelpText(
      'after',
      examples([
        ['understudy drain i-0123456789abcdef0 --wait', 'before maintenance'],
        ['understudy undrain i-0123456789abcdef0', 'after it'],
      ]),
    )
    .action((instanceId: InstanceId, flags: WaitFlags, self: Command) =>
      run(self, (context) => drain(context, instanceId, flags)),
    );
}

async function drain(
  context: CommandContext,
  instanceId: InstanceId,
  flags: WaitFlags,
): Promise<CommandResult> {
  const { terminal, now } = context;
  const aws = await context.aws();
  const { store } = aws.ports;
  const instance = await knownInstance(aws.ports.ec2, instanceId);
  const { memory, stored } = await rolesOfInstance(aws, instance);
  const word = memory.facts.leaving?.['operator'];
  if (word !== undefined && word.isOver !== true) {
    return nothingToDo(`${instanceId} is ${word.words}`, { instanceId });
  }
  const [by, atMs] = [await aws.caller(), now()];
  const change = (facts: InstanceFacts) => drained(facts, atMs, by);
  const foresights = await terminal.during('looking who could step in', () =>
    Promise.all(stored.map(({ role }) => foreseeDrained(context, aws, role.name, instanceId, change))),
  );
  const kept = await updateFacts({ store }, instanceId, memory, change);
  const roles = stored.map(({ role }) => role.name);
  const concerned = [...new Set([...roles, ...kept.roles])];
  for (const learnt of learntBy(concerned, instanceId, kept)) await store.learn(learnt);
  const asked = foresights.map((foresight) => {
    const { role, state } = foresight.observed;
    return { role: role.name, state, moves: isMoving(foresight) };
  });
  await wakeFor(aws, asked, `drain of ${instanceId} by ${by}`);
  const next = foresights.map((foresight) => nextOf(foresight, instanceId));
  return askedResult(
    context,
    aws,
    {
      document: { instanceId, by, asked: true, next },
      lines: [
        `drained ${instanceId}`,
        ...next.map((each) => roleLine(each, instanceId)),
        ...(next.length === 0 ? ['it asks for no role; should it, others go before it'] : []),
      ],
      goals: next
        .filter(({ holds, isFrozen }) => holds && !isFrozen)
        .map(({ role }) => isWithout(role, instanceId)),
    },
    flags,
  );
}

async function foreseeDrained(
  context: CommandContext,
  aws: Aws,
  role: RoleName,
  instanceId: InstanceId,
  change: (facts: InstanceFacts) => InstanceFacts,
): Promise<Foresight> {
  return foresee(context, aws, role, {
    stateOf: (state) => ({
      ...state,
      facts: { ...state.facts, [instanceId]: change(state.facts[instanceId] ?? {}) },
    }),
  });
}

interface Next {
  readonly role: RoleName;
  readonly holds: boolean;
  /** Who holds the role afterwards; null when it was no holder. */
  readonly holder: InstanceId | null;
  readonly isFrozen: boolean;
}

function nextOf({ observed, plan }: Foresight, instanceId: InstanceId): Next {
  const held = plan.slots.find(({ before }) => before.holder === instanceId);
  return {
    role: observed.role.name,
    holds: held !== undefined,
    holder: held?.holder ?? null,
    isFrozen: plan.kind === 'frozen',
  };
}

function roleLine({ role, holds, holder, isFrozen }: Next, instanceId: InstanceId): string {
  if (!holds) return `  ${role}: others go before it`;
  if (isFrozen) return `  ${role}: frozen; nothing moves before understudy thaw ${role}`;
  if (holder === instanceId) return `  ${role}: it keeps it until somebody can step in`;
  return holder === null ? `  ${role}: nobody holds it afterwards` : `  ${role}: held by ${holder} next`;
}
