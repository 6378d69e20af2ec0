import { describe, expect, it } from 'vitest';
import { ControllerError } from '../../../../shared/model/errors.ts';
import { anElasticIp, anInstance, aRecord, heldBy, instanceId, nowMs } from '../../../builders/observed.ts';
import {
  aSettledStage,
  aStageToMove,
  db,
  dbElasticIp,
  movedToSecond,
  reconcileDb,
  whereabouts,
} from '../../../fakes/settled-stage.ts';
import { Stage } from '../../../fakes/stage.ts';

/** What another invocation leaves behind that moved the role to instance 2 while we looked. */
async function otherMovesTheRole(stage: Stage): Promise<void> {
  stage.store.overwrite(db, { slots: heldBy(2, { generation: 2 }).slots });
  stage.ec2.putElasticIp(anElasticIp(2));
  stage.route53.put(aRecord('10.0.1.2'));
}

describe('reconcileRoles', () => {
  it('moves everything of a role, and the next pass finds nothing to do', async () => {
    const stage = aStageToMove();

    const outcome = await reconcileDb(stage);
    const again = await reconcileDb(stage);

    expect(outcome).toMatchObject({
      kind: 'converged',
      from: instanceId(1),
      holder: instanceId(2),
      generation: 2,
      changes: expect.arrayContaining([
        `associate 203.0.113.25 (${dbElasticIp}) with ${instanceId(2)} at 10.0.1.2`,
        'change db.corp.internal 60 A 10.0.1.1 to 60 10.0.1.2',
      ]),
    });
    expect(again).toMatchObject({ kind: 'noop', holder: instanceId(2), generation: 2 });
    expect(whereabouts(stage)).toEqual(movedToSecond);
  });

  it('ignores a role that is not defined', async () => {
    expect(await reconcileDb(new Stage())).toEqual({ kind: 'ignored', reason: 'no role "db" is defined' });
  });

  describe('when another invocation is at work', () => {
    it('loses the claim, makes no change, and is superseded', async () => {
      const stage = aStageToMove();
      stage.script.before('claim', () => otherMovesTheRole(stage));

      const outcome = await reconcileDb(stage);

      expect(outcome).toEqual({ kind: 'superseded', reason: 'another invocation claimed the role first' });
      expect(stage.script.count('associate') + stage.script.count('change')).toBe(0);
      expect(whereabouts(stage)).toEqual(movedToSecond);
    });

    it('asks the owner of the lease to look again, and is done', async () => {
      const stage = aStageToMove();
      const lease = { owner: 'other', expiresAtMs: nowMs + 20_000 };
      stage.store.overwrite(db, { lease });

      const outcome = await reconcileDb(stage);

      expect(outcome).toMatchObject({
        kind: 'waiting',
        reason: expect.stringContaining('other holds the lease'),
      });
      expect(stage.store.stateOf(db)).toMatchObject({ lease, askedAgain: 1 });
      expect(stage.script.count('claim')).toBe(0);
    });

    it('looks for itself when the lease is gone before it could ask', async () => {
      const stage = aStageToMove();
      stage.store.overwrite(db, { lease: { owner: 'other', expiresAtMs: nowMs + 20_000 } });
      stage.script.before('askAgain', () =>
        stage.store.overwrite(db, { slots: heldBy(1).slots, lease: undefined as never }),
      );

      const outcome = await reconcileDb(stage);

      expect(outcome).toMatchObject({ kind: 'converged', holder: instanceId(2) });
    });

    it('goes round again when it was asked to while it applied', async () => {
      const stage = aStageToMove();
      stage.script.before('associate', () => stage.store.askAgain(db, 'owner-1'));

      const outcome = await reconcileDb(stage);

      expect(outcome).toMatchObject({ kind: 'converged', holder: instanceId(2), generation: 2 });
      expect(stage.script.count('readRoles')).toBe(2);
      expect(stage.store.history).toHaveLength(1);
    });

    it('moves once more when what it was asked to look at is the end of the new holder', async () => {
      const stage = aStageToMove();
      stage.ec2.put(anInstance(3));
      stage.script.before('settle', async () => {
        stage.ec2.terminate(instanceId(2));
        await stage.store.askAgain(db, 'owner-1');
      });

      const outcome = await reconcileDb(stage);

      expect(outcome).toMatchObject({ kind: 'converged', from: instanceId(1), holder: instanceId(3) });
      expect(whereabouts(stage)).toMatchObject({
        generation: 3,
        carrier: instanceId(3),
        record: ['10.0.1.3'],
      });
    });

    it('is superseded when its lease ran out and another has claimed before it could settle', async () => {
      const stage = aStageToMove();
      const lease = { owner: 'other', expiresAtMs: nowMs + 90_000 };
      stage.script.before('settle', () => stage.store.overwrite(db, { lease }));

      const outcome = await reconcileDb(stage);

      expect(outcome).toMatchObject({
        kind: 'superseded',
        reason: expect.stringContaining('the lease ran out'),
      });
      expect(stage.store.stateOf(db).lease).toEqual(lease);
    });

    it('is a failure to try again when the world never stands still, after four rounds', async () => {
      const stage = aStageToMove();
      for (let round = 0; round < 6; round++) {
        stage.script.before('settle', () =>
          stage.store.askAgain(db, stage.store.stateOf(db).lease?.owner ?? ''),
        );
        stage.script.before('readRoles', () => stage.store.overwrite(db, { slots: heldBy(round + 3).slots }));
      }

      const outcome = await reconcileDb(stage);

      expect(outcome).toMatchObject({
        kind: 'failed',
        error: { code: 'StillChanging', disposition: 'retryable' },
      });
      expect(stage.script.count('readRoles')).toBe(4);
    });
  });

  describe('when the world moves between reading and applying', () => {
    it('plans again when the chosen instance ended meanwhile', async () => {
      const stage = aStageToMove();
      stage.ec2.put(anInstance(3));
      stage.script.before('associate', () => stage.ec2.terminate(instanceId(2)));

      const outcome = await reconcileDb(stage);

      expect(outcome).toMatchObject({ kind: 'converged', from: instanceId(1), holder: instanceId(3) });
      expect(whereabouts(stage)).toMatchObject({
        carrier: instanceId(3),
        record: ['10.0.1.3'],
        isSettled: true,
      });
    });

    it('does not take an address that somebody else took meanwhile', async () => {
      const stage = aStageToMove();
      stage.ec2.put(anInstance(9, { tags: {} }));
      stage.script.before('associate', () => stage.ec2.putElasticIp(anElasticIp(9)));

      const outcome = await reconcileDb(stage);

      expect(outcome).toMatchObject({ kind: 'refused', refusals: [{ code: 'ElasticIpNotOurs' }] });
      expect(stage.ec2.carrierOf(dbElasticIp)).toBe(instanceId(9));
    });

    it('leaves a record that somebody changed meanwhile, and says so', async () => {
      const stage = aStageToMove();
      stage.script.before('change', () => stage.route53.put(aRecord('192.0.2.1')));

      const outcome = await reconcileDb(stage);

      expect(outcome).toMatchObject({
        kind: 'refused',
        holder: instanceId(2),
        refusals: [{ code: 'RecordNotOurs' }],
      });
      expect(whereabouts(stage)).toMatchObject({ carrier: instanceId(2), record: ['192.0.2.1'] });
    });

    it('waits a little longer before each round', async () => {
      const stage = aStageToMove();
      const taken = new ControllerError('no', { code: 'IncorrectInstanceState', disposition: 'conflict' });
      for (let round = 0; round < 2; round++) {
        stage.script.before('associate', () => {
          throw taken;
        });
      }

      const outcome = await reconcileDb(stage);

      expect(outcome?.kind).toBe('converged');
      expect(stage.script.calls.filter((call) => call.startsWith('sleep'))).toEqual([
        'sleep 250',
        'sleep 500',
      ]);
    });
  });

  it('leaves a role vacant and its records as they are, and fills it when somebody comes', async () => {
    const stage = aStageToMove();
    stage.ec2.terminate(instanceId(2));

    const vacant = await reconcileDb(stage);
    const still = await reconcileDb(stage);
    stage.ec2.put(anInstance(3));
    const filled = await reconcileDb(stage);

    expect(vacant).toMatchObject({ kind: 'vacant', holder: undefined, generation: 2 });
    expect(still).toMatchObject({ kind: 'vacant', generation: 2 });
    expect(filled).toMatchObject({
      kind: 'converged',
      from: undefined,
      holder: instanceId(3),
      generation: 3,
    });
    expect(whereabouts(stage)).toMatchObject({ record: ['10.0.1.3'], carrier: instanceId(3) });
  });

  it('repairs what drifted without another generation', async () => {
    const stage = aSettledStage();
    stage.ec2.putElasticIp(anElasticIp());

    const outcome = await reconcileDb(stage);

    expect(outcome).toMatchObject({
      kind: 'converged',
      from: instanceId(1),
      holder: instanceId(1),
      generation: 1,
    });
    expect(stage.ec2.carrierOf(dbElasticIp)).toBe(instanceId(1));
  });
});
