import type { Command } from 'commander';
import type { RoleName } from '../../shared/model/ids.ts';
import { CliError, usageError } from '../cli-error.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { roleArgument } from '../role-argument.ts';
import { requireRole } from '../stored-roles.ts';
import type { Terminal } from '../terminal.ts';

interface RemoveFlags {
  readonly yes?: true;
}

/** `understudy roles remove NAME` */
export function defineRolesRemove(roles: Command, run: RunCommand): void {
  roles
    .command('remove')
    .description(
      'Forgets a role. Its addresses and records stay as they are, and nobody moves them any more.',
    )
    .argument('<name>', 'the role', roleArgument)
    .option('--yes', 'do not ask; needed where there is nobody to ask')
    .addHelpText(
      'after',
      examples([
        ['understudy roles remove db', 'asks first'],
        ['understudy roles remove db --yes', 'does not'],
      ]),
    )
    .action((name: RoleName, flags: RemoveFlags, command: Command) =>
      run(command, (context) => removeRole(context, name, flags.yes === true)),
    );
}

async function removeRole(
  { aws, terminal }: CommandContext,
  name: RoleName,
  isSure: boolean,
): Promise<CommandResult> {
  const { ports, catalogue } = await aws();
  const { role } = await requireRole(ports.store, name);
  if (!isSure) await confirm(terminal, name);
  await terminal.during('removing the role', () => catalogue.remove(name));
  return {
    exitCode: exitCodes.ok,
    document: { role: name, removed: true, version: role.version },
    lines: [
      `${terminal.style.red('-')} ${terminal.style.bold(name)}  removed`,
      terminal.style.dim('Its addresses and records stay as they are; its history stays until it expires.'),
    ],
  };
}

async function confirm(terminal: Terminal, name: RoleName): Promise<void> {
  if (!terminal.canAsk) {
    throw usageError(
      `there is nobody to ask whether to remove "${name}"`,
      'NotConfirmed',
      '--yes removes it',
    );
  }
  const question = `Remove the role "${name}"? Its addresses and records stay as they are.`;
  if (await terminal.confirms(question)) return;
  throw new CliError(`"${name}" was not removed`, { code: 'NotConfirmed' });
}
