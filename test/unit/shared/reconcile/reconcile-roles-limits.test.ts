import { describe, expect, it } from 'vitest';
import { ControllerError } from '../../../../shared/model/errors.ts';
import { anInstance, aRole, instanceId, nowMs } from '../../../builders/observed.ts';
import {
  aSettledStage,
  aStageToMove,
  db,
  movedToSecond,
  reconcileDb,
  whereabouts,
} from '../../../fakes/settled-stage.ts';

describe('with a lease', () => {
  it('begins no call that the lease might not outlast, gives it back, and leaves its intent', async () => {
    const stage = aStageToMove();
    stage.script.before('claim', () => stage.surroundings.pass(26_000));

    const outcome = await reconcileDb(stage);

    expect(outcome).toMatchObject({
      kind: 'failed',
      error: { code: 'LeaseRunsOut', disposition: 'retryable' },
    });
    expect(stage.script.count('associate') + stage.script.count('change')).toBe(0);
    expect(stage.store.stateOf(db).lease).toBeUndefined();
    expect(stage.store.stateOf(db).slots[0]?.intent).toHaveLength(2);
  });

  it('is finished by the next pass from what was left', async () => {
    const stage = aStageToMove();
    stage.script.before('claim', () => stage.surroundings.pass(26_000));
    await reconcileDb(stage);

    const outcome = await reconcileDb(stage);

    expect(outcome?.kind).toBe('converged');
    expect(whereabouts(stage)).toEqual(movedToSecond);
  });

  it('looks again when the lease ran out during a call: another may have moved the address since', async () => {
    const stage = aStageToMove();
    stage.script.before('associate', () => stage.surroundings.pass(31_000));

    const outcome = await reconcileDb(stage);

    expect(outcome).toMatchObject({ kind: 'converged', holder: instanceId(2) });
    expect(stage.script.count('instancesTagged')).toBe(2);
    expect(whereabouts(stage)).toEqual(movedToSecond);
  });

  it('finishes what an invocation that died in the middle had begun', async () => {
    const stage = aStageToMove();
    stage.script.before('change', () => {
      throw new Error('killed');
    });
    stage.script.before('release', () => {
      throw new Error('killed');
    });
    await reconcileDb(stage).catch(() => undefined);
    stage.surroundings.pass(33_000);

    const outcome = await reconcileDb(stage);

    expect(outcome).toMatchObject({ kind: 'converged', holder: instanceId(2), generation: 2 });
    expect(whereabouts(stage)).toEqual(movedToSecond);
  });
});

describe('when EC2 has no room for a call', () => {
  const noRoom = () => {
    throw new ControllerError('slow down', { code: 'RequestLimitExceeded', disposition: 'retryable' });
  };

  it('tries again a second later, for as long as the lease lasts', async () => {
    const stage = aStageToMove();
    for (let times = 0; times < 20; times++) stage.script.before('associate', noRoom);

    const outcome = await reconcileDb(stage);

    expect(outcome?.kind).toBe('converged');
    expect(whereabouts(stage)).toEqual(movedToSecond);
    expect(stage.script.count('associate')).toBe(21);
    expect(stage.surroundings.now() - nowMs).toBe(20_000);
  });

  it('gives the role back to the queue once the lease might end during another try', async () => {
    const stage = aStageToMove();
    for (let times = 0; times < 100; times++) stage.script.before('associate', noRoom);

    const outcome = await reconcileDb(stage);

    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'RequestLimitExceeded' } });
    expect(stage.surroundings.now() - nowMs).toBe(25_000);
    expect(stage.store.stateOf(db).lease).toBeUndefined();
  });
});

