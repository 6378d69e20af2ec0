import { CliError } from '../cli-error.ts';
import type { Aws } from '../compose.ts';
import { exitCodes } from '../exit-codes.ts';
import { inputName } from '../read-input.ts';
import { allRoles } from '../stored-roles.ts';
import { conflictsIn } from './conflicts.ts';
import type { FileProblem } from './file-problem.ts';
import { resolveRoles } from './resolve-roles.ts';
import type { RoleDifference } from './role-difference.ts';
import { roleDifference } from './role-difference.ts';
import type { RolesFile } from './roles-file.ts';
import { parseRolesFile } from './roles-file.ts';

/**
 * Reads the text of a roles file.
 * @throws CliError `InvalidRolesFile` with every problem of the file itself
 */
export function requireRolesFile(file: string, text: string): RolesFile {
  const parsed = parseRolesFile(text);
  if (parsed.kind === 'invalid') throw invalidFile(file, parsed.problems);
  return parsed.file;
}

/**
 * What differs between the roles of the file and those that are defined.
 * @throws CliError `InvalidRolesFile` with all that does not fit the zones or the roles that are there
 */
export async function readDifferences(
  { ports, zones }: Pick<Aws, 'ports' | 'zones'>,
  file: string,
  { roles, place }: RolesFile,
): Promise<readonly RoleDifference[]> {
  const [stored, resolved] = await Promise.all([allRoles(ports.store), resolveRoles(roles, zones)]);
  const defined = stored.map(({ role }) => role);
  const problems = [...resolved.problems, ...conflictsIn(resolved.roles, defined)];
  if (problems.length > 0) throw invalidFile(file, problems.map(place));
  const byName = new Map(defined.map((role) => [role.name, role]));
  return resolved.roles.map((role) => roleDifference(byName.get(role.name), role));
}

function invalidFile(file: string, problems: readonly FileProblem[]): CliError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new CliError(`${inputName(file)} has ${count}, and nothing of it was applied`, {
    code: 'InvalidRolesFile',
    exitCode: exitCodes.usage,
    problems: problems.toSorted(byPlace),
  });
}

function byPlace(a: FileProblem, b: FileProblem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
