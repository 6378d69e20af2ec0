import { describe, expect, it } from 'vitest';
import { ControllerError } from '../../../../shared/model/errors.ts';
import { reconcileTriggers } from '../../../../shared/reconcile/reconcile-triggers.ts';
import type { EventTrigger } from '../../../../shared/reconcile/which-roles.ts';
import { anInstance, aRole, instanceId, nowMs } from '../../../builders/observed.ts';
import { aSettledStage, db } from '../../../fakes/settled-stage.ts';
import type { Stage } from '../../../fakes/stage.ts';

function aHook(kind: 'launch-hook' | 'terminate-hook', number: number): EventTrigger {
  const action = { groupName: 'web', hookName: 'understudy', actionToken: `token-${number}` };
  return { kind, eventId: `${number}`, timeMs: nowMs, instanceId: instanceId(number), action };
}

const running = (number: number): EventTrigger => ({
  kind: 'ec2-state-change',
  eventId: `running ${number}`,
  timeMs: nowMs,
  instanceId: instanceId(number),
  state: 'running',
});

async function on({ ports, settings, surroundings }: Stage, ...triggers: readonly EventTrigger[]) {
  const results = await reconcileTriggers(ports, settings, triggers, surroundings.now() + 600_000);
  return results.map(({ outcomes }) => outcomes.map(({ role, outcome }) => `${role}: ${outcome.kind}`));
}

describe('a hook of an instance', () => {
  it.each(['launch-hook', 'terminate-hook'] as const)(
    'that asks for no role lets it go: %s',
    async (kind) => {
      const stage = aSettledStage();
      stage.ec2.put(anInstance(3, { tags: {} }));

      const kinds = await on(stage, aHook(kind, 3));

      expect(kinds).toEqual([['undefined: ignored']]);
      expect(stage.hooks.answers).toEqual(new Map([['token-3', 'CONTINUE']]));
    },
  );

  it('that asks for a role which nobody defined lets it go', async () => {
    const stage = aSettledStage();
    stage.ec2.put(anInstance(3, { tags: { role: 'nobodys' } }));

    const kinds = await on(stage, aHook('terminate-hook', 3));

    expect(kinds).toEqual([['nobodys: ignored']]);
    expect(stage.hooks.answers).toEqual(new Map([['token-3', 'CONTINUE']]));
  });

  it('lets it go once, however often its event comes', async () => {
    const stage = aSettledStage();
    stage.ec2.put(anInstance(3, { tags: {} }));

    await on(stage, aHook('terminate-hook', 3));
    await on(stage, aHook('terminate-hook', 3), aHook('terminate-hook', 3));

    expect(stage.script.count('complete')).toBe(1);
  });
});

describe('an answer that Auto Scaling does not take', () => {
  it('brings back the events of the roles that wait for it, and no others', async () => {
    const stage = aSettledStage();
    stage.store.define(aRole({ addresses: [], records: [aWebRecord] }, 'web'));
    stage.ec2.put(anInstance(2), anInstance(3, { tags: { role: 'web' } }));
    stage.script.before('complete', () => {
      throw new ControllerError('not allowed', { code: 'AccessDenied', disposition: 'permanent' });
    });

    const kinds = await on(stage, aHook('launch-hook', 2), running(3));

    expect(kinds).toEqual([[`${db}: failed`], ['web: converged']]);
  });
});

const aWebRecord = { zone: 'corp.internal', name: 'web.corp.internal', value: 'privateIp' };
