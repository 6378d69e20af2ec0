import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeRecord } from '../../shared/model/change.ts';
import { normalizeDnsName } from '../../shared/model/dns-name.ts';
import type { ObservedName } from '../../shared/model/observed.ts';
import type { RecordSet } from '../../shared/model/record-set.ts';
import { canStandTogether, isSameRecordSet, nameKey, recordKey } from '../../shared/model/record-set.ts';
import type { RoleState, SlotState } from '../../shared/model/role-state.ts';
import { noState } from '../../shared/model/role-state.ts';
import type { DesiredRecord } from '../../shared/plan/desired-records.ts';
import { desiredRecords, parkedRecords, recordIdentities } from '../../shared/plan/desired-records.ts';
import type { RecordsPlan } from '../../shared/plan/plan-records.ts';
import { planRecords } from '../../shared/plan/plan-records.ts';
import { needsRecords, recordNames, recordsThere } from '../../shared/plan/record-names.ts';
import { deepFreeze } from '../builders/arbitraries.ts';
import type { RecordScene } from '../builders/arbitrary-records.ts';
import { arbitraryRecordScene } from '../builders/arbitrary-records.ts';
import { anInstance, instanceId } from '../builders/observed.ts';

const inEachOrder = <Each>(all: readonly Each[]) => fc.shuffledSubarray([...all], { minLength: all.length });

function desiredOf({ role, holders }: RecordScene, slot: number): readonly DesiredRecord[] | 'keep' {
  const holder = holders[slot] ?? 0;
  if (holder === 0) return role.spec.vacant === 'park' ? parkedRecords(role, slot) : 'keep';
  const privateName = normalizeDnsName(`ip-10-0-1-${holder}.ec2.internal`);
  return desiredRecords(role, {
    role: role.name,
    slot,
    holder: anInstance(holder, { privateName }),
    elasticIps: [],
    privateIp: undefined,
    ipv6: undefined,
    region: 'eu-west-1',
  });
}

function partsOf(scene: RecordScene) {
  return scene.slots.map((slot) => ({ slot, desired: desiredOf(scene, slot.slot) }));
}

function stateOf({ slots }: RecordScene): RoleState {
  return { ...noState, slots };
}

/** What Route 53 answers for the names that a role asks for. */
function namesOf(scene: RecordScene): readonly ObservedName[] {
  const instances = scene.holders.filter((holder) => holder > 0).map((holder) => anInstance(holder));
  return recordNames(scene.role, stateOf(scene), { instances, elasticIps: [] }).map((name) => ({
    ...name,
    records: scene.world.filter((each) => nameKey(each) === nameKey(name)),
    foreign: scene.foreign.filter((each) => nameKey(each) === nameKey(name)),
  }));
}

function plan(scene: RecordScene, names: readonly ObservedName[] | undefined = namesOf(scene)) {
  return planRecords(scene.role, partsOf(scene), names);
}

function changesOf(plans: ReadonlyMap<number, RecordsPlan>): readonly ChangeRecord[] {
  return [...plans.values()].flatMap(({ changes }) => changes);
}

/** One batch as Route 53 makes it, deletions first; undefined when it refuses. */
function afterBatch(
  world: readonly RecordSet[],
  changes: readonly ChangeRecord[],
): readonly RecordSet[] | undefined {
  const gone = changes.flatMap(({ before }) => before ?? []);
  if (new Set(gone.map(recordKey)).size < gone.length) return undefined;
  if (!gone.every((each) => world.some((one) => isSameRecordSet(one, each)))) return undefined;
  const next = world.filter((one) => !gone.some((each) => isSameRecordSet(one, each)));
  for (const { after } of changes) {
    if (after === undefined) continue;
    if (next.some((one) => nameKey(one) === nameKey(after) && !canStandTogether(one, after)))
      return undefined;
    next.push(after);
  }
  return next;
}

