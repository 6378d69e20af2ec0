import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { recordKey } from '../../../../shared/model/record-set.ts';
import type { SlotState } from '../../../../shared/model/role-state.ts';
import { noState, nothingWritten, slotOf as stateOfSlot } from '../../../../shared/model/role-state.ts';
import { planRoles } from '../../../../shared/plan/plan-role.ts';
import { aNetwork, targetGroupArn } from '../../../builders/network.ts';
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
import { plan, settled, slotOf } from '../../../builders/plan.ts';

const gone = { instances: [anInstance(1, { state: 'terminated' })] };
const association = {
  allocationId: allocationId(0xe1),
  associationId: associationId(1),
  networkInterfaceId: networkInterfaceId(1),
  privateIp: privateIp(1),
};

describe('a slot that becomes vacant', () => {
  it('keeps in mind what was written, as long as the spec wants it', () => {
    const result = plan({ ...settled, ...gone });

    expect(slotOf(result).standing).toEqual({
      associations: [association],
      placements: [],
      records: [aRecord('10.0.1.1')],
    });
    expect(slotOf(result).dropped).toEqual(new Set());
  });

  it('forgets what the spec wants no more', () => {
    const role = aRole({ addresses: [{ privateIp: privateIp(50) }] });
    const wanted = { resource: `private-ip ${privateIp(50)}`, at: networkInterfaceId(1) };
    const unwanted = { resource: `private-ip ${privateIp(51)}`, at: networkInterfaceId(1) };
    const { written } = slotOf(plan(settled)).before;
    const state = heldBy(1, { written: { ...written, placements: [wanted, unwanted] } });

    const result = plan({ ...settled, ...gone, role, state });

    expect(slotOf(result)).toMatchObject({ standing: { associations: [], placements: [wanted] } });
    expect(slotOf(result).dropped).toEqual(new Set([unwanted.resource, allocationId(0xe1)]));
  });

  it('keeps even a record whose name the spec has no more, until somebody answers at another', () => {
    const records = [{ zone: 'corp.internal', name: 'primary.corp.internal', value: 'privateIp' }];

    const result = plan({ ...settled, ...gone, role: aRole({ records }) });

    expect(slotOf(result)).toMatchObject({ changes: [], standing: { records: [aRecord('10.0.1.1')] } });
  });

  it('answers with its parking value where the spec has one', () => {
    const records = [
      { zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp', parking: ['10.0.0.99'] },
    ];

    const result = plan({ ...settled, ...gone, role: aRole({ records, vacant: 'park' }) });

    expect(slotOf(result).changes).toEqual([
      { kind: 'change-record', before: aRecord('10.0.1.1'), after: aRecord('10.0.0.99') },
    ]);
  });
});

describe('a slot that the spec no longer has', () => {
  const [held] = heldBy(2).slots;
  const second = { ...(held ?? stateOfSlot(noState, 0)), slot: 1 };
  const state = heldBy(1, {}, { slots: [...heldBy(1).slots, second] });
  const role = aRole({
    addresses: [],
    records: [{ zone: 'corp.internal', name: 'db-{slot}.corp.internal', value: 'privateIp' }],
  });
  const instances = [anInstance(1), anInstance(2)];

  it('loses its holder, who stands by for the others', () => {
    const result = plan({ role, state, instances, names: [] });

    expect(result).toMatchObject({
      kind: 'act',
      slots: [
        { slot: 0, holder: instanceId(1) },
        { slot: 1, holder: undefined },
      ],
      verdicts: [
        { instanceId: instanceId(1), words: 'holds the role' },
        { instanceId: instanceId(2), words: 'ready to step in' },
      ],
    });
  });

  it('wants nothing, and so has nothing to refuse', () => {
    const pooled = aRole({ addresses: [{ elasticIp: { pool: { tags: { pool: 'db' } } } }] });

    const result = plan({ role: pooled, state, instances, elasticIps: [] });

    expect(result).toMatchObject({
      slots: [
        { slot: 0, refusals: [{ code: 'PoolExhausted' }] },
        { slot: 1, refusals: [] },
      ],
    });
  });

  it('takes its record along', () => {
    const record = aRecord('10.0.1.2', { name: normalizeDnsName('db-1.corp.internal') });
    const written = { ...second.written, records: [record] };

    const result = plan({
      role,
      state: { ...state, slots: [...heldBy(1).slots, { ...second, written }] },
      instances,
    });

    expect(result).toMatchObject({
      slots: [{ slot: 0 }, { slot: 1, changes: [{ kind: 'change-record', before: record }] }],
    });
    const slots = 'slots' in result ? result.slots : [];
    expect(slots[1]?.changes[0]).not.toHaveProperty('after');
    expect(slots[1]?.dropped).toContain(recordKey(record));
  });
});

describe('a group of which only one slot', () => {
  const role = aRole({
    slots: 2,
    addresses: [],
    records: [{ zone: 'corp.internal', name: 'db-{slot}.corp.internal', value: 'privateIp' }],
  });
  /** Instances 1 and 2 hold slots 0 and 1, and their records are written. */
  const slots = [0, 1].map((slot) => ({
    ...stateOfSlot(heldBy(slot + 1), 0),
    slot,
    written: {
      ...nothingWritten,
      records: [aRecord(`10.0.1.${slot + 1}`, { name: normalizeDnsName(`db-${slot}.corp.internal`) })],
    },
  }));
  const held = (overrides: Readonly<Record<number, Partial<SlotState>>> = {}) => ({
    role,
    instances: [anInstance(1), anInstance(2)],
    state: heldBy(1, {}, { slots: slots.map((each) => ({ ...each, ...overrides[each.slot] })) }),
  });

  it('is unsettled is settled', () => {
    const intent = [{ kind: 'change-record' as const, after: aRecord('10.0.1.2') }];

    expect(plan(held()).kind).toBe('rest');
    expect(plan(held({ 1: { intent } })).kind).toBe('act');
  });

  it('becomes vacant is claimed, though nothing is changed', () => {
    const lone = { ...held({ 1: { written: nothingWritten } }), instances: [anInstance(1)] };

    const result = plan(lone);

    expect(result).toMatchObject({
      kind: 'act',
      slots: [
        { holder: instanceId(1), changes: [] },
        { holder: undefined, changes: [] },
      ],
    });
  });

  it('was settled a moment ago is doubted, when the read contradicts both', () => {
    const settledAtMs = nowMs - 1_000;
    const names = [0, 1].map((slot) => {
      const name = normalizeDnsName(`db-${slot}.corp.internal`);
      return { zoneId, name, records: [], foreign: [] };
    });

    expect(plan({ ...held({ 1: { settledAtMs } }), names }).kind).toBe('doubt');
    expect(plan({ ...held(), names }).kind).toBe('act');
  });
});

describe('an address', () => {
  it('is kept in mind where it is, be it a placement or an association', () => {
    const targetGroup = targetGroupArn('web');
    const role = aRole({ addresses: [{ elasticIp: allocationId(0xe1) }, { targetGroup }] });
    const targets = [{ targetGroupArn: targetGroup, instanceId: instanceId(1), port: 80 }];

    const result = plan({ ...settled, role, network: aNetwork({ targets }) });

    expect(slotOf(result).standing).toMatchObject({
      associations: [association],
      placements: [{ resource: `target ${targetGroup}`, at: instanceId(1) }],
    });
  });

  it('keeps the role from a candidate that could not take it, though it could take those before it', () => {
    const role = aRole({
      addresses: [{ targetGroup: targetGroupArn('web') }, { privateIp: '10.0.2.50' }],
      records: [],
    });

    const result = plan({ role, instances: [anInstance(1)], network: aNetwork() });

    expect(result).toMatchObject({
      verdicts: [
        { kind: 'refused', words: 'refused because it has no interface in the subnet of 10.0.2.50' },
      ],
    });
  });
});

describe('a candidate without a private address', () => {
  it('is passed over, and told why', () => {
    const result = plan({ instances: [anInstance(1, { privateIps: [] }), anInstance(2)], names: atName() });

    expect(slotOf(result).holder).toBe(instanceId(2));
    expect(result).toMatchObject({
      verdicts: [
        { instanceId: instanceId(2) },
        { instanceId: instanceId(1), words: 'refused because it has no private address' },
      ],
    });
  });
});

describe('a holder that loses what it was given', () => {
  it('goes on holding the role while another part of it is there', () => {
    const result = plan({ ...settled, elasticIps: [] });

    expect(slotOf(result)).toMatchObject({
      holder: instanceId(1),
      refusals: [{ code: 'ElasticIpNotFound' }],
    });
    expect(result).toMatchObject({ verdicts: [{ kind: 'holder' }, { kind: 'ready' }] });
  });
});

describe('planRoles', () => {
  it('gives what two roles want to the one whose name comes first, whatever order they come in', () => {
    const second = { networkInterfaceId: networkInterfaceId(1), privateIp: privateIp(101), isPrimary: false };
    const instances = [
      anInstance(1, {
        tags: { role: 'api,web' },
        privateIps: [...anInstance(1).privateIps, second],
      }),
    ];
    const [one, other] = [0xe1, 0xe2].map((number) =>
      anElasticIp(undefined, { allocationId: allocationId(number) }),
    );
    const elasticIps = [one, other].flatMap((each) => each ?? []);
    const roles = elasticIps.map((each, index) =>
      aRole({ addresses: [{ elasticIp: each.allocationId }], records: [] }, index === 0 ? 'web' : 'api'),
    );
    const all = roles.map((role) => anObservation({ role, instances, elasticIps, names: [] }));

    const places = [all, all.toReversed()].map((observed) => {
      const plans = planRoles(observed, { nowMs, owner: 'me', hints: new Map(), secondReads: new Set() });
      return [...plans].map(([{ role }, each]) => [role.name, slotOf(each).changes[0]]);
    });

    const expected = [
      ['api', { allocationId: allocationId(0xe2), privateIp: privateIp(1) }],
      ['web', { allocationId: allocationId(0xe1), privateIp: privateIp(101) }],
    ];
    expect(places).toMatchObject([expected, expected]);
  });
});
