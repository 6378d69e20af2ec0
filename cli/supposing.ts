import type { InstanceId } from '../shared/model/ids.ts';
import type { ObservedInstance, Role } from '../shared/model/observed.ts';
import type { RoleState } from '../shared/model/role-state.ts';
import type { Ports } from '../shared/reconcile/ports.ts';

/** What would be otherwise than it is, to see what would come of it. */
export interface Supposition {
  /** Values of the role tag; undefined for an instance without one. */
  readonly roleTags?: ReadonlyMap<InstanceId, string | undefined>;
  readonly stateOf?: (state: RoleState) => RoleState;
  readonly roleOf?: (role: Role) => Role;
}

/** Ports that read the world as it would be. What they write, they write to the world as it is: nobody should. */
export function supposing(
  ports: Ports,
  roleTagKey: string,
  { roleTags = new Map(), stateOf = same, roleOf = same }: Supposition,
): Ports {
  const { store, ec2 } = ports;
  const retagged = (instance: ObservedInstance): ObservedInstance => {
    const { instanceId, tags } = instance;
    if (!roleTags.has(instanceId)) return instance;
    const { [roleTagKey]: _, ...others } = tags;
    const value = roleTags.get(instanceId);
    return { ...instance, tags: value === undefined ? others : { ...others, [roleTagKey]: value } };
  };
  return {
    ...ports,
    store: {
      ...store,
      readRoles: async (names) => {
        const { stored, failures } = await store.readRoles(names);
        return {
          failures,
          stored: stored.map(({ role, state }) => ({ role: roleOf(role), state: stateOf(state) })),
        };
      },
    },
    ec2: {
      ...ec2,
      instancesTagged: async (roles) => {
        const found = await ec2.instancesTagged(roles);
        const known = new Set(found.map(({ instanceId }) => instanceId));
        const missing = [...roleTags.keys()].filter((id) => !known.has(id));
        const others = missing.length === 0 ? [] : await ec2.instancesById(missing);
        return [...found, ...others].map(retagged);
      },
      instancesById: async (ids) => (await ec2.instancesById(ids)).map(retagged),
    },
  };
}

function same<Thing>(thing: Thing): Thing {
  return thing;
}
