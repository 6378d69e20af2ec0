import { describe, expect, it } from 'vitest';
import type { InstanceState } from '../../../../shared/model/trigger.ts';
import type { TriggerResult } from '../../../../shared/reconcile/reconcile-triggers.ts';
import { reconcileTriggers } from '../../../../shared/reconcile/reconcile-triggers.ts';
import type { EventTrigger } from '../../../../shared/reconcile/which-roles.ts';
import { anElasticIp, anInstance, aRole, instanceId, nowMs, roleName } from '../../../builders/observed.ts';
import { Stage } from '../../../fakes/stage.ts';

const db = roleName('db');

function aTrigger(number: number, state: InstanceState = 'running'): EventTrigger {
  return {
    kind: 'ec2-state-change',
    eventId: `${number}`,
    timeMs: nowMs,
    instanceId: instanceId(number),
    state,
  };
}

/** Two instances that ask for `db`, which nobody holds yet. */
function aStage(): Stage {
  const stage = new Stage();
  stage.store.define(aRole());
  stage.ec2.put(anInstance(1), anInstance(2));
  stage.ec2.putElasticIp(anElasticIp());
  return stage;
}

async function on(stage: Stage, ...triggers: readonly EventTrigger[]): Promise<readonly TriggerResult[]> {
  const { ports, settings, surroundings } = stage;
  return reconcileTriggers(ports, settings, triggers, surroundings.now() + 600_000);
}

const kindsOf = (results: readonly TriggerResult[]) =>
  results.map(({ outcomes }) => outcomes.map(({ role, outcome }) => `${role}: ${outcome.kind}`));