/** Claims, applies and settles until Route 53 takes the batch; a refused one is journalled, and read again. */
function carryOut(scene: RecordScene): RecordScene {
  let now = scene;
  for (let round = 0; round < 3; round++) {
    const names = namesOf(now);
    const plans = plan(now, names);
    const world = afterBatch(now.world, changesOf(plans));
    const slots = now.slots.map((slot) => {
      const planned = plans.get(slot.slot);
      if (planned === undefined) throw new Error(`no plan for slot ${slot.slot}`);
      const claimed = { ...slot, ...holderOf(now, slot), intent: [...planned.changes, ...slot.intent] };
      return world === undefined ? claimed : settled(claimed, slot, planned, names);
    });
    now = { ...now, slots, world: world ?? now.world };
    if (world !== undefined) return now;
  }
  throw new Error('Route 53 refuses each batch');
}

function holderOf({ holders }: RecordScene, { slot }: SlotState): Pick<SlotState, 'holder'> {
  const holder = holders[slot] ?? 0;
  return holder > 0 ? { holder: instanceId(holder) } : {};
}

function settled(
  claimed: SlotState,
  before: SlotState,
  planned: RecordsPlan,
  names: readonly ObservedName[],
): SlotState {
  const made = planned.changes.flatMap(({ after }) => after ?? []);
  const all = [...before.written.records, ...recordsThere(before, names), ...planned.standing, ...made];
  const records = new Map(all.map((record) => [recordKey(record), record]));
  for (const key of planned.dropped) records.delete(key);
  return { ...claimed, intent: [], written: { ...before.written, records: [...records.values()] } };
}

describe('the records of a role', () => {
  it('need no change once they were changed, read or not', () => {
    fc.assert(
      fc.property(arbitraryRecordScene, (scene) => {
        const after = carryOut(scene);

        expect(changesOf(plan(after))).toEqual([]);
        if (!needsRecords(after.role, stateOf(after))) expect(changesOf(plan(after, undefined))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('never leave a wanted name without a record', () => {
    fc.assert(
      fc.property(arbitraryRecordScene, (scene) => {
        const after = carryOut(scene);

        const before = new Set(scene.world.map(nameKey));
        const now = new Set(after.world.map(nameKey));
        const wanted = new Set(recordIdentities(scene.role).map(nameKey));
        for (const name of wanted) if (before.has(name)) expect(now).toContain(name);
      }),
      { numRuns: 300 },
    );
  });

  it('are the only ones that are deleted, unless the role adopts', () => {
    fc.assert(
      fc.property(arbitraryRecordScene, (scene) => {
        const changes = changesOf(plan(scene));

        const ours = scene.slots.flatMap(({ written, intent }) => [
          ...written.records,
          ...intent.flatMap((each) => (each.kind === 'change-record' ? (each.after ?? []) : [])),
        ]);
        const adopts = scene.role.spec.records.some(({ adopt }) => adopt);
        for (const { before } of changes) {
          if (before === undefined || adopts) continue;
          expect(ours.some((each) => isSameRecordSet(each, before))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are all accounted for: what stands or is made is known, what is dropped is not there', () => {
    fc.assert(
      fc.property(arbitraryRecordScene, (scene) => {
        const after = carryOut(scene);

        for (const record of after.slots.flatMap(({ written }) => written.records)) {
          const there = after.world.find((each) => recordKey(each) === recordKey(record));
          const wasThere = scene.world.some((each) => there !== undefined && isSameRecordSet(each, there));
          if (there !== undefined && !wasThere) expect(isSameRecordSet(there, record)).toBe(true);
        }
      }),
    );
  });

  it('come to the same whatever the order of slots, names and records of the spec', () => {
    const shuffled = arbitraryRecordScene.chain((scene) =>
      fc.tuple(
        fc.constant(scene),
        inEachOrder(partsOf(scene)),
        inEachOrder(namesOf(scene)),
        inEachOrder(scene.role.spec.records),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([scene, parts, names, records]) => {
        const other = { ...scene.role, spec: { ...scene.role.spec, records } };
        const turned = { ...scene, role: other };

        const expected = plan(scene);

        expect(planRecords(scene.role, parts, names)).toEqual(expected);
        expect(changesOf(plan(turned, names)).map(keyOf).toSorted()).toEqual(
          changesOf(expected).map(keyOf).toSorted(),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('are planned without changing anything that they are made from', () => {
    fc.assert(
      fc.property(arbitraryRecordScene, (scene) => {
        carryOut(deepFreeze(scene));
      }),
    );
  });
});

function keyOf(change: ChangeRecord): string {
  return JSON.stringify(change);
}
