import type { InstanceId } from '../model/ids.ts';
import { instanceIdSchema } from '../model/ids.ts';
import type { Observed, ObservedInstance } from '../model/observed.ts';
import type { RecordSet } from '../model/record-set.ts';
import { isSameRecordSet, recordKey } from '../model/record-set.ts';
import type { SlotState, Written, WrittenAssociation } from '../model/role-state.ts';
import { slotOf } from '../model/role-state.ts';
import { isGone } from '../model/trigger.ts';
import { plannerOf } from './addresses/planner-of.ts';
import type { DesiredRecord } from './desired-records.ts';
import { desiredRecords, parkedRecords } from './desired-records.ts';
import type { RecordHolder } from './record-values.ts';
import { StandingRecords } from './standing-records.ts';
import { valueSourceOf } from './value-source.ts';

export interface AdoptionContext {
  readonly nowMs: number;
  /** For the history, such as `adopted by arn:aws:iam::111122223333:user/ana`. */
  readonly cause: string;
  /** The highest generation that is known of a slot from anywhere else than its state; 0 where nothing is known. */
  readonly generationOf: (slot: number) => number;
}

/** How much of a slot's addresses and records is with one instance. */
interface Evidence {
  readonly slot: SlotState;
  readonly instance: ObservedInstance;
  readonly standing: Written;
  /** Only what would be otherwise with another holder. */
  readonly addresses: number;
  readonly records: number;
}

/**
 * The slots of a role of which no holder is known, as the world says that they are: who has the addresses, else whom the
 * records point at, holds the slot; all that is there just as the spec wants it counts as written by us; what is not is left
 * out, and so is foreign. A vacant slot that answers with its parking value is one again. Slots of which nothing can be
 * told are left out.
 *
 * Generations go on from the highest that is known: whoever held a slot before must never pass for its holder.
 */
export function adoptSlots(observed: Observed, context: AdoptionContext): readonly SlotState[] {
  const { role, state } = observed;
  const free = Array.from({ length: role.spec.slots }, (_, slot) => slotOf(state, slot)).filter(
    ({ holder }) => holder === undefined,
  );
  const held = heldSlots(observed, free);
  return free.flatMap((slot): readonly SlotState[] => {
    const found = held.get(slot.slot);
    if (found === undefined) return parkedSlot(observed, slot, context);
    return [adopted(slot, found.standing, context, found.instance.instanceId)];
  });
}

function adopted(
  before: SlotState,
  standing: Written,
  { nowMs, cause, generationOf }: AdoptionContext,
  holder?: InstanceId,
): SlotState {
  return {
    slot: before.slot,
    ...(holder === undefined ? {} : { holder }),
    generation: Math.max(before.generation, generationOf(before.slot)) + 1,
    claimedAtMs: nowMs,
    written: joined(before.written, standing),
    intent: [],
    move: { cause },
    settledAtMs: nowMs,
  };
}

/** What is known to be written stays known; of one thing the later word counts. */
function joined(before: Written, standing: Written): Written {
  const latest = <Each>(all: readonly Each[], keyOf: (each: Each) => string): readonly Each[] => [
    ...new Map(all.map((each) => [keyOf(each), each])).values(),
  ];
  return {
    associations: latest(
      [...before.associations, ...standing.associations],
      ({ allocationId }) => allocationId,
    ),
    placements: latest([...before.placements, ...standing.placements], ({ resource }) => resource),
    records: latest([...before.records, ...standing.records], recordKey),
  };
}

function parkedSlot(observed: Observed, slot: SlotState, context: AdoptionContext): readonly SlotState[] {
  if (slot.generation > 0) return [];
  const records = standingRecords(observed, parkedRecords(observed.role, slot.slot));
  if (records.length === 0) return [];
  return [adopted(slot, { associations: [], placements: [], records }, context)];
}

/** Who has most of a slot gets it, addresses before records; each instance at most one. */
function heldSlots(observed: Observed, free: readonly SlotState[]): ReadonlyMap<number, Evidence> {
  const holders = new Set(observed.state.slots.map(({ holder }) => holder));
  const candidates = observed.instances.filter(
    ({ instanceId, state }) => !isGone(state) && !holders.has(instanceId),
  );
  const evidence = free
    .flatMap((slot) =>
      candidates
        // A slot that was vacated since does not go back to who stopped.
        .filter(({ state }) => slot.generation === 0 || state === 'running')
        .map((instance) => evidenceOf(observed, slot, instance)),
    )
    .filter(({ addresses, records }) => addresses + records > 0)
    .toSorted(byWeight);
  const held = new Map<number, Evidence>();
  const seated = new Set<InstanceId>();
  for (const each of evidence) {
    if (held.has(each.slot.slot) || seated.has(each.instance.instanceId)) continue;
    held.set(each.slot.slot, each);
    seated.add(each.instance.instanceId);
  }
  return held;
}

function byWeight(a: Evidence, b: Evidence): number {
  return (
    b.addresses - a.addresses ||
    b.records - a.records ||
    a.slot.slot - b.slot.slot ||
    (a.instance.instanceId < b.instance.instanceId ? -1 : 1)
  );
}

function evidenceOf(observed: Observed, slot: SlotState, instance: ObservedInstance): Evidence {
  // An Elastic IP of a pool is the slot's for good once it is written, so that of this instance is tried.
  const carried = associationsAt(observed, instance);
  const tried = {
    ...slot,
    written: { ...slot.written, associations: [...slot.written.associations, ...carried] },
  };
  const taken = new Set<string>();
  const usable = observed.role.spec.addresses
    .map((spec, index) => ({ spec, context: { observed, slot: tried, index, taken } }))
    .filter(({ spec, context }) => {
      const planner = plannerOf(spec);
      return planner.refusalOf(context) === undefined && planner.obstacleTo(context, instance) === undefined;
    });
  const plans = usable.map(({ spec, context }) => plannerOf(spec).planFor(context, instance));
  const source = valueSourceOf(observed, tried, usable, instance);
  const records = standingRecords(observed, desiredRecords(observed.role, source));
  const withAnybody = new Set(
    standingRecords(observed, desiredRecords(observed.role, { ...source, holder: nobody })).map(recordKey),
  );
  const standing = {
    associations: plans.flatMap(({ associations = [] }) => associations),
    placements: plans.flatMap(({ placements = [] }) => placements),
    records,
  };
  return {
    slot,
    instance,
    standing,
    addresses: standing.associations.length + standing.placements.length,
    records: records.filter((record) => !withAnybody.has(recordKey(record))).length,
  };
}

function associationsAt(
  { elasticIps }: Observed,
  { instanceId }: ObservedInstance,
): readonly WrittenAssociation[] {
  return elasticIps.flatMap(({ allocationId, association }) => {
    if (association?.instanceId !== instanceId) return [];
    const { associationId, networkInterfaceId, privateIp } = association;
    return { allocationId, associationId, networkInterfaceId, privateIp };
  });
}

/** Those of the records that are there just so, as they were found. */
function standingRecords({ names }: Observed, desired: readonly DesiredRecord[]): readonly RecordSet[] {
  const there = new StandingRecords([], names);
  return desired.flatMap(({ desired: record }) => {
    if ('code' in record) return [];
    const found = there.at(record);
    return found !== undefined && isSameRecordSet(found, record) ? found : [];
  });
}

/** A holder that nobody is: what would be the same with it says nothing of who holds a slot. */
const nobody: RecordHolder = {
  instanceId: instanceIdSchema.parse('i-00000000'),
  tags: {},
  zone: '',
  privateIps: [],
  attachments: [],
};
