import type { Observed } from '../../shared/model/observed.ts';
import type { RolePlan, SlotPlan } from '../../shared/model/role-plan.ts';
import type { PlanContext } from '../../shared/plan/plan-role.ts';
import { planRole } from '../../shared/plan/plan-role.ts';
import { anElasticIp, anInstance, anObservation, heldBy, nowMs } from './observed.ts';

/** Plans one observation, made of a settled default and what the test gives. */
export function plan(observed: Partial<Observed>, context: Partial<PlanContext> = {}): RolePlan {
  return planRole(anObservation(observed), {
    nowMs,
    owner: 'me',
    hints: new Map(),
    secondReads: new Set(),
    taken: new Set(),
    ...context,
  });
}

/** The one slot of a plan that has slots. */
export function slotOf(rolePlan: RolePlan): SlotPlan {
  if (rolePlan.kind !== 'act' && rolePlan.kind !== 'rest') throw new Error(`no slots in ${rolePlan.kind}`);
  const [slot] = rolePlan.slots;
  if (slot === undefined) throw new Error('no slot');
  return slot;
}

/** Instance 1 holds the role, all is as it should be, and instance 2 is ready. */
export const settled = {
  state: heldBy(1),
  elasticIps: [anElasticIp(1)],
  instances: [anInstance(1), anInstance(2)],
};
