import { describe, expect, it } from 'vitest';
import type { PendingHook } from '../../../../shared/model/facts.ts';
import { resyncRoles } from '../../../../shared/reconcile/resync-roles.ts';
import { anInstance, aRole, instanceId, nowMs, roleName } from '../../../builders/observed.ts';
import { aSettledStage, db } from '../../../fakes/settled-stage.ts';
import type { Stage } from '../../../fakes/stage.ts';

const web = roleName('web');
const minuteMs = 60_000;

/** Instance 1 holds `db`, which nobody else wants, and waits in one of its group's hooks. */
async function aStageWithHook(
  kind: PendingHook['kind'],
  state: 'running' | 'pending' = 'running',
): Promise<Stage> {
  const stage = aSettledStage();
  stage.ec2.put(anInstance(1, { state, tags: { role: 'db,web' } }), anInstance(2, { tags: {} }));
  const action = { groupName: 'databases', hookName: `understudy-${kind}`, actionToken: 'token-1' };
  const facts = {
    hook: { kind, action, sinceMs: nowMs },
    ...(kind === 'launch'
      ? {}
      : { leaving: { 'terminate-hook': { saidAtMs: nowMs, atMs: nowMs, words: 'termination' } } }),
  };
  await stage.store.keepFacts(instanceId(1), facts, 0);
  await stage.store.remember({ asked: [{ instanceId: instanceId(1), roles: [db] }], gone: [], history: [] });
  await stage.store.learn({ role: db, instanceId: instanceId(1), facts, revision: 1 });
  return stage;
}

/** The role `web` is asked for too, and an operator has frozen it before it was ever claimed. */
async function freezeWeb(stage: Stage): Promise<void> {
  stage.store.define(aRole({ addresses: [] }, 'web'));
  stage.store.overwrite(web, { words: { frozen: { by: 'ana', atMs: nowMs } } });
  await stage.store.remember({ asked: [{ instanceId: instanceId(1), roles: [web] }], gone: [], history: [] });
}

/** One pass of the resync over all roles there are. */
async function resync(stage: Stage): Promise<void> {
  const { ports, settings, surroundings } = stage;
  const cursor = { read: async () => undefined, write: async () => undefined };
  await resyncRoles(ports, settings, cursor, surroundings.now() + minuteMs);
}

describe('a hook that waits for the end of an instance', () => {
  it('is kept waiting while there is no successor', async () => {
    const stage = await aStageWithHook('terminate');

    await resync(stage);

    expect(stage.hooks.heartbeats).toEqual(['token-1']);
    expect(stage.hooks.answers.size).toBe(0);
  });

  it('is answered when the handover has taken too long', async () => {
    const stage = await aStageWithHook('terminate');
    stage.surroundings.pass(10 * minuteMs);

    await resync(stage);

    expect(stage.hooks.answers).toEqual(new Map([['token-1', 'CONTINUE']]));
  });

  it('is answered when another of its roles is at rest and knows of no hook', async () => {
    const stage = await aStageWithHook('terminate');
    stage.store.define(aRole({ addresses: [] }, 'web'));
    await stage.store.remember({
      asked: [{ instanceId: instanceId(1), roles: [web] }],
      gone: [],
      history: [],
    });
    stage.surroundings.pass(10 * minuteMs);

    await resync(stage);

    expect(stage.hooks.answers).toEqual(new Map([['token-1', 'CONTINUE']]));
  });

  it('is not kept waiting by a role that does not come to rest: its own timeout is the bound then', async () => {
    const stage = await aStageWithHook('terminate');
    await freezeWeb(stage);
    stage.surroundings.pass(10 * minuteMs);

    await resync(stage);

    expect(stage.hooks.heartbeats).toEqual([]);
    expect(stage.hooks.answers.size).toBe(0);
  });
});

describe('a hook that waits for the launch of an instance', () => {
  it('is answered for a holder', async () => {
    const stage = await aStageWithHook('launch');

    await resync(stage);

    expect(stage.hooks.answers).toEqual(new Map([['token-1', 'CONTINUE']]));
  });

  it('is not kept waiting for one that does not get ready: Auto Scaling replaces it after the timeout', async () => {
    const stage = await aStageWithHook('launch', 'pending');

    await resync(stage);

    expect(stage.hooks.heartbeats).toEqual([]);
    expect(stage.hooks.answers.size).toBe(0);
  });
});
