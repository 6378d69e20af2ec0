import type { Command } from 'commander';
import type { InstanceId } from '../../shared/model/ids.ts';
import { undrained } from '../../shared/plan/learn.ts';
import { learntBy, updateFacts } from '../../shared/reconcile/keep-facts.ts';
import { askedResult, nothingToDo } from '../asked-result.ts';
import type { WaitFlags } from '../await-goals.ts';
import { addWaitOptions, isAtRest } from '../await-goals.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { instanceArgument } from '../instance-argument.ts';
import { knownInstance } from '../known-instance.ts';
import { rolesOfInstance } from '../roles-of-instance.ts';
import { wakeFor } from '../wake-for.ts';

/** `understudy undrain INSTANCE` */
export function defineUndrain(program: Command, run: RunCommand): void {
  const command = program
    .command('undrain')
    .description('Takes a drain back: the instance is a candidate like any other again.')
    .argument('<instance>', 'the instance', instanceArgument);
  addWaitOptions(command)
    .addHelpText('after', examples([['understudy undrain i-0123456789abcdef0', 'after maintenance']]))
    .action((instanceId: InstanceId, flags: WaitFlags, self: Command) =>
      run(self, (context) => undrain(context, instanceId, flags)),
    );
}

async function undrain(
  context: CommandContext,
  instanceId: InstanceId,
  flags: WaitFlags,
): Promise<CommandResult> {
  const aws = await context.aws();
  const { store } = aws.ports;
  const instance = await knownInstance(aws.ports.ec2, instanceId);
  const { memory, stored } = await rolesOfInstance(aws, instance);
  const word = memory.facts.leaving?.['operator'];
  if (word === undefined || word.isOver === true) {
    return nothingToDo(`${instanceId} is not drained`, { instanceId });
  }
  const [by, atMs] = [await aws.caller(), context.now()];
  const kept = await updateFacts({ store }, instanceId, memory, (facts) => undrained(facts, atMs, by));
  const roles = stored.map(({ role }) => role.name);
  const concerned = [...new Set([...roles, ...kept.roles])];
  for (const learnt of learntBy(concerned, instanceId, kept)) await store.learn(learnt);
  // Whether a role comes back to it is for its election: the words stand in the history in any case.
  const asked = stored.map(({ role, state }) => ({ role: role.name, state, moves: false }));
  await wakeFor(aws, asked, `undrain of ${instanceId} by ${by}`);
  return askedResult(
    context,
    aws,
    {
      document: { instanceId, by, asked: true, roles },
      lines: [`undrained ${instanceId}, which was ${word.words}`],
      goals: roles.map(isAtRest),
    },
    flags,
  );
}
