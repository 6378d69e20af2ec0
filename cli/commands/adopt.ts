import type { Command } from 'commander';
import type { RoleName } from '../../shared/model/ids.ts';
import type { Role } from '../../shared/model/observed.ts';
import { adoptRoles } from '../adopt/adopt-roles.ts';
import type { Adoption } from '../adopt/adoption.ts';
import { chosenRoles } from '../chosen-roles.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import type { Aws } from '../compose.ts';
import { examples } from '../examples.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { readInput } from '../read-input.ts';
import { adoptDocument, adoptLines } from '../render/adopt-lines.ts';
import { noRolesLine } from '../render/role-lines.ts';
import { rolesOption } from '../role-argument.ts';
import { readDifferences, requireRolesFile } from '../roles-file/read-differences.ts';
import type { RoleDifference } from '../roles-file/role-difference.ts';
import { writeRoles } from '../roles-file/write-roles.ts';

interface AdoptFlags {
  readonly file?: string;
  readonly role?: readonly RoleName[];
  readonly dryRun?: true;
}

/** `understudy adopt` */
export function defineAdopt(program: Command, run: RunCommand): void {
  program
    .command('adopt')
    .description(
      'Rebuilds the state of roles from the world, such as after the table was lost: who has the addresses and records of a role holds it. Changes nothing but the table; what is not as the role says stays as it is.',
    )
    .option('--file <file>', 'a roles file, to define its roles with the state that is found; - reads stdin')
    .option('--role <name>', 'only this role; may be given several times', rolesOption)
    .option('--dry-run', 'show what would be written, write nothing')
    .addHelpText(
      'after',
      examples([
        ['understudy adopt --file roles.yaml --dry-run', 'what is found'],
        ['understudy adopt --file roles.yaml', 'into a new table'],
        ['understudy adopt --role db', 'one that is defined and that nobody holds'],
      ]),
    )
    .action((flags: AdoptFlags, command: Command) => run(command, (context) => adopt(context, flags)));
}

async function adopt(context: CommandContext, flags: AdoptFlags): Promise<CommandResult> {
  const { terminal } = context;
  const isDryRun = flags.dryRun === true;
  const rolesFile =
    flags.file === undefined
      ? undefined
      : { name: flags.file, parsed: requireRolesFile(flags.file, await readInput(flags.file, terminal)) };
  const aws = await context.aws();
  const differences = await terminal.during('reading roles and zones', async () =>
    rolesFile === undefined
      ? []
      : chosenFrom(await readDifferences(aws, rolesFile.name, rolesFile.parsed), flags.role),
  );
  const roles =
    rolesFile === undefined ? await definedRoles(aws, flags.role) : differences.map(({ role }) => role);
  const caller = await aws.caller();
  const adoptions = await terminal.during('looking at addresses and records', () =>
    adoptRoles({ ...aws, caller, isDryRun }, roles),
  );
  // Last, so that the controller meets no role whose holder is not written down.
  if (!isDryRun) await terminal.during('writing roles', () => writeRoles(aws.catalogue, differences));
  const report = { isDryRun, adoptions, differences };
  return {
    exitCode: exitCodeOf(adoptions),
    document: adoptDocument(report),
    lines: roles.length === 0 ? [noRolesLine] : adoptLines(report, terminal.style),
  };
}

/** @throws CliError `RoleNotInFile` */
function chosenFrom(
  differences: readonly RoleDifference[],
  names: readonly RoleName[] = [],
): readonly RoleDifference[] {
  const unknown = names.find((name) => !differences.some(({ role }) => role.name === name));
  if (unknown !== undefined) throw usageError(`the file has no role "${unknown}"`, 'RoleNotInFile');
  return names.length === 0 ? differences : differences.filter(({ role }) => names.includes(role.name));
}

async function definedRoles(aws: Aws, names: readonly RoleName[] | undefined): Promise<readonly Role[]> {
  const { stored, failures } = await aws.ports.store.readRoles(await chosenRoles(aws, names));
  for (const failure of failures.values()) throw failure;
  return stored.map(({ role }) => role);
}

/** Fine only when nothing differs from what the roles say. */
function exitCodeOf(adoptions: readonly Adoption[]): ExitCode {
  if (adoptions.some(({ outcome }) => outcome === 'lost' || outcome === 'unreadable'))
    return exitCodes.failure;
  const isFine = adoptions.every(
    ({ outcome, toDo, foreign }) => outcome !== 'busy' && toDo.length + foreign.length === 0,
  );
  return isFine ? exitCodes.ok : exitCodes.attention;
}