describe('reconcileTriggers', () => {
  it('reconciles a role once, whatever number of events named it, and answers each', async () => {
    const stage = aStage();

    const results = await on(stage, aTrigger(1), aTrigger(2), aTrigger(1));

    expect(kindsOf(results)).toEqual([['db: converged'], ['db: converged'], ['db: converged']]);
    expect(stage.script.count('claim')).toBe(1);
    expect(stage.store.history).toHaveLength(1);
  });

  it('tells in the history which events were the cause, and of which none were', async () => {
    const stage = aStage();
    stage.ec2.put(anInstance(3, { tags: {} }));

    await on(stage, aTrigger(1), aTrigger(3), aTrigger(2, 'pending'));

    expect(stage.store.history[0]?.cause).toBe(
      `ec2-state-change ${instanceId(1)} running, ec2-state-change ${instanceId(2)} pending`,
    );
  });

  it('writes into the history who asks for a role and may not hold it, once', async () => {
    const stage = aStage();
    const image = 'ami-0aaaaaaaaaaaaaaaa';
    stage.store.define(aRole({ allow: { image } }));
    stage.ec2.put(anInstance(1, { imageId: image }), anInstance(3));
    await on(stage, aTrigger(1));

    await on(stage, aTrigger(3));
    await on(stage, aTrigger(3));

    const [, line, ...more] = stage.store.history;
    expect(line).toMatchObject({ outcome: 'refused', from: instanceId(1), to: instanceId(1), changes: [] });
    expect(line?.refusals[0]).toContain(instanceId(3));
    expect(more).toEqual([]);
  });

  it('ignores an instance that asks for nothing, with one call to the table and one to EC2', async () => {
    const stage = aStage();
    stage.ec2.put(anInstance(3, { tags: {} }));

    const results = await on(stage, aTrigger(3));

    expect(results[0]?.outcomes).toEqual([
      {
        role: undefined,
        outcome: { kind: 'ignored', reason: `${instanceId(3)} asks for no role and held none` },
      },
    ]);
    expect(stage.script.calls).toEqual([`rememberedInstance ${instanceId(3)}`, `roleTags ${instanceId(3)}`]);
  });

  it('ignores a role that is not defined, and remembers nothing of it: anybody may tag', async () => {
    const stage = aStage();
    stage.ec2.put(anInstance(3, { tags: { role: 'nobodys' } }));

    const results = await on(stage, aTrigger(3));

    expect(results[0]?.outcomes).toEqual([
      {
        role: 'nobodys',
        outcome: { kind: 'ignored', reason: 'no role "nobodys" is defined' },
      },
    ]);
    expect(await stage.store.rememberedInstance(instanceId(3))).toMatchObject({ roles: [], isGone: false });
  });

  it('answers for each role of an instance with several', async () => {
    const stage = aStage();
    stage.store.define(aRole({ addresses: [] }, 'web'));
    stage.ec2.put(anInstance(1, { tags: { role: 'db,nobodys' } }));

    const results = await on(stage, aTrigger(1));

    expect(kindsOf(results)).toEqual([['db: converged', 'nobodys: ignored']]);
  });

  describe('finds out that a known instance asks for another role, of which no event told', () => {
    const web = roleName('web');

    /** Instance 1 is known to ask for `db`; its tag says `web` as well. */
    async function aStageWithAnother(role = 'db,web'): Promise<Stage> {
      const stage = aStage();
      stage.store.define(aRole({ addresses: [] }, 'web'));
      stage.ec2.put(anInstance(1, { tags: { role } }));
      const asked = [{ instanceId: instanceId(1), roles: [db] }];
      await stage.store.remember({ asked, gone: [], history: [] });
      return stage;
    }

    it('from what it reads for the role that it knows of', async () => {
      const stage = await aStageWithAnother();

      const results = await on(stage, aTrigger(1));

      expect(kindsOf(results)).toEqual([['db: converged', 'web: converged']]);
      expect(await stage.store.rememberedInstance(instanceId(1))).toMatchObject({ roles: [db, web] });
    });

    it('and tells it what the event said of the instance', async () => {
      const stage = await aStageWithAnother();
      const trigger = { kind: 'rebalance-recommendation', eventId: '1', timeMs: nowMs } as const;

      await on(stage, { ...trigger, instanceId: instanceId(1) });

      const facts = [db, web].map((role) => stage.store.stateOf(role).facts[instanceId(1)]);
      expect(facts[0]).toMatchObject({ leaving: { rebalance: {} } });
      expect(facts[1]).toEqual(facts[0]);
    });

    it('and remembers none that is not defined', async () => {
      const stage = await aStageWithAnother('db,nobodys');

      const results = await on(stage, aTrigger(1));

      expect(kindsOf(results)).toEqual([['db: converged', 'nobodys: ignored']]);
      expect(await stage.store.rememberedInstance(instanceId(1))).toMatchObject({ roles: [db] });
    });

    it('but believes an event that tells of the tags rather than what it reads', async () => {
      const stage = await aStageWithAnother();
      const trigger = { kind: 'tag-change', eventId: '1', timeMs: nowMs, version: 2 } as const;

      const results = await on(stage, { ...trigger, instanceId: instanceId(1), tags: { role: 'db' } });

      expect(results[0]?.outcomes.map(({ role }) => role)).toEqual(['db']);
    });
  });

  it('does nothing for no events', async () => {
    const stage = aStage();

    expect(await on(stage)).toEqual([]);
    expect(stage.script.calls).toEqual([]);
  });

  describe('remembers', () => {
    it('a candidate that could not be given the role yet', async () => {
      const stage = aStage();
      stage.ec2.put(anInstance(1, { state: 'pending' }), anInstance(2, { tags: {} }));

      const results = await on(stage, aTrigger(1, 'pending'));

      expect(kindsOf(results)).toEqual([['db: waiting']]);
      expect(await stage.store.rememberedInstance(instanceId(1))).toMatchObject({
        roles: [db],
        isGone: false,
      });
    });

    it('an instance once: a repeated event writes nothing', async () => {
      const stage = aStage();
      await on(stage, aTrigger(1), aTrigger(2));
      const before = stage.script.count('remember');

      const results = await on(stage, aTrigger(1), aTrigger(2));

      expect(kindsOf(results)).toEqual([['db: noop'], ['db: noop']]);
      expect(stage.script.count('remember')).toBe(before);
    });

    it('that an instance is gone, once, and hands its role on', async () => {
      const stage = aStage();
      await on(stage, aTrigger(1), aTrigger(2));
      stage.ec2.terminate(instanceId(1));

      const first = await on(stage, aTrigger(1, 'terminated'));
      const writes = stage.script.count('remember');
      const again = await on(stage, aTrigger(1, 'shutting-down'), aTrigger(1, 'running'));

      expect(first[0]?.outcomes[0]?.outcome).toMatchObject({
        kind: 'converged',
        from: instanceId(1),
        holder: instanceId(2),
        generation: 2,
      });
      expect(kindsOf(again)).toEqual([['db: noop'], ['db: noop']]);
      expect(stage.script.count('remember')).toBe(writes);
      expect(await stage.store.rememberedInstance(instanceId(1))).toMatchObject({
        roles: [db],
        isGone: true,
      });
    });

    it('that an instance is gone whose role nobody defines any more, so that it can be forgotten', async () => {
      const stage = aStage();
      await on(stage, aTrigger(1), aTrigger(2));
      stage.store.undefine(db);

      await on(stage, aTrigger(1, 'terminated'));

      expect(await stage.store.rememberedInstance(instanceId(1))).toMatchObject({
        roles: [db],
        isGone: true,
      });
    });

    it('that an instance is gone that asked for no role there is, if anything is known of it', async () => {
      const stage = aStage();
      stage.ec2.put(anInstance(3, { tags: { role: 'nobodys' } }), anInstance(4, { tags: {} }));
      const warning: EventTrigger = {
        kind: 'spot-interruption',
        eventId: 'warning',
        timeMs: nowMs,
        instanceId: instanceId(3),
        action: 'terminate',
      };
      await on(stage, warning);

      await on(stage, aTrigger(3, 'terminated'), aTrigger(4, 'terminated'));

      expect(await stage.store.rememberedInstance(instanceId(3))).toMatchObject({ isGone: true });
      expect(await stage.store.rememberedInstance(instanceId(4))).toMatchObject({ isGone: false });
    });

    it('the new holder before its claim is settled', async () => {
      const stage = aStage();

      await on(stage, aTrigger(1));

      const writes = stage.script.calls.filter(
        (call) => /^(remember|settle)\b/.test(call) && !call.startsWith('remembered'),
      );
      expect(writes).toEqual(['remember', 'settle db']);
    });
  });

  it('believes a termination although EC2 still describes the instance as running', async () => {
    const stage = aStage();
    await on(stage, aTrigger(1), aTrigger(2));

    const results = await on(stage, aTrigger(1, 'shutting-down'));

    expect(results[0]?.outcomes[0]?.outcome).toMatchObject({ kind: 'converged', holder: instanceId(2) });
  });
});
