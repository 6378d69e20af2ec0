import { describe, expect, it } from 'vitest';
import type { TriggerResult } from '../../../../shared/reconcile/reconcile-triggers.ts';
import { reconcileTriggers } from '../../../../shared/reconcile/reconcile-triggers.ts';
import type { EventTrigger } from '../../../../shared/reconcile/which-roles.ts';
import { anElasticIp, anInstance, aRole, instanceId, nowMs, roleName } from '../../../builders/observed.ts';
import { Stage } from '../../../fakes/stage.ts';

const db = roleName('db');
const it1 = instanceId(1);

const launched: EventTrigger = {
  kind: 'ec2-state-change',
  eventId: 'launched',
  timeMs: nowMs,
  instanceId: it1,
  state: 'running',
};
const warned: EventTrigger = {
  kind: 'spot-interruption',
  eventId: 'warned',
  timeMs: nowMs,
  instanceId: it1,
  action: 'terminate',
};

/** An instance asks for `db`, and nothing is remembered of it. */
function aStage(): Stage {
  const stage = new Stage();
  stage.store.define(aRole());
  stage.ec2.put(anInstance(1));
  stage.ec2.putElasticIp(anElasticIp());
  return stage;
}

const on = ({ ports, settings, surroundings }: Stage, trigger: EventTrigger) =>
  reconcileTriggers(ports, settings, [trigger], surroundings.now() + 600_000);

const kept = async (stage: Stage) => (await stage.store.rememberedInstance(it1)).facts;

/** Another invocation keeps a word on the instance, and finds no role of it to tell. */
const keepWarning = async (stage: Stage) => {
  const word = { saidAtMs: nowMs, atMs: nowMs + 120_000, words: 'Spot interruption (terminate)' };
  await stage.store.keepFacts(it1, { leaving: { spot: word } }, 0);
};

describe('what is told of an instance while it gets a role', () => {
  it('is told to the role by whoever writes that it has one', async () => {
    const stage = aStage();
    stage.script.before('claim', () => keepWarning(stage));

    await on(stage, launched);

    expect(stage.store.stateOf(db).facts[it1]).toEqual(await kept(stage));
    expect(stage.store.stateOf(db).facts[it1]?.leaving?.['spot']).toBeDefined();
  });

  it('counts in the election at once', async () => {
    const stage = aStage();
    stage.script.before('claim', async () => {
      await keepWarning(stage);
      stage.ec2.put(anInstance(2));
    });

    await on(stage, launched);

    expect(stage.store.stateOf(db).slots[0]?.holder).toBe(instanceId(2));
    expect(stage.store.history.map(({ from, to }) => [from, to])).toEqual([
      [undefined, it1],
      [it1, instanceId(2)],
    ]);
  });

  it('is told to the role by whoever keeps it, if the role came between', async () => {
    const stage = aStage();
    const row = { instanceId: it1, roles: [db] };
    stage.ec2.put(anInstance(1, { tags: {} }));
    stage.script.before('keepFacts', async () => {
      stage.ec2.put(anInstance(1));
      await stage.store.remember({ asked: [row], gone: [], history: [] });
    });

    const results = await on(stage, warned);

    expect(stage.store.stateOf(db).facts[it1]).toEqual(await kept(stage));
    expect(results[0]?.outcomes.length).toBe(1);
    expect(stage.store.stateOf(db).slots[0]?.holder).toBe(it1);
  });

  it('fails the role when it cannot be read, for the event to come again', async () => {
    const stage = aStage();
    stage.script.before('rememberedInstance', () => undefined);
    stage.script.before('rememberedInstance', () => {
      throw new Error('no answer');
    });
    const outcomesOf = ([result]: readonly TriggerResult[]) => result?.outcomes.map(({ outcome }) => outcome);

    expect(outcomesOf(await on(stage, launched))).toEqual([
      expect.objectContaining({ kind: 'failed', error: expect.objectContaining({ message: 'no answer' }) }),
    ]);
    expect(outcomesOf(await on(stage, launched))).toEqual([
      expect.objectContaining({ kind: 'noop', holder: it1 }),
    ]);
  });

  it('costs one read more for an instance that gets a role, and none for what is known', async () => {
    const stage = aStage();
    const reads = async () => {
      const before = stage.script.count('rememberedInstance');
      await on(stage, launched);
      return stage.script.count('rememberedInstance') - before;
    };

    expect([await reads(), await reads()]).toEqual([2, 1]);
  });
});
