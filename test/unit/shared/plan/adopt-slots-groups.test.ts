import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import type { Observed } from '../../../../shared/model/observed.ts';
import { noState, nothingWritten, slotOf } from '../../../../shared/model/role-state.ts';
import { adoptSlots } from '../../../../shared/plan/adopt-slots.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  anObservation,
  aRecord,
  aRole,
  heldBy,
  instanceId,
  nowMs,
  zoneId,
} from '../../../builders/observed.ts';

function adopt(overrides: Partial<Observed>) {
  return adoptSlots(anObservation({ instances: [anInstance(1), anInstance(2)], ...overrides }), {
    nowMs,
    cause: 'adopted by ana',
    generationOf: () => 0,
  });
}

/** What Route 53 holds at this name: one private address. */
function recordAt(name: string, value: string): NonNullable<Observed['names']>[number] {
  const record = aRecord(value, { name: normalizeDnsName(name) });
  return { zoneId, name: record.name, records: [record], foreign: [] };
}

describe('adoptSlots of a group', () => {
  const role = aRole({
    slots: 2,
    addresses: [{ elasticIp: { pool: { tags: { pool: 'db' } } } }],
    records: [{ zone: 'corp.internal', name: 'db-{slot}.corp.internal', value: 'privateIp' }],
  });
  const pooled = (number: number, on: number) =>
    anElasticIp(on, { allocationId: allocationId(number), tags: { pool: 'db' } });
  const named = (slot: number, value: string) => recordAt(`db-${slot}.corp.internal`, value);

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

  it('gives no slot to who holds another', () => {
    const { written: _, ...held } = slotOf(heldBy(1), 0);
    const state = { ...noState, revision: 2, slots: [{ ...held, written: nothingWritten }] };

    expect(adopt({ role, state, elasticIps: [], names: [named(1, '10.0.1.1')] })).toEqual([]);
  });

  it('gives a slot to who has its address before who has its record', () => {
    const elasticIps = [pooled(1, 2)];

    const slots = adopt({ role, elasticIps, names: [named(0, '10.0.1.1'), named(1, '10.0.1.9')] });

    expect(slots.map(({ slot, holder }) => [slot, holder])).toEqual([[0, instanceId(2)]]);
  });

  it('gives the slots in their order to those who have as much of each', () => {
    const elasticIps = [pooled(2, 2), pooled(1, 1)];

    const slots = adopt({ role, elasticIps, names: [] });

    expect(slots.map(({ slot, holder }) => [slot, holder])).toEqual([
      [0, instanceId(1)],
      [1, instanceId(2)],
    ]);
  });

  it('gives a slot to who has more of its records', () => {
    const records = ['a', 'b'].map((letter) => ({
      zone: 'corp.internal',
      name: `${letter}-{slot}.corp.internal`,
      value: 'privateIp',
    }));
    const bare = aRole({ slots: 2, addresses: [], records });
    const at = (letter: string, slot: number, value: string) =>
      recordAt(`${letter}-${slot}.corp.internal`, value);

    const slots = adopt({
      role: bare,
      names: [at('a', 0, '10.0.1.1'), at('a', 1, '10.0.1.1'), at('b', 1, '10.0.1.1'), at('b', 0, '10.0.1.2')],
    });

    expect(slots.map(({ slot, holder }) => [slot, holder])).toEqual([
      [0, instanceId(2)],
      [1, instanceId(1)],
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
