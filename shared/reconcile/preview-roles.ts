import type { RoleName } from '../model/ids.ts';
import type { Observed } from '../model/observed.ts';
import type { RolePlan } from '../model/role-plan.ts';
import { planRoles } from '../plan/plan-role.ts';
import type { Observation } from './observe.ts';
import { observe } from './observe.ts';
import type { Ports, Settings } from './ports.ts';

export interface Preview extends Observation {
  readonly plans: ReadonlyMap<Observed, RolePlan>;
}

/** What a reconcile of these roles would decide now, from a full read and without a single write. */
export async function previewRoles(
  ports: Ports,
  settings: Settings,
  roles: readonly RoleName[],
): Promise<Preview> {
  const { now, uniqueName } = ports.surroundings;
  const hints = new Map();
  const observation = await observe(ports, settings, { roles, hints, readRecordsOf: 'all' });
  const plans = planRoles(observation.observed, {
    nowMs: now(),
    owner: uniqueName(),
    hints,
    secondReads: new Set(roles),
  });
  return { ...observation, plans };
}
