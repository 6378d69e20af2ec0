import { describe, expect, it } from 'vitest';
import { alarmStates } from '../../../shared/model/facts.ts';
import type { Role } from '../../../shared/model/observed.ts';
import { noState } from '../../../shared/model/role-state.ts';
import type { Claim, RoleStore } from '../../../shared/reconcile/ports.ts';
import { aRole, heldBy, instanceId, nowMs, roleName } from '../../builders/observed.ts';
import { permutations } from '../../builders/permutations.ts';

/** A store with these roles defined, and nothing else in it. */
export type MakeRoleStore = (roles: readonly Role[]) => Promise<RoleStore>;

const db = roleName('db');
const role = aRole();

function aClaim(overrides: Partial<Claim> = {}): Claim {
  const lease = { owner: 'me', expiresAtMs: nowMs + 30_000 };
  return { role: db, seen: noState, lease, slots: heldBy(1).slots, unfit: [], ...overrides };
}

/** What reconciling relies on, of whatever keeps the memory. */
export function defineRoleStoreContract(name: string, make: MakeRoleStore): void {
  const withClaim = async (claim = aClaim()) => {
    const store = await make([role]);
    const result = await store.claim(claim);
    if (result.kind === 'lost') throw new Error('the first claim was lost');
    return { store, claimed: result.state };
  };
  const stateIn = async (store: RoleStore) => (await store.readRoles([db])).stored[0]?.state;

  describe(`${name}: roles`, () => {
    it('are read as they were defined, those that are not defined left out', async () => {
      const store = await make([role]);

      expect(await store.readRoles([roleName('web'), db])).toEqual({
        stored: [{ role, state: noState }],
        failures: new Map(),
      });
    });

    it('are listed in the order of their names, page by page', async () => {
      const store = await make(['web', 'db', 'nat-a', 'db-2'].map((each) => aRole({}, each)));

      const first = await store.listRoles({ after: undefined, max: 3 });
      const second = await store.listRoles({ after: first.at(-1), max: 3 });

      expect(first).toEqual(['db', 'db-2', 'nat-a']);
      expect(second).toEqual(['web']);
    });
  });

  describe(`${name}: a claim`, () => {
    it('writes slots, lease and the next revision', async () => {
      const { store, claimed } = await withClaim();

      const { lease, slots } = aClaim();
      expect(claimed).toEqual({ ...noState, slots, lease, revision: 1 });
      expect(await stateIn(store)).toEqual(claimed);
    });

    it('is lost when somebody wrote since the state was read, and changes nothing', async () => {
      const { store, claimed } = await withClaim();
      const late = aClaim({ lease: { owner: 'late', expiresAtMs: nowMs } });

      const result = await store.claim(late);

      expect(result).toEqual({ kind: 'lost' });
      expect(await stateIn(store)).toEqual(claimed);
    });

    it('is good when it finds its own write there, as after a retry', async () => {
      const { store, claimed } = await withClaim();

      expect(await store.claim(aClaim())).toEqual({ kind: 'claimed', state: claimed });
    });

    it('is won by exactly one of many at once', async () => {
      const store = await make([role]);
      const owners = Array.from({ length: 10 }, (_, index) => `owner-${index}`);

      const results = await Promise.all(
        owners.map((owner) => store.claim(aClaim({ lease: { owner, expiresAtMs: nowMs } }))),
      );

      const winners = owners.filter((_, index) => results[index]?.kind === 'claimed');
      expect(winners).toHaveLength(1);
      expect((await stateIn(store))?.lease?.owner).toBe(winners[0]);
    });
  });

  describe(`${name}: settling`, () => {
    it('writes the slots, gives the lease back and counts the revision up', async () => {
      const { store, claimed } = await withClaim();
      const { slots } = heldBy(2);

      const result = await store.settle(db, claimed, slots, []);

      const settled = { ...noState, slots, revision: 2 };
      expect(result).toEqual({ kind: 'claimed', state: settled });
      expect(await stateIn(store)).toEqual(settled);
    });

    it('is lost when another has claimed since, and changes nothing', async () => {
      const { store, claimed } = await withClaim();
      const other = aClaim({ seen: claimed, lease: { owner: 'other', expiresAtMs: nowMs } });
      await store.claim(other);

      const result = await store.settle(db, claimed, [], []);

      expect(result).toEqual({ kind: 'lost' });
      expect(await stateIn(store)).toMatchObject({ lease: other.lease, slots: other.slots });
    });

    it('is good when it finds its own write there, as after a retry', async () => {
      const { store, claimed } = await withClaim();
      const { slots } = heldBy(2);
      await store.settle(db, claimed, slots, []);

      expect((await store.settle(db, claimed, slots, [])).kind).toBe('claimed');
    });

    it('sees who asked again meanwhile', async () => {
      const { store, claimed } = await withClaim();
      await store.askAgain(db, 'me');
      await store.askAgain(db, 'me');

      const result = await store.settle(db, claimed, [], []);

      expect(result).toMatchObject({ state: { askedAgain: 2 } });
    });
  });

  describe(`${name}: releasing`, () => {
    it('gives the lease back and leaves the slots as the claim wrote them', async () => {
      const { store, claimed } = await withClaim();

      await store.release(db, claimed);

      expect(await stateIn(store)).toEqual({ ...noState, slots: claimed.slots, revision: 2 });
    });

    it('tells whether somebody asked for another look meanwhile', async () => {
      const { store, claimed } = await withClaim();
      await store.askAgain(db, claimed.lease?.owner ?? '');

      expect(await store.release(db, claimed)).toMatchObject({ kind: 'claimed', state: { askedAgain: 1 } });
    });

    it('does nothing to a lease that is no longer its own', async () => {
      const { store, claimed } = await withClaim();
      await store.claim(aClaim({ seen: claimed, lease: { owner: 'other', expiresAtMs: nowMs } }));

      expect(await store.release(db, claimed)).toEqual({ kind: 'lost' });

      expect((await stateIn(store))?.lease?.owner).toBe('other');
    });
  });

  describe(`${name}: asking again`, () => {
    it('needs the lease of the owner that was seen', async () => {
      const { store, claimed } = await withClaim();

      expect(await store.askAgain(db, 'somebody else')).toBe(false);
      expect(await store.askAgain(db, 'me')).toBe(true);
      await store.settle(db, claimed, [], []);
      expect(await store.askAgain(db, 'me')).toBe(false);
      expect((await stateIn(store))?.askedAgain).toBe(1);
    });

    it('is in vain where nobody ever claimed', async () => {
      const store = await make([role]);

      expect(await store.askAgain(db, 'me')).toBe(false);
      expect(await stateIn(store)).toEqual(noState);
    });

    it('does not spoil the claim of the owner', async () => {
      const { store, claimed } = await withClaim();
      await store.askAgain(db, 'me');

      expect((await store.settle(db, claimed, [], [])).kind).toBe('claimed');
    });
  });

  describe(`${name}: facts`, () => {
    const facts = { alarms: { hot: { state: 'ALARM' as const, timeMs: nowMs } } };

    it('of an instance are kept only in the place of those that were read', async () => {
      const store = await make([role]);

      expect(await store.keepFacts(instanceId(1), facts, 0)).toBe(true);
      expect(await store.keepFacts(instanceId(1), {}, 0)).toBe(false);
      expect(await store.rememberedInstance(instanceId(1))).toMatchObject({ facts, factsRevision: 1 });
      expect(await store.keepFacts(instanceId(1), {}, 1)).toBe(true);
      expect(await store.rememberedInstance(instanceId(1))).toMatchObject({ facts: {}, factsRevision: 2 });
    });

    it('are learnt by a role without a claim, the newer of two whatever their order', async () => {
      const { store, claimed } = await withClaim();

      await store.learn({ role: db, instanceId: instanceId(1), facts, revision: 2 });
      await store.learn({ role: db, instanceId: instanceId(1), facts: {}, revision: 1 });

      const id = instanceId(1);
      expect(await stateIn(store)).toEqual({
        ...claimed,
        facts: { [id]: facts },
        factRevisions: { [id]: 2 },
      });
      expect((await store.settle(db, claimed, claimed.slots, [])).kind).toBe('claimed');
    });

    it('are forgotten with the settling of a claim', async () => {
      const { store, claimed } = await withClaim();
      for (const each of [instanceId(1), instanceId(2)]) {
        await store.learn({ role: db, instanceId: each, facts, revision: 1 });
      }

      await store.settle(db, claimed, claimed.slots, [instanceId(1)]);

      expect(Object.keys((await stateIn(store))?.facts ?? {})).toEqual([instanceId(2)]);
    });

    it('of an alarm of the role itself follow its latest word', async () => {
      const store = await make([role]);
      const alarmOf = (timeMs: number) => ({ state: 'ALARM' as const, timeMs });

      await store.learn({ role: db, alarmName: 'lag: "a.b"', alarm: alarmOf(2) });
      await store.learn({ role: db, alarmName: 'lag: "a.b"', alarm: alarmOf(1) });

      expect(await stateIn(store)).toEqual({ ...noState, alarms: { 'lag: "a.b"': alarmOf(2) } });
    });

    it.each(permutations(alarmStates))(
      'believe the worst of what an alarm of the role said at one time, told as %s, %s, %s',
      async (...states) => {
        const store = await make([role]);

        for (const state of states) {
          await store.learn({ role: db, alarmName: 'lag', alarm: { state, timeMs: 1 } });
        }

        expect((await stateIn(store))?.alarms).toEqual({ lag: { state: 'ALARM', timeMs: 1 } });
      },
    );
  });

  describe(`${name}: instances`, () => {
    const web = roleName('web');

    it('that never asked are unknown', async () => {
      const store = await make([]);

      expect(await store.rememberedInstance(instanceId(1))).toMatchObject({ roles: [], isGone: false });
    });

    it('are remembered with every role that they asked for', async () => {
      const store = await make([]);

      await store.remember({ asked: [{ instanceId: instanceId(1), roles: [db] }], gone: [], history: [] });
      await store.remember({
        asked: [{ instanceId: instanceId(1), roles: [web, db] }],
        gone: [],
        history: [],
      });

      const { roles, isGone } = await store.rememberedInstance(instanceId(1));
      expect(roles.toSorted()).toEqual([db, web]);
      expect(isGone).toBe(false);
    });

    it('that are gone are remembered as gone, with their roles', async () => {
      const store = await make([]);
      await store.remember({ asked: [{ instanceId: instanceId(1), roles: [db] }], gone: [], history: [] });

      await store.remember({ asked: [], gone: [{ instanceId: instanceId(1), roles: [db] }], history: [] });

      expect(await store.rememberedInstance(instanceId(1))).toMatchObject({ roles: [db], isGone: true });
      expect(await store.rememberedInstance(instanceId(2))).toMatchObject({ roles: [], isGone: false });
    });

    it('may ask and be gone in one go', async () => {
      const store = await make([]);
      const row = { instanceId: instanceId(1), roles: [db] };

      await store.remember({ asked: [row], gone: [row], history: [] });

      expect(await store.rememberedInstance(instanceId(1))).toMatchObject({ roles: [db], isGone: true });
    });
  });
}
