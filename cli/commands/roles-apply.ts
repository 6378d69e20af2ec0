import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { CliError, usageError } from '../cli-error.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import type { Aws } from '../compose.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { applyDocument, applyLines } from '../render/apply-lines.ts';
import { contradictions } from '../roles-file/contradictions.ts';
import type { FileProblem } from '../roles-file/file-problem.ts';
import { resolveZones } from '../roles-file/resolve-zones.ts';
import type { RoleDifference } from '../roles-file/role-difference.ts';
import { roleDifference } from '../roles-file/role-difference.ts';
import type { RolesFile } from '../roles-file/roles-file.ts';
import { parseRolesFile } from '../roles-file/roles-file.ts';
import { writeRoles } from '../roles-file/write-roles.ts';
import { allRoles } from '../stored-roles.ts';
import type { Terminal } from '../terminal.ts';

interface ApplyFlags {
  readonly dryRun?: true;
}

/** `understudy roles apply FILE|-` */
export function defineRolesApply(roles: Command, run: RunCommand): void {
  roles
    .command('apply')
    .description(
      'Defines the roles of a YAML file, or changes them to what it says; other roles stay as they are. An invalid file is refused whole.',
    )
    .argument('<file>', 'the file; - reads stdin')
    .option('--dry-run', 'show the difference, write nothing')
    .addHelpText(
      'after',
      examples([
        ['understudy roles apply roles.yaml', 'show the difference and apply it'],
        ['understudy roles apply roles.yaml --dry-run', 'only show it'],
        ['understudy roles show db | understudy roles apply -', 'changes nothing'],
      ]),
    )
    .action((file: string, flags: ApplyFlags, command: Command) =>
      run(command, (context) => applyFile(context, file, flags.dryRun === true)),
    );
}

async function applyFile(context: CommandContext, file: string, isDryRun: boolean): Promise<CommandResult> {
  const { terminal } = context;
  const parsed = parseRolesFile(await textOf(file, terminal));
  if (parsed.kind === 'invalid') throw invalidFile(file, parsed.problems);
  const aws = await context.aws();
  const differences = await terminal.during('reading roles and zones', () =>
    differencesOf(aws, file, parsed.file),
  );
  if (!isDryRun) await terminal.during('writing roles', () => writeRoles(aws.catalogue, differences));
  const applied = { file, isDryRun, differences };
  return {
    exitCode: exitCodes.ok,
    document: applyDocument(applied),
    lines: applyLines(applied, terminal.style),
  };
}

const textLengthMax = 4 * 1024 * 1024;

async function textOf(file: string, terminal: Terminal): Promise<string> {
  const text = file === '-' ? await terminal.readAll(textLengthMax) : await fileText(file);
  if (text !== undefined && text.length <= textLengthMax) return text;
  throw usageError(`${nameOf(file)} is longer than ${textLengthMax} characters`, 'FileTooLong');
}

async function fileText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    const why = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'you may not read it' };
    const words = why[code as keyof typeof why] ?? code;
    throw usageError(`${file} cannot be read: ${words}`, 'FileUnreadable');
  }
}

function nameOf(file: string): string {
  return file === '-' ? 'stdin' : file;
}

function invalidFile(file: string, problems: readonly FileProblem[]): CliError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new CliError(`${nameOf(file)} has ${count}, and nothing of it was applied`, {
    code: 'InvalidRolesFile',
    exitCode: exitCodes.usage,
    problems: problems.toSorted(byPlace),
  });
}

function byPlace(a: FileProblem, b: FileProblem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/** @throws CliError `InvalidRolesFile` with all that does not fit the zones or the roles that are there. */
async function differencesOf(
  { ports, zones }: Aws,
  file: string,
  { roles, place }: RolesFile,
): Promise<readonly RoleDifference[]> {
  const [stored, resolved] = await Promise.all([allRoles(ports.store), resolveZones(roles, zones)]);
  const defined = stored.map(({ role }) => role);
  const problems = [...resolved.problems, ...contradictions(resolved.roles, defined)];
  if (problems.length > 0) throw invalidFile(file, problems.map(place));
  const byName = new Map(defined.map((role) => [role.name, role]));
  return resolved.roles.map((role) => roleDifference(byName.get(role.name), role));
}
