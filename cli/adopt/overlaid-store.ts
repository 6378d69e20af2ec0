import type { RoleName } from '../../shared/model/ids.ts';
import type { Role } from '../../shared/model/observed.ts';
import type { RoleState } from '../../shared/model/role-state.ts';
import { noState } from '../../shared/model/role-state.ts';
import type { RoleStore } from '../../shared/reconcile/ports.ts';

/** A role as it is to be seen, whatever the table says; without a state it has that of the table. */
export interface Overlay {
  readonly role: Role;
  readonly state?: RoleState;
}

/** The store, as if these roles were defined so; for reading only. */
export function overlaidStore(store: RoleStore, overlays: ReadonlyMap<RoleName, Overlay>): RoleStore {
  return {
    ...store,
    readRoles: async (names) => {
      const { stored, failures } = await store.readRoles(names);
      const states = new Map(stored.map(({ role, state }) => [role.name, state]));
      const seen = names.flatMap((name) => {
        const overlay = overlays.get(name);
        if (overlay === undefined || failures.has(name)) return [];
        return { role: overlay.role, state: overlay.state ?? states.get(name) ?? noState };
      });
      return { stored: seen, failures };
    },
  };
}