describe('with a deadline', () => {
  const late = { kind: 'failed', error: { code: 'DeadlineNear', disposition: 'retryable' } };

  it('reads nothing once it is over', async () => {
    const stage = aStageToMove();

    const outcome = await reconcileDb(stage, { deadlineMs: nowMs });

    expect(outcome).toMatchObject(late);
    expect(stage.script.calls).toEqual([]);
  });

  it('holds no lease for long after it, as it may be stopped then', async () => {
    const stage = aStageToMove();
    const expiries: (number | undefined)[] = [];
    stage.script.before('associate', () => expiries.push(stage.store.stateOf(db).lease?.expiresAtMs));

    await reconcileDb(stage, { deadlineMs: nowMs + 10_000 });

    expect(expiries).toEqual([nowMs + 15_000]);
  });

  it('claims nothing once it is over', async () => {
    const stage = aStageToMove();
    stage.script.before('elasticIps', () => stage.surroundings.pass(2_000));

    const outcome = await reconcileDb(stage, { deadlineMs: nowMs + 1_000 });

    expect(outcome).toMatchObject(late);
    expect(stage.script.count('claim')).toBe(0);
  });

  it('goes round no more once it is over, and gives its lease back', async () => {
    const stage = aStageToMove();
    stage.script.before('associate', () => stage.ec2.terminate(instanceId(2)));

    const outcome = await reconcileDb(stage, { deadlineMs: nowMs + 100 });

    expect(outcome).toMatchObject(late);
    expect(stage.store.stateOf(db).lease).toBeUndefined();
  });
});

describe('in doubt of the first read', () => {
  const hints = new Map([[instanceId(1), { state: 'stopped' as const, timeMs: nowMs }]]);

  it('reads again after two seconds and then acts on what it reads', async () => {
    const stage = aSettledStage();
    stage.script.before('sleep', () => stage.ec2.put(anInstance(1, { state: 'stopped' })));

    const outcome = await reconcileDb(stage, { hints });

    expect(outcome).toMatchObject({ kind: 'converged', holder: instanceId(2) });
    expect(stage.script.calls).toContain('sleep 2000');
  });

  it('believes the second read when it says the same', async () => {
    const stage = aSettledStage();

    const outcome = await reconcileDb(stage, { hints });

    expect(outcome).toMatchObject({ kind: 'noop', holder: instanceId(1) });
    expect(stage.script.count('instancesTagged')).toBe(2);
  });
});

describe('when a call fails', () => {
  const broken = new ControllerError('not today', { code: 'InternalError', disposition: 'retryable' });
  const raise = () => {
    throw broken;
  };

  it.each(['readRoles', 'instancesTagged', 'elasticIps'])(
    'fails every role when %s does',
    async (operation) => {
      const stage = aStageToMove();
      stage.store.define(aRole({ addresses: [] }, 'web'));
      stage.script.before(operation, raise);

      const outcomes = await stage.reconcile(['db', 'web']);

      expect([...outcomes.values()]).toEqual([
        { kind: 'failed', error: broken },
        { kind: 'failed', error: broken },
      ]);
    },
  );

  it.each(['claim', 'associate', 'change', 'settle'])(
    'gives the lease back when %s does',
    async (operation) => {
      const stage = aStageToMove();
      stage.script.before(operation, raise);

      const outcome = await reconcileDb(stage);

      expect(outcome).toEqual({ kind: 'failed', error: broken });
      expect(stage.store.stateOf(db).lease).toBeUndefined();
    },
  );

  it.each(['claim', 'associate', 'change', 'settle', 'remember'])(
    'is put right by the next pass when %s does',
    async (operation) => {
      const stage = aStageToMove();
      stage.script.before(operation, raise);
      await reconcileDb(stage).catch(() => undefined);
      stage.surroundings.pass(60_000);

      await reconcileDb(stage);

      expect(whereabouts(stage)).toEqual(movedToSecond);
    },
  );

  it('has what is no error of AWS as unexpected, worth another try', async () => {
    const stage = aStageToMove();
    stage.script.before('associate', () => {
      throw new TypeError('undefined is not a function');
    });

    expect(await reconcileDb(stage)).toMatchObject({
      kind: 'failed',
      error: { code: 'Unexpected', disposition: 'retryable' },
    });
  });

  it('tells the outcome of every role although a lease could not be given back', async () => {
    const stage = aStageToMove();
    stage.store.define(
      aRole(
        {
          addresses: [],
          records: [{ zone: 'corp.internal', name: 'web.corp.internal', value: 'privateIp' }],
        },
        'web',
      ),
    );
    stage.script.before('associate', raise);
    stage.script.before('release', raise);

    const outcomes = await stage.reconcile(['db', 'web']);

    expect([...outcomes].map(([role, { kind }]) => [role, kind])).toEqual([
      ['web', 'vacant'],
      ['db', 'failed'],
    ]);
  });
});
