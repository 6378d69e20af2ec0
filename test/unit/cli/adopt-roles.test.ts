import { describe, expect, it } from 'vitest';
import { adoptRoles } from '../../../cli/adopt/adopt-roles.ts';
import { ControllerError } from '../../../shared/model/errors.ts';
import type { HistoryEntry } from '../../../shared/model/history-entry.ts';
import { noState } from '../../../shared/model/role-state.ts';
import { anElasticIp, anInstance, aRecord, aRole, heldBy, instanceId } from '../../builders/observed.ts';
import { db, whereabouts } from '../../fakes/settled-stage.ts';
import { Stage } from '../../fakes/stage.ts';

/** Instance 2 has the address and the record of db, and nobody has written down that it holds it. */
function aStageWithoutState(): Stage {
  const stage = new Stage();
  stage.store.define(aRole());
  stage.ec2.put(anInstance(1), anInstance(2));
  stage.ec2.putElasticIp(anElasticIp(2));
  stage.route53.put(aRecord('10.0.1.2'));
  return stage;
}

function adopterOf({ ports, settings }: Stage, history: readonly Partial<HistoryEntry>[] = []) {
  const catalogue = { history: async () => history as readonly HistoryEntry[] };
  return { ports, settings, catalogue, caller: 'ana', isDryRun: false };
}

describe('adoptRoles', () => {
  it('writes a settled state by a claim, remembers the holder and tells the history', async () => {
    const stage = aStageWithoutState();

    const adoptions = await adoptRoles(adopterOf(stage), [aRole()]);

    expect(adoptions).toMatchObject([
      {
        role: 'db',
        outcome: 'adopted',
        slots: [{ holder: instanceId(2), generation: 1 }],
        toDo: [],
        foreign: [],
      },
    ]);
    expect(stage.store.stateOf(db)).toMatchObject({
      revision: 2,
      slots: [{ holder: instanceId(2), intent: [] }],
    });
    expect(stage.store.stateOf(db).slots[0]).not.toHaveProperty('move');
    expect(whereabouts(stage)).toMatchObject({ holder: instanceId(2), isSettled: true });
    expect((await stage.store.rememberedInstance(instanceId(2))).roles).toEqual(['db']);
    expect(stage.store.history).toMatchObject([
      { cause: 'adopted by ana', to: instanceId(2), generation: 1 },
    ]);
  });

  it('leaves nothing for the controller to do', async () => {
    const stage = aStageWithoutState();
    await adoptRoles(adopterOf(stage), [aRole()]);

    const outcomes = await stage.reconcile(['db'], { readsRecords: true });

    expect(outcomes.get(db)).toMatchObject({ kind: 'noop', holder: instanceId(2), generation: 1 });
  });

  it('writes nothing on a dry run', async () => {
    const stage = aStageWithoutState();

    const adoptions = await adoptRoles({ ...adopterOf(stage), isDryRun: true }, [aRole()]);

    expect(adoptions).toMatchObject([{ outcome: 'adopted' }]);
    expect(stage.store.stateOf(db)).toEqual(noState);
    expect(stage.store.history).toEqual([]);
  });

  it('takes a role that is not defined yet as it is handed over', async () => {
    const stage = aStageWithoutState();
    stage.store.undefine(db);

    const adoptions = await adoptRoles(adopterOf(stage), [aRole()]);

    expect(adoptions).toMatchObject([{ outcome: 'adopted' }]);
    expect(stage.store.stateOf(db).slots[0]?.holder).toBe(instanceId(2));
  });

  it('goes on from the generations that the history tells of', async () => {
    const stage = aStageWithoutState();
    const history = [
      { slot: 0, generation: 3 },
      { slot: 0, generation: 5 },
      { slot: 1, generation: 9 },
    ];

    const adoptions = await adoptRoles(adopterOf(stage, history), [aRole()]);

    expect(adoptions).toMatchObject([{ slots: [{ generation: 6 }] }]);
  });

  it('tells what the controller will do, and what it may not', async () => {
    const stage = aStageWithoutState();
    stage.route53.put(aRecord('10.0.1.99'));
    const role = aRole({
      records: [
        { zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp' },
        { zone: 'corp.internal', name: 'db2.corp.internal', value: 'privateIp' },
      ],
    });

    const adoptions = await adoptRoles(adopterOf(stage), [role]);

    expect(adoptions).toMatchObject([
      {
        toDo: [expect.stringContaining('create db2.corp.internal')],
        foreign: [expect.stringContaining('adopt: true')],
      },
    ]);
    expect(stage.store.history).toMatchObject([{ outcome: 'refused' }]);
  });

  it.each([
    ['held', heldBy(2)],
    ['busy', { ...noState, revision: 1, lease: { owner: 'somebody', expiresAtMs: Number.MAX_SAFE_INTEGER } }],
  ] as const)('leaves a role alone that is %s', async (outcome, state) => {
    const stage = aStageWithoutState();
    stage.store.define(aRole(), state);

    const adoptions = await adoptRoles(adopterOf(stage), [aRole()]);

    expect(adoptions).toMatchObject([{ role: 'db', outcome }]);
    expect(stage.store.stateOf(db)).toEqual(state);
  });

  it('says when somebody else wrote first', async () => {
    const stage = aStageWithoutState();
    const { ports } = stage;
    const store = { ...ports.store, claim: async () => ({ kind: 'lost' }) as const };

    const adoptions = await adoptRoles({ ...adopterOf(stage), ports: { ...ports, store } }, [aRole()]);

    expect(adoptions).toMatchObject([{ outcome: 'lost', reason: expect.stringContaining('try again') }]);
    expect(stage.store.history).toEqual([]);
  });

  it('goes on with the other roles when the zone of one cannot be read', async () => {
    const stage = aStageWithoutState();
    const { ports } = stage;
    const gone = new ControllerError('no such zone', { code: 'NoSuchHostedZone', disposition: 'permanent' });
    const route53 = { ...ports.route53, read: async () => Promise.reject(gone) };
    const plain = aRole({ records: [] }, 'web');
    stage.store.define(plain);

    const adoptions = await adoptRoles({ ...adopterOf(stage), ports: { ...ports, route53 } }, [
      aRole(),
      plain,
    ]);

    expect(adoptions.map(({ role, outcome }) => [role, outcome])).toEqual([
      ['db', 'unreadable'],
      ['web', 'nothing found'],
    ]);
  });
});
