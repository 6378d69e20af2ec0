import type { RoleName } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import { answerHooks, failedByHooks } from './answer-hooks.ts';
import type { Ports, ResyncCursor, Settings } from './ports.ts';
import type { Finished } from './progress.ts';
import { reconcileRoles } from './reconcile-roles.ts';

/** Roles of one page: as many as one filter of EC2 takes, which finds the candidates of all in a call or two. */
const rolesPerPageMax = 200;

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
  const finished = new Map<RoleName, Finished>();
  const atRest = new Set<RoleName>();
  const startedAfter = await cursor.read();
  let after = startedAfter;
  const recordReader = ports.route53.createReader();
  do {
    const roles = await ports.store.listRoles({ after, max: rolesPerPageMax });
    const page = await reconcileRoles(ports, settings, {
      roles,
      hints: new Map(),
      causeOf: () => 'scheduled-resync',
      readsRecords: true,
      recordReader,
      deadlineMs,
      memories: { asked: [], gone: [] },
      learnt: [],
    });
    for (const [role, outcome] of page.outcomes) {
      outcomes.set(role, ranOutOfTime(outcome) ? leftToNextPass : outcome);
    }
    for (const [role, its] of page.finished) {
      atRest.add(role);
      if (hasPendingHook(its)) finished.set(role, its);
    }
    // A page that ran into the deadline is begun again, so that its last roles are not the ones that always wait.
    if ([...page.outcomes.values()].some(ranOutOfTime)) break;
    after = roles.length < rolesPerPageMax ? undefined : roles.at(-1);
  } while (after !== undefined && ports.surroundings.now() < deadlineMs);
  if (after !== startedAfter) await cursor.write(after);
  const failures = await answerHooks(ports, {
    outcomes,
    finished,
    atRest,
    isOfAllRoles: startedAfter === undefined && after === undefined,
  });
  for (const [role, outcome] of failedByHooks(finished, failures)) outcomes.set(role, outcome);
  return { outcomes, resumesAfter: after };
}

/** That there are more roles than a pass has time for is nothing that a person has to mend. */
const leftToNextPass: Outcome = { kind: 'waiting', reason: 'the pass ran out of time; the next begins here' };

function hasPendingHook({ observed }: Finished): boolean {
  return Object.values(observed.state.facts).some(
    ({ hook }) => hook !== undefined && hook.answeredAtMs === undefined,
  );
}

function ranOutOfTime(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.error.code === 'DeadlineNear';
}
