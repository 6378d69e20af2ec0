import type { RoleName } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Ports, ResyncCursor, Settings } from './ports.ts';
import { reconcileRoles } from './reconcile-roles.ts';

/** Roles of one page: one read of the table (100 keys, two a role), of EC2 and of each zone. */
const rolesPerPageMax = 50;

export interface ResyncReport {
  readonly outcomes: ReadonlyMap<RoleName, Outcome>;
  /** Where the next pass goes on, when this one ran out of time. */
  readonly resumesAfter: RoleName | undefined;
}

/**
 * Goes through all roles in pages, whatever events came or were lost, reading Route 53 too. A pass that runs out of time
 * leaves off between two pages, and the next goes on there, so that no role is starved by those before it.
 */
export async function resyncRoles(
  ports: Ports,
  settings: Settings,
  cursor: ResyncCursor,
  deadlineMs: number,
): Promise<ResyncReport> {
  const outcomes = new Map<RoleName, Outcome>();
  const startedAfter = await cursor.read();
  let after = startedAfter;
  do {
    const roles = await ports.store.listRoles({ after, max: rolesPerPageMax });
    const page = await reconcileRoles(ports, settings, {
      roles,
      hints: new Map(),
      causeOf: () => 'scheduled-resync',
      readsRecords: true,
      deadlineMs,
      memories: { asked: [], gone: [] },
    });
    for (const [role, outcome] of page) outcomes.set(role, outcome);
    // A page that ran into the deadline is begun again, so that its last roles are not the ones that always wait.
    if ([...page.values()].some(ranOutOfTime)) break;
    after = roles.length < rolesPerPageMax ? undefined : roles.at(-1);
  } while (after !== undefined && ports.surroundings.now() < deadlineMs);
  if (after !== startedAfter) await cursor.write(after);
  return { outcomes, resumesAfter: after };
}

function ranOutOfTime(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.error.code === 'DeadlineNear';
}
