import { describe, expect, it } from 'vitest';
import type { Observed } from '../../../../shared/model/observed.ts';
import type { RoleState, Written } from '../../../../shared/model/role-state.ts';
import { noState, nothingWritten, slotOf } from '../../../../shared/model/role-state.ts';
import { adoptSlots } from '../../../../shared/plan/adopt-slots.ts';
import { aNetwork, aNetworkInterface, attachedTo, targetGroupArn } from '../../../builders/network.ts';
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

/** The association of the role's Elastic IP with the instance of that number. */
const writtenAt = (number: number) => ({
  allocationId: allocationId(0xe1),
  associationId: associationId(number),
  networkInterfaceId: networkInterfaceId(number),
  privateIp: privateIp(number),
});

/** The state of a role whose one slot was vacated, in this generation. */
function vacatedAt(generation: number, written: Written = nothingWritten): RoleState {
  const { holder: _, ...vacant } = slotOf(heldBy(1), 0);
  return { ...noState, revision: 4, slots: [{ ...vacant, generation, written }] };
}

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
          associations: [writtenAt(2)],
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

  it('goes on from the generation of the slot where that is higher than what is known elsewhere', () => {
    const [slot] = adopt({ state: vacatedAt(5), elasticIps: [anElasticIp(1)], names: atName() }, 2);

    expect(slot).toMatchObject({ holder: instanceId(1), generation: 6 });
  });

  it('keeps in mind what the slot wrote before, and of one thing the later word', () => {
    const before = {
      associations: [{ ...writtenAt(9), allocationId: allocationId(0xe2) }, writtenAt(9)],
      placements: ['private-ip 10.0.1.50', 'private-ip 10.0.1.51'].map((resource) => ({
        resource,
        at: networkInterfaceId(9),
      })),
      records: [aRecord('10.0.1.9', { type: 'TXT' }), aRecord('10.0.1.9')],
    };

    const [slot] = adopt({
      state: vacatedAt(5, before),
      elasticIps: [anElasticIp(1)],
      names: atName(aRecord('10.0.1.1')),
    });

    expect(slot?.written).toEqual({
      associations: [{ ...writtenAt(9), allocationId: allocationId(0xe2) }, writtenAt(1)],
      placements: before.placements,
      records: [aRecord('10.0.1.9', { type: 'TXT' }), aRecord('10.0.1.1')],
    });
  });

  it('adopts a target that is registered, and takes the lower id of two that have as much', () => {
    const targetGroup = targetGroupArn('web');
    const records = [{ zone: 'corp.internal', name: 'db.corp.internal', value: 'privateName' }];
    const role = aRole({ addresses: [{ targetGroup }], records });
    const targets = [2, 1].map((number) => ({
      targetGroupArn: targetGroup,
      instanceId: instanceId(number),
      port: 80,
    }));

    const slots = [
      [anInstance(1), anInstance(2)],
      [anInstance(2), anInstance(1)],
    ].map((instances) => adopt({ role, instances, network: aNetwork({ targets }), names: atName() })[0]);

    for (const slot of slots) {
      expect(slot).toMatchObject({
        holder: instanceId(1),
        written: {
          associations: [],
          placements: [{ resource: `target ${targetGroup}`, at: instanceId(1) }],
          records: [],
        },
      });
    }
  });

  it('counts all kinds of address together', () => {
    const targetGroup = targetGroupArn('web');
    const role = aRole({ addresses: [{ elasticIp: allocationId(0xe1) }, { targetGroup }], records: [] });
    const targets = [{ targetGroupArn: targetGroup, instanceId: instanceId(2), port: 80 }];

    const [slot] = adopt({ role, elasticIps: [anElasticIp(2)], network: aNetwork({ targets }) });

    expect(slot).toMatchObject({
      holder: instanceId(2),
      written: { associations: [{}], placements: [{}] },
    });
  });

  it('concludes nothing from a private address that is an instance’s own, and never moves', () => {
    const role = aRole({ addresses: [{ privateIp: privateIp(1) }], records: [] });
    const interfaces = [aNetworkInterface(1, attachedTo(1, { deviceIndex: 0 }))];

    expect(adopt({ role, network: aNetwork({ interfaces }) })).toEqual([]);
  });

  it('goes by the record where the one whom it names could not take the address', () => {
    const role = aRole({ addresses: [{ privateIp: '10.0.2.50' }] });

    const [slot] = adopt({ role, network: aNetwork(), names: atName(aRecord('10.0.1.2')) });

    expect(slot).toMatchObject({ holder: instanceId(2), written: { records: [aRecord('10.0.1.2')] } });
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
    const instances = [anInstance(1, { state: 'stopped' }), anInstance(2)];

    expect(adopt({ state: vacatedAt(2), instances, elasticIps: [anElasticIp(1)], names: atName() })).toEqual(
      [],
    );
  });

  it('gives a slot that was vacated back to who runs and has its address', () => {
    const [slot] = adopt({ state: vacatedAt(2), elasticIps: [anElasticIp(1)], names: atName() });

    expect(slot).toMatchObject({ holder: instanceId(1), generation: 3 });
  });

  it('leaves a slot that has its holder', () => {
    expect(adopt({ state: heldBy(1), elasticIps: [anElasticIp(2)], names: atName() })).toEqual([]);
  });

  const parking = [
    { zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp', parking: ['10.0.0.99'] },
  ];
  const parked = atName(aRecord('10.0.0.99'));

  it.each<[slot: string, observed: Partial<Observed>]>([
    ['was claimed before', { state: vacatedAt(1) }],
    ['answers otherwise', { names: atName(aRecord('10.0.0.98')) }],
    ['answers nothing', { names: atName() }],
  ])('adopts no vacant slot that %s', (_, observed) => {
    const role = aRole({ addresses: [], records: parking, vacant: 'park' });

    expect(adopt({ role, names: parked, ...observed })).toEqual([]);
  });

  it('adopts a vacant slot that answers with its parking value', () => {
    const role = aRole({ addresses: [], records: parking, vacant: 'park' });

    const [slot] = adopt({ role, names: parked });

    expect(slot).toMatchObject({
      slot: 0,
      generation: 1,
      written: { associations: [], placements: [], records: [aRecord('10.0.0.99')] },
    });
    expect(slot).not.toHaveProperty('holder');
  });
});
