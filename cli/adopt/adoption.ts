import { describeChange } from '../../shared/model/change.ts';
import type { RoleName } from '../../shared/model/ids.ts';
import type { Observed } from '../../shared/model/observed.ts';
import { describeRecordSet } from '../../shared/model/record-set.ts';
import type { RolePlan } from '../../shared/model/role-plan.ts';
import type { RoleState, SlotState, Written } from '../../shared/model/role-state.ts';

/** What came, or would come, of adopting one role. */
export interface Adoption {
  readonly role: RoleName;
  readonly outcome: keyof typeof adoptionMeanings;
  /** Why nothing was adopted; empty when something was. */
  readonly reason: string;
  readonly slots: readonly AdoptedSlot[];
  /** What the controller will do next, since it differs and may be changed. */
  readonly toDo: readonly string[];
  /** What differs and was left, since it is not ours. */
  readonly foreign: readonly string[];
}

export interface AdoptedSlot {
  readonly slot: number;
  /** Undefined for a vacant slot that answers with its parking value. */
  readonly holder: string | undefined;
  readonly generation: number;
  /** What counts as written by us from now on. */
  readonly things: readonly string[];
}

/** What each outcome means, for the help. */
export const adoptionMeanings = {
  adopted: 'the holders that were found are written down',
  held: 'every slot has its holder in the state already',
  'nothing found': 'nobody has its addresses or records; the controller elects somebody',
  busy: 'somebody is applying a claim right now',
  lost: 'somebody else wrote first',
  unreadable: 'AWS did not let it be read',
} as const;

/** The state with the adopted slots in it. */
export function stateWith(state: RoleState, slots: readonly SlotState[]): RoleState {
  const adopted = new Set(slots.map(({ slot }) => slot));
  const others = state.slots.filter(({ slot }) => !adopted.has(slot));
  return { ...state, slots: [...others, ...slots].toSorted((a, b) => a.slot - b.slot) };
}

/** A role of which something was found, with what a reconcile would make of it afterwards. */
export function adoptionOf(observed: Observed, slots: readonly SlotState[], after: RolePlan): Adoption {
  const { name } = observed.role;
  const planned = 'slots' in after ? after.slots : [];
  const adopted = slots.map(({ slot, holder, generation, written }) => ({
    slot,
    holder,
    generation,
    things: thingsOf(written, observed),
  }));
  const moves = planned.flatMap(({ slot, before, holder }) =>
    before.holder === holder
      ? []
      : [`slot ${slot} goes from ${before.holder ?? 'nobody'} to ${holder ?? 'nobody'}`],
  );
  const changes = planned.flatMap((each) => each.changes.map(describeChange));
  return {
    role: name,
    outcome: 'adopted',
    reason: '',
    slots: adopted,
    toDo: [...moves, ...changes],
    foreign: planned.flatMap(({ refusals }) => refusals.map(({ words }) => words)),
  };
}

/** A role of which nothing is adopted. */
export function notAdopted(
  role: RoleName,
  outcome: Exclude<Adoption['outcome'], 'adopted'>,
  reason: string = adoptionMeanings[outcome],
  after?: RolePlan,
): Adoption {
  const planned = after !== undefined && 'slots' in after ? after.slots : [];
  return {
    role,
    outcome,
    reason,
    slots: [],
    toDo: [],
    foreign: planned.flatMap(({ refusals }) => refusals.map(({ words }) => words)),
  };
}

function thingsOf(
  { associations, placements, records }: Written,
  { elasticIps }: Observed,
): readonly string[] {
  return [
    ...associations.map(({ allocationId, privateIp }) => {
      const publicIp = elasticIps.find((each) => each.allocationId === allocationId)?.publicIp;
      return `${publicIp ?? allocationId} at ${privateIp}`;
    }),
    ...placements.map(({ resource, at }) => `${resource} at ${at}`),
    ...records.map(describeRecordSet),
  ];
}
