import pLimit from 'p-limit';
import type { RoleCatalogue } from '../../shared/reconcile/ports.ts';
import { CliError } from '../cli-error.ts';
import type { RoleDifference } from './role-difference.ts';

const writesMax = 8;

/**
 * Writes what differs. Each role only if it still has the version that the difference was made from.
 * @throws CliError `VersionConflict` that names the roles that had not; the others are written.
 */
export async function writeRoles(
  catalogue: RoleCatalogue,
  differences: readonly RoleDifference[],
): Promise<void> {
  const limit = pLimit(writesMax);
  const wanted = differences.filter(({ kind }) => kind !== 'unchanged');
  const results = await Promise.allSettled(
    wanted.map(({ role }) => limit(async () => ({ role, isWritten: await catalogue.apply(role) }))),
  );
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  const lost = results.flatMap((result) =>
    result.status === 'fulfilled' && !result.value.isWritten ? [result.value.role.name] : [],
  );
  if (lost.length === 0) return;
  const others = lost.length === wanted.length ? 'nothing was written' : 'the others were written';
  throw new CliError(`somebody else changed ${lost.join(', ')} at the same time; ${others}`, {
    code: 'VersionConflict',
    hint: 'run the same command again: it shows the difference to what is there now',
  });
}
