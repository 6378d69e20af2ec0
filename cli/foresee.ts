import type { InstanceId, RoleName } from '../shared/model/ids.ts';
import type { Observed } from '../shared/model/observed.ts';
import type { RolePlan, Verdict } from '../shared/model/role-plan.ts';
import { previewRoles } from '../shared/reconcile/preview-roles.ts';
import { CliError, roleNotDefined } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import type { Aws } from './compose.ts';
import type { Supposition } from './supposing.ts';
import { supposing } from './supposing.ts';

type DecidedPlan = Extract<RolePlan, { slots: unknown }>;

/** What a reconcile would decide. */
export interface Foresight {
  readonly observed: Observed;
  readonly plan: DecidedPlan;
}

/** How long a role that is on the move is waited for, and how often it is looked at. */
const triesMax = 10;
const pauseMs = 1_000;

/**
 * What a reconcile of the role would decide if that were so: the same pure plan as the controller's, and no write.
 * @throws CliError `RoleNotDefined`; `RoleBusy` when somebody keeps applying a claim.
 */
export async function foresee(
  { sleep }: Pick<CommandContext, 'sleep'>,
  { ports, settings }: Pick<Aws, 'ports' | 'settings'>,
  role: RoleName,
  supposition: Supposition = {},
): Promise<Foresight> {
  const supposed = supposing(ports, settings.roleTagKey, supposition);
  for (let tries = 1; ; tries++) {
    const { plans, failures, undefinedRoles } = await previewRoles(supposed, settings, [role]);
    if (undefinedRoles.includes(role)) throw roleNotDefined(role);
    for (const failure of failures.values()) throw failure;
    for (const [observed, plan] of plans) if ('slots' in plan) return { observed, plan };
    if (tries === triesMax) throw busy(role);
    await sleep(pauseMs);
  }
}

function busy(role: RoleName): CliError {
  return new CliError(`"${role}" is on the move, and nothing was changed`, {
    code: 'RoleBusy',
    hint: `the same command in a moment; understudy status ${role} shows how far it is`,
  });
}

/** Who would hold a slot. */
export function nextHolder({ plan }: Foresight, slot: number): InstanceId | undefined {
  return plan.slots.find((each) => each.slot === slot)?.holder;
}

/** Whether some slot would get another holder now. */
export function isMoving({ plan }: Foresight): boolean {
  return plan.kind !== 'frozen' && plan.slots.some(({ before, holder }) => before.holder !== holder);
}

export function verdictOf({ plan }: Foresight, instanceId: InstanceId): Verdict | undefined {
  return plan.verdicts.find((each) => each.instanceId === instanceId);
}
