import { describe, expect, it } from 'vitest';
import type { RoleName } from '../../../../shared/model/ids.ts';
import type { ResyncCursor } from '../../../../shared/reconcile/ports.ts';
import { previewRoles } from '../../../../shared/reconcile/preview-roles.ts';
import { resyncRoles } from '../../../../shared/reconcile/resync-roles.ts';
import {
  anElasticIp,
  anInstance,
  aRecord,
  aRole,
  heldBy,
  instanceId,
  roleName,
} from '../../../builders/observed.ts';
import { aSettledStage } from '../../../fakes/settled-stage.ts';
import { Stage } from '../../../fakes/stage.ts';

const names = Array.from({ length: 480 }, (_, index) => `role-${String(index).padStart(3, '0')}`);

/** Roles without addresses, each with a record of its own that nobody can serve. */
function aStage(): Stage {
  const stage = new Stage();
  for (const name of names) {
    const records = [{ zone: 'corp.internal', name: `${name}.corp.internal`, value: 'privateIp' }];
    stage.store.define(aRole({ addresses: [], records }, name));
  }
  return stage;
}

class MemoryCursor implements ResyncCursor {
  written: (RoleName | undefined)[] = [];
  readonly read = async (): Promise<RoleName | undefined> => this.written.at(-1);
  readonly write = async (after: RoleName | undefined): Promise<void> => {
    this.written.push(after);
  };
}

async function resync(stage: Stage, cursor: ResyncCursor, timeLeftMs = 600_000) {
  return resyncRoles(stage.ports, stage.settings, cursor, stage.surroundings.now() + timeLeftMs);
}

describe('resyncRoles', () => {
  it('goes through all roles in pages of two hundred, and leaves the cursor at the beginning', async () => {
    const stage = aStage();
    const cursor = new MemoryCursor();

    const { outcomes, resumesAfter } = await resync(stage, cursor);

    expect([...outcomes.keys()]).toEqual(names);
    expect(new Set([...outcomes.values()].map(({ kind }) => kind))).toEqual(new Set(['vacant']));
    expect(stage.script.count('readRoles')).toBe(3);
    expect({ resumesAfter, written: cursor.written }).toEqual({ resumesAfter: undefined, written: [] });
  });

  it('begins a page again that ran into the deadline, so that its last roles are not starved', async () => {
    const stage = aStage();
    const cursor = new MemoryCursor();
    stage.script.before('readRoles', () => stage.surroundings.pass(100));
    stage.script.before('readRoles', () => stage.surroundings.pass(1_000));
    stage.ec2.put(anInstance(1, { tags: { role: 'role-260' } }));

    const first = await resync(stage, cursor, 500);
    const second = await resync(stage, cursor);

    expect(first.resumesAfter).toBe('role-199');
    expect(first.outcomes.get(roleName('role-260'))).toMatchObject({ kind: 'waiting' });
    expect(second.outcomes.get(roleName('role-260'))).toMatchObject({ kind: 'converged' });
  });

  it('leaves off between two pages when time is up, and goes on there the next time', async () => {
    const stage = aStage();
    const cursor = new MemoryCursor();
    stage.script.before('elasticIps', () => stage.surroundings.pass(1_000));

    const first = await resync(stage, cursor, 500);
    const second = await resync(stage, cursor);
    const third = await resync(stage, cursor);

    expect([...first.outcomes.keys()]).toEqual(names.slice(0, 200));
    expect(first.resumesAfter).toBe(names[199]);
    expect([...second.outcomes.keys()]).toEqual(names.slice(200));
    expect(third.outcomes.size).toBe(480);
    expect(cursor.written).toEqual([names[199], undefined]);
  });

  it('believes what it has read of Route 53 where that is as it was written', async () => {
    const stage = aSettledStage();

    const { outcomes } = await resync(stage, new MemoryCursor());

    expect(outcomes.get(roleName('db'))?.kind).toBe('noop');
    expect(stage.script.count('read')).toBe(1);
  });

  it('reads again what has been changed since it was read', async () => {
    const stage = aSettledStage();
    const stale = stage.route53.createReader;
    // Somebody moved the role between the reading of the zone and that of the role.
    const createReader = () => {
      const reader = stale();
      return {
        read: async (wanted: Parameters<typeof reader.read>[0]) => {
          const answer = await reader.read(wanted);
          return answer.map((each) => ({ ...each, records: [aRecord('10.0.1.9')] }));
        },
      };
    };
    const ports = { ...stage.ports, route53: { ...stage.route53, createReader } };

    const { outcomes } = await resyncRoles(
      ports,
      stage.settings,
      new MemoryCursor(),
      stage.surroundings.now() + 600_000,
    );

    expect(outcomes.get(roleName('db'))?.kind).toBe('noop');
    expect(stage.script.count('read')).toBe(2);
  });

  it('claims no more roles at once than can be moved while their leases last', async () => {
    const stage = aStage();
    stage.ec2.put(
      ...names.slice(0, 45).map((name, index) => anInstance(index + 1, { tags: { role: name } })),
    );

    await resync(stage, new MemoryCursor());

    const order = stage.script.calls.map((call) => call.split(' ')[0] ?? '');
    const waves = order.filter((call) => call === 'claim' || call === 'settle').join(' ');
    expect(waves).toMatch(/^(claim ){20}(settle ){20}(claim ){20}(settle ){20}(claim ){5}(settle ?){5}$/);
  });

  it('has nothing to do without roles', async () => {
    const stage = new Stage();

    const { outcomes } = await resync(stage, new MemoryCursor());

    expect(outcomes.size).toBe(0);
    expect(stage.script.calls).toEqual(['listRoles']);
  });

  it('finds a record that somebody changed behind our back, which events would not', async () => {
    const stage = new Stage();
    stage.store.define(aRole(), heldBy(1));
    stage.ec2.put(anInstance(1));
    stage.ec2.putElasticIp(anElasticIp(1));
    stage.route53.put(aRecord('192.0.2.1'));

    const onEvent = await stage.reconcile(['db']);
    const { outcomes } = await resync(stage, new MemoryCursor());

    expect(onEvent.get(roleName('db'))?.kind).toBe('noop');
    expect(outcomes.get(roleName('db'))).toMatchObject({
      kind: 'refused',
      refusals: [{ code: 'RecordNotOurs' }],
    });
  });
});

describe('previewRoles', () => {
  it('tells what would be done, reading all and writing nothing', async () => {
    const stage = new Stage();
    stage.store.define(aRole(), heldBy(1));
    stage.ec2.put(anInstance(2));
    stage.ec2.putElasticIp(anElasticIp());
    stage.route53.put(aRecord('10.0.1.1'));

    const { plans, undefinedRoles } = await previewRoles(
      stage.ports,
      stage.settings,
      ['db', 'web'].map(roleName),
    );

    expect([...plans.values()]).toMatchObject([
      {
        kind: 'act',
        slots: [
          {
            holder: instanceId(2),
            changes: [{ kind: 'associate-address' }, { kind: 'change-record', after: aRecord('10.0.1.2') }],
          },
        ],
      },
    ]);
    expect(undefinedRoles).toEqual(['web']);
    const writes = ['claim', 'settle', 'release', 'askAgain', 'remember', 'associate', 'change'];
    expect(writes.map((operation) => stage.script.count(operation))).toEqual(writes.map(() => 0));
  });
});
