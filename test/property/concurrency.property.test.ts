import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../shared/model/outcome.ts';
import { slotOf } from '../../shared/model/role-state.ts';
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
import { Script } from '../fakes/script.ts';
import { Stage } from '../fakes/stage.ts';

const db = roleName('db');

/** Instance 1 held the role and has just ended; 2 and 3 are ready. The gate decides in which order calls go on. */
function aStageToMove(gate: (call: string) => Promise<void>): Stage {
  const stage = new Stage(new Script(gate));
  stage.store.define(aRole(), heldBy(1));
  stage.ec2.put(anInstance(1), anInstance(2), anInstance(3));
  stage.ec2.putElasticIp(anElasticIp(1));
  stage.route53.put(aRecord('10.0.1.1'));
  stage.ec2.terminate(instanceId(1));
  return stage;
}

function gateOf(scheduler: fc.Scheduler) {
  let isOpen = false;
  return {
    gate: async (call: string) => {
      if (!isOpen) await scheduler.schedule(Promise.resolve(), call);
    },
    open: () => {
      isOpen = true;
    },
  };
}

function kindsOf(all: readonly ReadonlyMap<unknown, Outcome>[]): readonly string[] {
  return all.flatMap((each) => [...each.values()].map(({ kind }) => kind));
}

describe('invocations on one role at once, their calls in any order', () => {
  it('move it exactly once, and none of them fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 3 }), async (scheduler, count) => {
        const { gate, open } = gateOf(scheduler);
        const stage = aStageToMove(gate);

        const passes = Array.from({ length: count }, () => stage.reconcile(['db']));
        const outcomes = kindsOf(await scheduler.waitFor(Promise.all(passes)));
        open();
        const last = await stage.reconcile(['db'], { readsRecords: true });

        expect(outcomes.filter((kind) => kind === 'converged')).toHaveLength(1);
        expect(outcomes).not.toContain('failed');
        expect(last.get(db)).toMatchObject({ kind: 'noop', holder: instanceId(2), generation: 2 });
        expect(stage.script.count('associate')).toBe(1);
        expect(stage.route53.batches).toHaveLength(1);
        expect(stage.store.history).toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });

  it('lose no wake-up: what ends while they work is seen by one of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { gate, open } = gateOf(scheduler);
        const stage = aStageToMove(gate);
        const wakeUp = async () => {
          await gate('the second holder ends');
          stage.ec2.terminate(instanceId(2));
          return stage.reconcile(['db']);
        };

        const outcomes = await scheduler.waitFor(Promise.all([stage.reconcile(['db']), wakeUp()]));
        open();
        const { holder } = slotOf(stage.store.stateOf(db), 0);

        expect(kindsOf(outcomes)).not.toContain('failed');
        expect(holder).toBe(instanceId(3));
        expect(stage.ec2.carrierOf(allocationId(0xe1))).toBe(instanceId(3));
        expect(stage.route53.at('db.corp.internal')).toEqual([aRecord('10.0.1.3')]);
      }),
      { numRuns: 150 },
    );
  });
});
