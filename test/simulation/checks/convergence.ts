import type { RoleName } from '../../../shared/model/ids.ts';
import type { Observed } from '../../../shared/model/observed.ts';
import type { RolePlan, SlotPlan } from '../../../shared/model/role-plan.ts';
import { previewRoles } from '../../../shared/reconcile/preview-roles.ts';
import type { Chronicle } from '../engine/chronicle.ts';
import { privateZone } from '../engine/network.ts';
import type { Stage, StagedController } from '../engine/stage.ts';
import { slotWords } from './holders.ts';
import type { Look } from './look.ts';
import { misplacedAddresses, wrongRecords } from './places.ts';

/**
 * Once nothing goes wrong any more: every role is held by whom election names, with nothing left to do. Its addresses, and
 * the records of private addresses, are looked at once more without the help of any of the product's code.
 */
export async function whatIsNotConverged(
  { names, chronicle, story }: Stage,
  { intact }: StagedController,
  look: Look,
): Promise<readonly string[]> {
  const roles = await intact.ports.store.listRoles({ after: undefined, max: 50 });
  const preview = await previewRoles(intact.ports, intact.settings, roles);
  const failures = [...preview.failures].map(([role, error]) => `${role} cannot be read: ${error.message}`);
  const plans = [...preview.plans].flatMap(([observed, plan]) => [
    ...unrested(observed.role.name, plan),
    // What the other stack wrote is foreign to this one.
    ...('slots' in plan && story.controllers === 1 ? needlessRefusals(plan.slots, chronicle, names) : []),
    ...('slots' in plan && plan.kind === 'rest'
      ? plan.slots.flatMap((slot) => misplaced(observed, slot, look, names))
      : []),
  ]);
  return [...failures, ...plans];
}

function unrested(role: RoleName, plan: RolePlan): readonly string[] {
  switch (plan.kind) {
    case 'rest':
    case 'frozen':
      return [];
    case 'busy':
      return [`${role} is still under the lease of ${plan.owner}`];
    case 'doubt':
      return [`${role} is still in doubt: ${plan.reason}`];
    case 'act':
      return [
        `${role} still wants ${plan.slots
          .filter(({ changes, before, holder }) => changes.length > 0 || before.holder !== holder)
          .map(({ slot, before, holder, changes }) => {
            const move = `slot ${slot} from ${before.holder ?? 'nobody'} to ${holder ?? 'nobody'}`;
            return `${move} with ${JSON.stringify(changes)}`;
          })
          .join('; ')}`,
      ];
  }
}

/** What is refused as foreign is foreign: it was planted there, or taken away. */
function needlessRefusals(
  slots: readonly SlotPlan[],
  { taken, overwritten }: Chronicle,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const foreign = [
    names.get('$foreignEip') ?? '',
    ...taken.keys(),
    ...overwritten.keys(),
    `foreign.${privateZone}`,
  ];
  return (
    slots
      .flatMap(({ refusals }) => refusals)
      .filter(({ code }) => code.endsWith('NotOurs'))
      // EC2 gives the next free address of a subnet to whoever launches: once it is somebody's primary one, it is theirs.
      .filter(({ words }) => !words.includes('is the primary address of'))
      .filter(({ words }) => !foreign.some((each) => words.includes(each)))
      .map(({ words }) => `it refuses what is its own: ${words}`)
  );
}

/** What the plan says is at rest, looked at without any of the product's code. */
function misplaced(
  { role }: Observed,
  { slot, holder, refusals }: SlotPlan,
  look: Look,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  if (holder === undefined || refusals.length > 0 || slot >= role.spec.slots) return [];
  const seat = { spec: role.spec, slot, holder };
  const zones = new Set([names.get(privateZone) ?? '', privateZone]);
  return [...misplacedAddresses(seat, look), ...wrongRecords(seat, look, zones)].map(
    (words) => `${slotWords(role.name, slot)} is held by ${holder}, and ${words}`,
  );
}
