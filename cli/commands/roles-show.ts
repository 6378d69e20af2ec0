import type { Command } from 'commander';
import type { RoleName } from '../../shared/model/ids.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { roleDocument } from '../render/role-lines.ts';
import { roleArgument } from '../role-argument.ts';
import { roleYaml } from '../roles-file/role-yaml.ts';
import { requireRole } from '../stored-roles.ts';

/** `understudy roles show NAME` */
export function defineRolesShow(roles: Command, run: RunCommand): void {
  roles
    .command('show')
    .description('Shows a role as the YAML that roles apply takes.')
    .argument('<name>', 'the role', roleArgument)
    .addHelpText('after', examples([['understudy roles show db > db.yaml', 'to edit and apply']]))
    .action((name: RoleName, _flags: unknown, command: Command) =>
      run(command, (context) => showRole(context, name)),
    );
}

async function showRole({ aws, terminal }: CommandContext, name: RoleName): Promise<CommandResult> {
  const { ports } = await aws();
  const { role } = await terminal.during('reading the role', () => requireRole(ports.store, name));
  return {
    exitCode: exitCodes.ok,
    document: roleDocument(role),
    lines: roleYaml(role).trimEnd().split('\n'),
  };
}
