import type { RoleName } from '../../shared/model/ids.ts';
import type { Observed, Role } from '../../shared/model/observed.ts';
import type { RolePlan } from '../../shared/model/role-plan.ts';
import type { SlotState } from '../../shared/model/role-state.ts';
import { adoptSlots } from '../../shared/plan/adopt-slots.ts';
import { clockSkewMaxMs, planRoles } from '../../shared/plan/plan-role.ts';
import { observe } from '../../shared/reconcile/observe.ts';
import type { Ports, RoleCatalogue, Settings } from '../../shared/reconcile/ports.ts';
import type { Adoption } from './adoption.ts';
import { adoptionOf, notAdopted, stateWith } from './adoption.ts';
import type { Overlay } from './overlaid-store.ts';
import { overlaidStore } from './overlaid-store.ts';
import { writeAdoption } from './write-adoption.ts';

/** What adopting works with. */
export interface Adopter {
  readonly ports: Ports;
  readonly settings: Settings;
  readonly catalogue: Pick<RoleCatalogue, 'history'>;
  /** Who asks, for the history. */
  readonly caller: string;
  readonly isDryRun: boolean;
}

/** Roles that are observed at once; more go one lot after the other. */
const rolesPerReadMax = 200;

/** Lines of history in which the highest generation is looked for; the newest come first. */
const historyMax = 100;

/**
 * Writes down, for each role whose slots have no holder in the table, who has its addresses and records. Nothing but the
 * table is changed; what differs is left to the controller, which finds a state as if it had written it itself.
 */
export async function adoptRoles(adopter: Adopter, roles: readonly Role[]): Promise<readonly Adoption[]> {
  const adoptions: Adoption[] = [];
  for (let start = 0; start < roles.length; start += rolesPerReadMax) {
    adoptions.push(...(await adoptLot(adopter, roles.slice(start, start + rolesPerReadMax))));
  }
  return adoptions.toSorted((a, b) => (a.role < b.role ? -1 : 1));
}

async function adoptLot(adopter: Adopter, roles: readonly Role[]): Promise<readonly Adoption[]> {
  const generations = new Map(await Promise.all(roles.map((role) => knownGenerations(adopter, role.name))));
  const found = (observed: Observed): readonly SlotState[] =>
    adoptSlots(observed, {
      nowMs: adopter.ports.surroundings.now(),
      cause: `adopted by ${adopter.caller}`,
      generationOf: (slot) => generations.get(observed.role.name)?.get(slot) ?? 0,
    });
  const first = await look(adopter, new Map(roles.map((role) => [role.name, { role }])));
  const before = new Map(first.observed.map(({ role, state }) => [role.name, state]));
  // Where the PTR records of a holder are is known only once the holder is: so the same is read again with it.
  const second = await look(
    adopter,
    new Map(
      first.observed.map((each) => {
        return [each.role.name, { role: each.role, state: stateWith(each.state, found(each)) }];
      }),
    ),
  );
  const cases = second.observed.map((each) => {
    const observed = { ...each, state: before.get(each.role.name) ?? each.state };
    return { observed, slots: found(observed) };
  });
  const plans = plansAfter(adopter, cases);
  const adoptions = cases.map(({ observed, slots }) =>
    adoptRole(adopter, observed, slots, plans.get(observed.role.name)),
  );
  const failures = [...new Map([...first.failures, ...second.failures])];
  return [
    ...failures.map(([role, { message }]) => notAdopted(role, 'unreadable', message)),
    ...(await Promise.all(adoptions)),
  ];
}

async function look({ ports, settings }: Adopter, overlays: ReadonlyMap<RoleName, Overlay>) {
  const store = overlaidStore(ports.store, overlays);
  return observe({ ...ports, store }, settings, {
    roles: [...overlays.keys()],
    hints: new Map(),
    readRecordsOf: 'all',
  });
}

async function knownGenerations(
  { catalogue }: Adopter,
  role: RoleName,
): Promise<readonly [RoleName, ReadonlyMap<number, number>]> {
  const highest = new Map<number, number>();
  for (const { slot, generation } of await catalogue.history(role, historyMax)) {
    highest.set(slot, Math.max(highest.get(slot) ?? 0, generation));
  }
  return [role, highest];
}

interface AdoptionCase {
  readonly observed: Observed;
  readonly slots: readonly SlotState[];
}

/** What a reconcile would do with each role once it is adopted. */
function plansAfter({ ports }: Adopter, cases: readonly AdoptionCase[]): ReadonlyMap<RoleName, RolePlan> {
  const { now, uniqueName } = ports.surroundings;
  const plans = planRoles(
    cases.map(({ observed, slots }) => ({ ...observed, state: stateWith(observed.state, slots) })),
    {
      nowMs: now(),
      owner: uniqueName(),
      hints: new Map(),
      secondReads: new Set(cases.map(({ observed }) => observed.role.name)),
    },
  );
  return new Map([...plans].map(([{ role }, plan]) => [role.name, plan]));
}

async function adoptRole(
  adopter: Adopter,
  observed: Observed,
  slots: readonly SlotState[],
  after: RolePlan | undefined,
): Promise<Adoption> {
  const { role, state } = observed;
  const { lease } = state;
  if (lease !== undefined && lease.expiresAtMs + clockSkewMaxMs > adopter.ports.surroundings.now()) {
    return notAdopted(role.name, 'busy', `${lease.owner} is applying a claim; try again in a minute`);
  }
  if (slots.length === 0) {
    const wanted = Array.from({ length: role.spec.slots }, (_, slot) => slot);
    const isHeld = wanted.every(
      (slot) => state.slots.find((each) => each.slot === slot)?.holder !== undefined,
    );
    return notAdopted(role.name, isHeld ? 'held' : 'nothing found', undefined, after);
  }
  const adoption = adoptionOf(observed, slots, after ?? { kind: 'rest', slots: [], verdicts: [] });
  if (adopter.isDryRun) return adoption;
  const isWritten = await writeAdoption(adopter, observed, slots, adoption);
  return isWritten
    ? adoption
    : notAdopted(role.name, 'lost', 'somebody else wrote its state first; try again');
}
