import type { Command } from 'commander';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { noRolesLine, roleDocument, roleTableLines } from '../render/role-lines.ts';
import { allRoles } from '../stored-roles.ts';

/** `understudy roles list` */
export function defineRolesList(roles: Command, run: RunCommand): void {
  roles
    .command('list')
    .description('Lists the roles that are defined, with their addresses and records.')
    .addHelpText(
      'after',
      examples([
        ['understudy roles list', 'as a table'],
        ["understudy roles list --json | jq -r '.roles[].role'", 'only the names'],
      ]),
    )
    .action((_flags: unknown, command: Command) => run(command, listRoles));
}

async function listRoles({ aws, terminal }: CommandContext): Promise<CommandResult> {
  const { ports } = await aws();
  const stored = await terminal.during('reading roles', () => allRoles(ports.store));
  const roles = stored.map(({ role }) => role);
  return {
    exitCode: exitCodes.ok,
    document: { roles: roles.map(roleDocument) },
    lines: roles.length === 0 ? [noRolesLine] : roleTableLines(roles, terminal.style),
  };
}
