import { describe, expect, it } from 'vitest';
import type { InstanceState } from '../../../../shared/model/trigger.ts';
import type { EventTrigger } from '../../../../shared/reconcile/which-roles.ts';
import { whichRoles } from '../../../../shared/reconcile/which-roles.ts';
import { anInstance, instanceId, nowMs, roleName } from '../../../builders/observed.ts';
import { Stage } from '../../../fakes/stage.ts';

const db = roleName('db');
const web = roleName('web');

function aTrigger(number: number, state: InstanceState, timeMs = nowMs): EventTrigger {
  return { kind: 'ec2-state-change', eventId: `${number}`, timeMs, instanceId: instanceId(number), state };
}

async function aStage(): Promise<Stage> {
  const stage = new Stage();
  stage.ec2.put(anInstance(1), anInstance(2, { tags: { role: 'db, web' } }), anInstance(3, { tags: {} }));
  return stage;
}

async function remember(stage: Stage, number: number, isGone = false): Promise<void> {
  const row = { instanceId: instanceId(number), roles: [db] };
  await stage.store.remember({ asked: [row], gone: isGone ? [row] : [], history: [] });
}

describe('whichRoles', () => {
  it('asks EC2 for the tags of all unknown instances at once', async () => {
    const stage = await aStage();

    const { rolesOf } = await whichRoles(
      stage.ports,
      'role',
      [1, 2, 3].map((each) => aTrigger(each, 'running')),
    );

    expect(rolesOf).toEqual(
      new Map([
        [instanceId(1), [db]],
        [instanceId(2), [db, web]],
        [instanceId(3), []],
      ]),
    );
    expect(stage.script.count('roleTags')).toBe(1);
  });

  it('asks EC2 nothing of an instance that the table remembers', async () => {
    const stage = await aStage();
    await remember(stage, 3);

    const { rolesOf } = await whichRoles(stage.ports, 'role', [aTrigger(3, 'terminated')]);

    expect(rolesOf.get(instanceId(3))).toEqual([db]);
    expect(stage.script.count('roleTags')).toBe(0);
  });

  it('asks EC2 nothing of an unknown instance that is gone: its tags are too', async () => {
    const stage = await aStage();

    const { rolesOf } = await whichRoles(stage.ports, 'role', [aTrigger(9, 'terminated')]);

    expect(rolesOf.get(instanceId(9))).toEqual([]);
    expect(stage.script.count('roleTags')).toBe(0);
  });

  it('reads the memory of an instance once, however many events name it', async () => {
    const stage = await aStage();

    await whichRoles(stage.ports, 'role', [
      aTrigger(1, 'pending'),
      aTrigger(1, 'running'),
      aTrigger(1, 'running'),
    ]);

    expect(stage.script.count('rememberedInstance')).toBe(1);
  });

  it('takes the tags of the latest version, whatever the order and time of their events', async () => {
    const stage = await aStage();
    const told = (version: number, role: string): EventTrigger => ({
      kind: 'tag-change',
      eventId: `tags ${version}`,
      timeMs: nowMs - version,
      instanceId: instanceId(9),
      tags: { role },
      version,
    });

    const { rolesOf, hints } = await whichRoles(stage.ports, 'role', [
      told(3, 'web'),
      aTrigger(9, 'running'),
      told(2, 'db'),
    ]);

    expect(rolesOf.get(instanceId(9))).toEqual(['web']);
    expect(hints.get(instanceId(9))).toMatchObject({ state: 'running', asks: { version: 3 } });
    expect(stage.script.count('roleTags')).toBe(0);
  });

  it('believes the memory of a termination over any event', async () => {
    const stage = await aStage();
    await remember(stage, 1, true);

    const { hints } = await whichRoles(stage.ports, 'role', [aTrigger(1, 'running')]);

    expect(hints.get(instanceId(1))?.state).toBe('terminated');
  });

  it.each<[why: string, triggers: EventTrigger[], state: InstanceState]>([
    ['the later event', [aTrigger(1, 'running', 1), aTrigger(1, 'stopping', 2)], 'stopping'],
    [
      'the later event, whatever the order',
      [aTrigger(1, 'stopping', 2), aTrigger(1, 'running', 1)],
      'stopping',
    ],
    [
      'the later state of a life in one second',
      [aTrigger(1, 'running', 1), aTrigger(1, 'pending', 1)],
      'running',
    ],
    [
      'termination over a later event',
      [aTrigger(1, 'terminated', 1), aTrigger(1, 'running', 9)],
      'terminated',
    ],
    [
      'termination, whatever the order',
      [aTrigger(1, 'running', 9), aTrigger(1, 'shutting-down', 1)],
      'shutting-down',
    ],
    [
      'the last of two terminations',
      [aTrigger(1, 'terminated', 2), aTrigger(1, 'shutting-down', 1)],
      'terminated',
    ],
    ['the only event', [aTrigger(1, 'stopped', 1), aTrigger(2, 'running', 2)], 'stopped'],
  ])('takes for the hint %s', async (_, triggers, state) => {
    const stage = await aStage();

    const { hints } = await whichRoles(stage.ports, 'role', triggers);

    expect(hints.get(instanceId(1))?.state).toBe(state);
  });
});
