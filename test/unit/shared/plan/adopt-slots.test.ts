import { describe, expect, it } from 'vitest';
import type { Observed } from '../../../../shared/model/observed.ts';
import { noState, slotOf } from '../../../../shared/model/role-state.ts';
import { adoptSlots } from '../../../../shared/plan/adopt-slots.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  anObservation,
  aRecord,
  aRole,
  associationId,
  atName,
  heldBy,
  instanceId,
  networkInterfaceId,
  nowMs,
  privateIp,
  zoneId,
} from '../../../builders/observed.ts';

const cause = 'adopted by ana';

function adopt(overrides: Partial<Observed>, generation = 0) {
  return adoptSlots(anObservation({ instances: [anInstance(1), anInstance(2)], ...overrides }), {
    nowMs,
    cause,
    generationOf: () => generation,
  });
}

const recordsOnly = aRole({ addresses: [] });

describe('adoptSlots', () => {
  it('gives the slot to who has its address, with all that is there just as the spec wants it', () => {
    const slots = adopt({ elasticIps: [anElasticIp(2)], names: atName(aRecord('10.0.1.2')) });

    expect(slots).toEqual([
      {
        slot: 0,
        holder: instanceId(2),
        generation: 1,
        claimedAtMs: nowMs,
        settledAtMs: nowMs,
        intent: [],
        move: { cause },
        written: {
          associations: [
            {
              allocationId: allocationId(0xe1),
              associationId: associationId(2),
              networkInterfaceId: networkInterfaceId(2),
              privateIp: privateIp(2),
            },
          ],
          placements: [],
          records: [aRecord('10.0.1.2')],
        },
      },
    ]);
  });

  it('believes the address when the record points at another, and leaves the record out', () => {
    const [slot] = adopt({ elasticIps: [anElasticIp(2)], names: atName(aRecord('10.0.1.1')) });

    expect(slot).toMatchObject({ holder: instanceId(2), written: { records: [] } });
  });

  it('goes by the record where the role has no address', () => {
    const [slot] = adopt({ role: recordsOnly, names: atName(aRecord('10.0.1.2')) });

    expect(slot).toMatchObject({ holder: instanceId(2), written: { records: [aRecord('10.0.1.2')] } });
  });

  it('leaves out a record whose TTL is another', () => {
    const slots = adopt({ role: recordsOnly, names: atName(aRecord('10.0.1.2', { ttlSeconds: 30 })) });

    expect(slots).toEqual([]);
  });

  it('concludes nothing from a record that would be the same with anybody', () => {
    const role = aRole({
      addresses: [],
      records: [{ zone: 'corp.internal', name: 'db.corp.internal', type: 'A', values: ['10.9.9.9'] }],
    });

    expect(adopt({ role, names: atName(aRecord('10.9.9.9')) })).toEqual([]);
  });

  it('goes on from the highest generation that is known', () => {
    const [slot] = adopt({ elasticIps: [anElasticIp(1)], names: atName() }, 7);

    expect(slot?.generation).toBe(8);
  });

  it.each([
    ['is gone', { instances: [anInstance(2, { state: 'terminated' })], elasticIps: [anElasticIp(2)] }],
    ['does not ask for the role', { instances: [anInstance(1)], elasticIps: [anElasticIp(2)] }],
    ['is nobody', { elasticIps: [anElasticIp()] }],
  ] as const)('adopts nothing when who has the address %s', (_, overrides) => {
    expect(adopt({ ...overrides, names: atName() })).toEqual([]);
  });

  it('believes that a stopped instance holds a role of which nothing is known', () => {
    const instances = [anInstance(1, { state: 'stopped' }), anInstance(2)];

    const [slot] = adopt({ instances, elasticIps: [anElasticIp(1)], names: atName(aRecord('10.0.1.1')) });

    expect(slot).toMatchObject({ holder: instanceId(1), written: { records: [aRecord('10.0.1.1')] } });
  });

  it('does not give a slot that was vacated back to who stopped', () => {
    const { holder: _, ...vacant } = slotOf(heldBy(1), 0);
    const instances = [anInstance(1, { state: 'stopped' }), anInstance(2)];
    const state = { ...noState, revision: 4, slots: [{ ...vacant, generation: 2 }] };

    expect(adopt({ state, instances, elasticIps: [anElasticIp(1)], names: atName() })).toEqual([]);
  });

  it('leaves a slot that has its holder', () => {
    expect(adopt({ state: heldBy(1), elasticIps: [anElasticIp(2)], names: atName() })).toEqual([]);
  });

  it('adopts a vacant slot that answers with its parking value', () => {
    const role = aRole({
      addresses: [],
      records: [
        { zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp', parking: ['10.0.0.99'] },
      ],
      vacant: 'park',
    });

    const [slot] = adopt({ role, names: atName(aRecord('10.0.0.99')) });

    expect(slot).toMatchObject({ slot: 0, generation: 1, written: { records: [aRecord('10.0.0.99')] } });
    expect(slot).not.toHaveProperty('holder');
  });
});

describe('adoptSlots of a group', () => {
  const role = aRole({
    slots: 2,
    addresses: [{ elasticIp: { pool: { tags: { pool: 'db' } } } }],
    records: [{ zone: 'corp.internal', name: 'db-{slot}.corp.internal', value: 'privateIp' }],
  });
  const pooled = (number: number, on: number) =>
    anElasticIp(on, { allocationId: allocationId(number), tags: { pool: 'db' } });
  const named = (slot: number, value: string): NonNullable<Observed['names']>[number] => {
    const record = aRecord(value, { name: `db-${slot}.corp.internal` as ReturnType<typeof aRecord>['name'] });
    return { zoneId, name: record.name, records: [record], foreign: [] };
  };

  it('seats each instance where its record says, whatever order the pool has', () => {
    const slots = adopt({
      role,
      elasticIps: [pooled(1, 1), pooled(2, 2)],
      names: [named(0, '10.0.1.2'), named(1, '10.0.1.1')],
    });

    expect(
      slots.map(({ slot, holder, written }) => [slot, holder, written.associations[0]?.allocationId]),
    ).toEqual([
      [0, instanceId(2), allocationId(2)],
      [1, instanceId(1), allocationId(1)],
    ]);
  });

  it('gives no instance two slots', () => {
    const slots = adopt({
      role,
      elasticIps: [pooled(1, 1)],
      names: [named(0, '10.0.1.1'), named(1, '10.0.1.1')],
    });

    expect(slots.map(({ slot, holder }) => [slot, holder])).toEqual([[0, instanceId(1)]]);
  });
});
