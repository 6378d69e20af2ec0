import { describe, expect, it } from 'vitest';
import { slotOf } from '../../../../shared/model/role-state.ts';
import { anElasticIp, anInstance, aRole, heldBy, instanceId, roleName } from '../../../builders/observed.ts';
import { Stage } from '../../../fakes/stage.ts';

const db = roleName('db');

describe('a claim that moved an address and died before it was settled', () => {
  it('is known to have moved it by who finds the role vacant, so that it is still ours to move later', async () => {
    const stage = new Stage();
    stage.store.define(aRole(), heldBy(1));
    stage.ec2.put(anInstance(1, { state: 'stopped' }), anInstance(2));
    stage.ec2.putElasticIp(anElasticIp(1));
    stage.script.before('remember', () => {
      stage.script.dieAfter(0);
      throw new Error('killed');
    });
    await stage.reconcile(['db']).catch(() => undefined);
    stage.script.revive();
    stage.surroundings.pass(60_000);
    stage.ec2.put(anInstance(2, { state: 'stopped' }));

    await stage.reconcile(['db']);

    const { written, holder } = slotOf(stage.store.stateOf(db), 0);
    expect(holder).toBeUndefined();
    expect(written.associations).toMatchObject([
      { networkInterfaceId: anInstance(2).privateIps[0]?.networkInterfaceId },
    ]);
    expect(stage.ec2.carrierOf(anElasticIp().allocationId)).toBe(instanceId(2));
  });
});

describe('a role that becomes vacant', () => {
  it('still knows where its Elastic IP is when a read that lags shows it where an earlier claim had put it', async () => {
    const stage = new Stage();
    stage.store.define(aRole());
    stage.ec2.put(anInstance(1));
    stage.ec2.putElasticIp(anElasticIp());
    await stage.reconcile(['db']);
    const old = await stage.ec2.elasticIps();
    stage.ec2.put(anInstance(1, { state: 'stopped' }), anInstance(2));
    await stage.reconcile(['db']);
    stage.ec2.put(anInstance(2, { tags: {} }));
    const lagging = { ...stage.ec2, elasticIps: async () => old };

    await stage.reconcile(['db'], {}, { ...stage.ports, ec2: lagging });

    const { written, holder } = slotOf(stage.store.stateOf(db), 0);
    expect(holder).toBeUndefined();
    expect(written.associations).toMatchObject([
      { networkInterfaceId: anInstance(2).privateIps[0]?.networkInterfaceId },
    ]);
  });
});
