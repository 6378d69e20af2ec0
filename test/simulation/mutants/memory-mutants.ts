import type { RoleName } from '../../../shared/model/ids.ts';
import type { RoleState } from '../../../shared/model/role-state.ts';
import { noState } from '../../../shared/model/role-state.ts';
import type { RoleStore, StoredRole } from '../../../shared/reconcile/ports.ts';
import type { Mutant } from './mutant.ts';
import { withStore } from './mutant.ts';

/** Variants that are wrong about the controller's memory: claims, leases, journal, wake-ups, facts, history. */
export const memoryMutants: readonly Mutant[] = [
  {
    name: 'that claims whatever others wrote since it looked',
    breaks: 'one holder per slot and generation',
    seed: 48,
    mutation: () =>
      withStore((store) => ({
        claim: async (claim) => {
          const { revision } = await stateNow(store, claim.role);
          return store.claim({ ...claim, seen: { ...claim.seen, revision } });
        },
      })),
  },
  {
    name: 'that settles whatever others claimed since',
    breaks: 'one holder per slot and generation',
    seed: 339,
    mutation: () =>
      withStore((store) => ({
        settle: async (role, claimed, slots, forgotten) => {
          const { revision } = await stateNow(store, role);
          return store.settle(role, { ...claimed, revision }, slots, forgotten);
        },
      })),
  },
  {
    name: 'that heeds no lease of another',
    breaks: 'no call is begun for a superseded claim',
    seed: 19,
    mutation: () =>
      withStore((store) => ({
        readRoles: changedRoles(store, ({ role, state: { lease: _, ...state } }) => ({ role, state })),
      })),
  },
  {
    name: 'that thinks its lease lasts for hours',
    breaks: 'no call is begun for a superseded claim',
    seed: 118,
    mutation: () =>
      withStore((store) => ({
        claim: async (claim) => {
          const result = await store.claim(claim);
          if (result.kind !== 'claimed' || result.state.lease === undefined) return result;
          const lease = { ...result.state.lease, expiresAtMs: result.state.lease.expiresAtMs + 7_200_000 };
          return { ...result, state: { ...result.state, lease } };
        },
      })),
  },
  {
    name: 'that keeps the generation when it gives a slot to another',
    breaks: 'one holder per slot and generation',
    seed: 1,
    mutation: () =>
      withStore((store) => ({
        claim: (claim) =>
          store.claim({
            ...claim,
            slots: claim.slots.map((slot) => ({
              ...slot,
              generation: claim.seen.slots.find((each) => each.slot === slot.slot)?.generation ?? 1,
            })),
          }),
      })),
  },
  {
    name: 'that journals nothing of what it means to do',
    breaks: 'no call is begun for a superseded claim',
    seed: 1,
    mutation: () =>
      withStore((store) => ({
        claim: (claim) =>
          store.claim({ ...claim, slots: claim.slots.map((slot) => ({ ...slot, intent: [] })) }),
      })),
  },
  {
    name: 'that tells no history',
    breaks: 'history tells the truth',
    seed: 1,
    mutation: () =>
      withStore((store) => ({
        remember: (memories) => store.remember({ ...memories, history: [] }),
      })),
  },
  {
    name: 'that remembers its holders anew at each pass',
    breaks: 'zero writes in a converged world',
    seed: 1,
    mutation: () =>
      withStore((store) => ({
        readRoles: async (names) => {
          const roles = await store.readRoles(names);
          const asked = roles.stored.flatMap(({ role, state }) =>
            state.slots.flatMap(({ holder }) =>
              holder === undefined ? [] : [{ instanceId: holder, roles: [role.name] }],
            ),
          );
          if (asked.length > 0) await store.remember({ asked, gone: [], history: [] });
          return roles;
        },
      })),
  },
  {
    name: 'that leaves a role to the owner of its lease without a word',
    breaks: 'no wake-up is lost',
    seed: 1,
    mutation: () => withStore(() => ({ askAgain: async () => true })),
  },
  {
    name: 'that does not look again when it was asked to',
    breaks: 'no wake-up is lost',
    seed: 13,
    mutation: () =>
      withStore((store) => ({
        settle: async (role, claimed, slots, forgotten) => {
          const result = await store.settle(role, claimed, slots, forgotten);
          if (result.kind !== 'claimed') return result;
          return { ...result, state: { ...result.state, askedAgain: claimed.askedAgain } };
        },
      })),
  },
  {
    name: 'that forgets what events tell it of instances',
    breaks: 'what events told is known',
    seed: 4,
    mutation: () => withStore(() => ({ keepFacts: async () => true })),
  },
  {
    name: 'that does not tell the roles what it learns of their candidates',
    breaks: 'what events told is known',
    seed: 4,
    mutation: () => withStore(() => ({ learn: async () => undefined })),
  },
  {
    name: 'that lets everybody hold a role',
    breaks: 'only an authorised, running candidate is given a role',
    seed: 4,
    mutation: () =>
      withStore((store) => ({
        readRoles: changedRoles(store, ({ role, state }) => {
          const { allow: _, ...spec } = role.spec;
          return { state, role: { ...role, spec } };
        }),
      })),
  },
  {
    name: 'that takes over what is not its own',
    breaks: 'nothing foreign is touched',
    seed: 14,
    mutation: () =>
      withStore((store) => ({
        readRoles: changedRoles(store, ({ role, state }) => ({
          state,
          role: {
            ...role,
            spec: {
              ...role.spec,
              addresses: role.spec.addresses.map((each) => ({ ...each, adopt: true })),
              records: role.spec.records.map((each) => ({ ...each, adopt: true })),
            },
          },
        })),
      })),
  },
];

async function stateNow(store: RoleStore, role: RoleName): Promise<RoleState> {
  const { stored } = await store.readRoles([role]);
  return stored[0]?.state ?? noState;
}

function changedRoles(store: RoleStore, change: (stored: StoredRole) => StoredRole): RoleStore['readRoles'] {
  return async (names) => {
    const roles = await store.readRoles(names);
    return { ...roles, stored: roles.stored.map(change) };
  };
}
