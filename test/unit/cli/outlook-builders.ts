import type { RoleOutlook } from '../../../cli/role-outlook.ts';
import { outlookOf } from '../../../cli/role-outlook.ts';
import type { Observed } from '../../../shared/model/observed.ts';
import { planRoles } from '../../../shared/plan/plan-role.ts';
import {
  anElasticIp,
  anInstance,
  anObservation,
  aRecord,
  aRole,
  atName,
  heldBy,
  instanceId,
  nowMs,
} from '../../builders/observed.ts';

export const lead = instanceId(1);
export const understudy = instanceId(2);

/** The outlook of the role `db`, as of a full read. */
export function anOutlook(scene: Partial<Observed>): RoleOutlook {
  const observed = anObservation({ names: atName(), ...scene });
  const secondReads = new Set([observed.role.name]);
  const plans = planRoles([observed], { nowMs, owner: 'test', hints: new Map(), secondReads });
  const plan = plans.get(observed);
  if (plan === undefined) throw new Error('no plan');
  return outlookOf(observed, plan);
}

/** `db` held by the lead since 50 minutes, everything as it should be, and the understudy ready. */
export function okScene(): Partial<Observed> {
  return {
    state: heldBy(1, { generation: 3 }),
    instances: [anInstance(1), anInstance(2)],
    elasticIps: [anElasticIp(1)],
    names: atName(aRecord('10.0.1.1')),
  };
}

/** The same a moment after the lead ended. */
export function failoverScene(): Partial<Observed> {
  return {
    ...okScene(),
    instances: [anInstance(1, { state: 'terminated', privateIps: [] }), anInstance(2)],
    elasticIps: [anElasticIp()],
  };
}

/** A role with several slots and one multivalue name; instance n holds slot n - 1, of those that are given. */
export function aGroupScene(slots: number, holders: readonly number[]): Partial<Observed> {
  const role = aRole({
    slots,
    addresses: [],
    records: [{ zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp', routing: 'multivalue' }],
  });
  const records = holders.map((number) =>
    aRecord(`10.0.1.${number}`, {
      routing: { policy: 'multivalue', setIdentifier: `db-${number - 1}` },
    }),
  );
  const states = holders.flatMap((number, index) => {
    const written = { associations: [], placements: [], records: records.slice(index, index + 1) };
    return heldBy(number, { slot: number - 1, written }).slots;
  });
  return {
    role,
    state: { ...heldBy(1), slots: states },
    instances: holders.map((number) => anInstance(number)),
    elasticIps: [],
    names: atName(...records),
  };
}
