import type { Outcome } from '../../shared/model/outcome.ts';
import type { ReconcileRequest } from '../../shared/reconcile/reconcile-roles.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  aRecord,
  aRole,
  heldBy,
  instanceId,
  roleName,
} from '../builders/observed.ts';
import { Stage } from './stage.ts';

/** The role that is on stage, its Elastic IP and the name of its record. */
export const db = roleName('db');
export const dbElasticIp = allocationId(0xe1);
const dbName = 'db.corp.internal';

/** Instance 1 holds `db`, all written and settled; instance 2 is ready to step in. */
export function aSettledStage(): Stage {
  const stage = new Stage();
  stage.store.define(aRole(), heldBy(1));
  stage.ec2.put(anInstance(1), anInstance(2));
  stage.ec2.putElasticIp(anElasticIp(1));
  stage.route53.put(aRecord('10.0.1.1'));
  return stage;
}

/** The same a moment after instance 1 ended. */
export function aStageToMove(): Stage {
  const stage = aSettledStage();
  stage.ec2.terminate(instanceId(1));
  return stage;
}

/** One pass over `db`, and what came of it. */
export async function reconcileDb(
  stage: Stage,
  request: Partial<ReconcileRequest> = {},
): Promise<Outcome | undefined> {
  return (await stage.reconcile(['db'], request)).get(db);
}

/** Where everything of `db` is. */
export function whereabouts(stage: Stage) {
  const [slot] = stage.store.stateOf(db).slots;
  return {
    holder: slot?.holder,
    generation: slot?.generation,
    carrier: stage.ec2.carrierOf(dbElasticIp),
    record: stage.route53
      .at(dbName)
      .flatMap(({ content }) => (content.kind === 'values' ? content.values : [])),
    isSettled: stage.store.stateOf(db).lease === undefined && slot?.intent.length === 0,
  };
}

/** Where everything is once instance 2 has stepped in. */
export const movedToSecond = {
  holder: instanceId(2),
  generation: 2,
  carrier: instanceId(2),
  record: ['10.0.1.2'],
  isSettled: true,
};
