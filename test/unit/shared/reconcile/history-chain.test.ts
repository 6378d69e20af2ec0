import { describe, expect, it } from 'vitest';
import { anElasticIp, anInstance, aRole, heldBy, instanceId } from '../../../builders/observed.ts';
import { Stage } from '../../../fakes/stage.ts';

/** Instance 1 has just ended; the move to instance 2 is told in the history and then dies before it is settled. */
async function aStageWithUnsettledMove(): Promise<Stage> {
  const stage = new Stage();
  stage.store.define(aRole(), heldBy(1));
  stage.ec2.put(anInstance(1), anInstance(2));
  stage.ec2.putElasticIp(anElasticIp(1));
  stage.ec2.terminate(instanceId(1));
  stage.script.before('settle', () => {
    stage.script.dieAfter(0);
    throw new Error('killed');
  });
  await stage.reconcile(['db']).catch(() => undefined);
  stage.script.revive();
  stage.surroundings.pass(60_000);
  return stage;
}

function movesOf({ store }: Stage) {
  const byKey = new Map(store.history.map((entry) => [`${entry.timeMs} ${entry.generation}`, entry]));
  return [...byKey.values()]
    .filter(({ from, to }) => from !== to)
    .map(({ from, to, generation }) => ({ generation, from, to }));
}

describe('the history of a slot', () => {
  it('has no gap where a claim replaces one that was told and never settled', async () => {
    const stage = await aStageWithUnsettledMove();
    stage.ec2.put(anInstance(3));
    stage.ec2.terminate(instanceId(2));

    await stage.reconcile(['db']);

    expect(movesOf(stage)).toEqual([
      { generation: 2, from: instanceId(1), to: instanceId(2) },
      { generation: 3, from: instanceId(2), to: instanceId(3) },
    ]);
  });
});
