import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../../shared/model/dns-name.ts';
import type { Observed } from '../../../../../shared/model/observed.ts';
import type { SlotState } from '../../../../../shared/model/role-state.ts';
import { noState, nothingWritten, slotOf } from '../../../../../shared/model/role-state.ts';
import { plannerOf } from '../../../../../shared/plan/addresses/planner-of.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  aRole,
  associationId,
  instanceId,
  networkInterfaceId,
  privateIp,
} from '../../../../builders/observed.ts';
import { permutations } from '../../../../builders/permutations.ts';
import { anAddressCase } from './address-case.ts';

const own = { elasticIp: { pool: { tags: { pool: 'web' } } } };

/** An Elastic IP of the pool, free or with the instance of that number. */
function pooled(number: number, on?: number) {
  return anElasticIp(on, { allocationId: allocationId(number), tags: { pool: 'web' } });
}

function associationOf(number: number) {
  return {
    allocationId: allocationId(number),
    associationId: associationId(1),
    networkInterfaceId: networkInterfaceId(1),
    privateIp: privateIp(1),
  };
}

function associatedIn(slot: number, number: number): SlotState {
  return { ...slotOf(noState, slot), written: { ...nothingWritten, associations: [associationOf(number)] } };
}

/** The intent of a claim to associate that Elastic IP with instance 1. */
function meaning(number: number) {
  const { associationId: _, ...place } = associationOf(number);
  return {
    kind: 'associate-address' as const,
    ...place,
    publicIp: pooled(number).publicIp,
    instanceId: instanceId(1),
    allowReassociation: false,
  };
}

/** What each of three slots gets. */
function shares(
  elasticIps: Observed['elasticIps'],
  slots: readonly SlotState[] = [],
  overrides: Partial<Observed> = {},
) {
  const observed = { elasticIps, state: { ...noState, slots }, ...overrides };
  return [0, 1, 2].map((slot) => {
    const { refusal, resources } = anAddressCase([own], observed, {
      slots: 3,
      slot: slotOf(observed.state, slot),
    });
    return refusal()?.code ?? resources()[0];
  });
}

describe('a pool of Elastic IPs', () => {
  it('is shared out in the order of slots and allocation ids', () => {
    expect(shares([pooled(3), pooled(1), pooled(2)])).toEqual([1, 2, 3].map(allocationId));
  });

  it('leaves each slot the one that it wrote, whatever else is free', () => {
    const slots = [associatedIn(0, 3), associatedIn(2, 1)];

    expect(
      shares(
        [1, 2, 3, 4].map((number) => pooled(number)),
        slots,
      ),
    ).toEqual([3, 2, 1].map(allocationId));
  });

  it('leaves a slot the one that an unsettled claim meant', () => {
    expect(
      shares([pooled(1), pooled(2), pooled(3)], [{ ...slotOf(noState, 1), intent: [meaning(1)] }]),
    ).toEqual([2, 1, 3].map(allocationId));
  });

  it('makes nothing of what else a claim meant', () => {
    const intent = [
      {
        kind: 'assign-private-ip' as const,
        privateIp: privateIp(50),
        networkInterfaceId: networkInterfaceId(1),
        instanceId: instanceId(1),
        allowReassignment: false,
      },
      {
        kind: 'set-reverse-name' as const,
        allocationId: allocationId(1),
        publicIp: pooled(1).publicIp,
        name: normalizeDnsName('mail.example.com'),
      },
    ];

    expect(shares([pooled(1), pooled(2), pooled(3)], [{ ...slotOf(noState, 1), intent }])).toEqual(
      [1, 2, 3].map(allocationId),
    );
  });

  it('gives a slot another when the one that it wrote is no more', () => {
    expect(shares([pooled(1), pooled(2), pooled(3)], [associatedIn(0, 9)])).toEqual(
      [1, 2, 3].map(allocationId),
    );
  });

  it('leaves a slot what it meant when what it wrote is no more', () => {
    const slots = [{ ...associatedIn(0, 9), intent: [meaning(2)] }];

    expect(shares([pooled(1), pooled(2), pooled(3)], slots)).toEqual([2, 1, 3].map(allocationId));
  });

  it('has nothing for a slot that the spec no longer has', () => {
    const { refusal, resources } = anAddressCase(
      [own],
      {
        elasticIps: [pooled(1), pooled(2), pooled(3), pooled(4)],
        state: { ...noState, slots: [slotOf(noState, 3)] },
      },
      { slots: 3, slot: { slot: 3 } },
    );

    expect(refusal()?.code).toBe('PoolExhausted');
    expect(resources()).toEqual([1, 2, 3, 4].map(allocationId));
  });

  it('says how large it is when it is exhausted, and claims all of it', () => {
    const observed = { elasticIps: [pooled(1)] };
    const { refusal, resources } = anAddressCase([own], observed, { slots: 2, slot: { slot: 1 } });

    expect(refusal()?.words).toBe(
      'no Elastic IP with tags {"pool":"web"} is left for slot 1; the pool has 1',
    );
    expect(resources()).toEqual([allocationId(1)]);
  });

  it('keeps for a slot beyond the last what it has', () => {
    expect(shares([pooled(1), pooled(2), pooled(3), pooled(4)], [associatedIn(7, 1)])).toEqual(
      [2, 3, 4].map(allocationId),
    );
  });

  it('is exhausted for the last slots when there are too few', () => {
    expect(shares([pooled(1), pooled(2)])).toEqual([allocationId(1), allocationId(2), 'PoolExhausted']);
  });

  it('has free ones before those of candidates, and none of strangers', () => {
    const elasticIps = [pooled(1, 1), pooled(2, 9), pooled(3), pooled(4)];

    for (const order of permutations(elasticIps)) {
      expect(shares(order, [], { instances: [anInstance(1)] })).toEqual([3, 4, 1].map(allocationId));
      expect(shares(order)).toEqual([allocationId(3), allocationId(4), 'PoolExhausted']);
    }
  });

  it('has none that another role was given in this pass', () => {
    const taken = new Set<string>();
    const world = { elasticIps: [pooled(1), pooled(2)], instances: [anInstance(1), anInstance(2)] };
    const { context } = anAddressCase([own], world, { taken });
    const other = {
      ...context,
      observed: { ...context.observed, role: aRole({ addresses: [own] }, 'other') },
    };
    for (const spec of other.observed.role.spec.addresses) plannerOf(spec).planFor(other, anInstance(2));

    const { changes } = anAddressCase([own], world, { taken });

    expect(changes(1)).toMatchObject([{ allocationId: allocationId(2) }]);
  });

  it('gives a slot the same however often it is asked in a pass', () => {
    const observed = { elasticIps: [pooled(1), pooled(2)], instances: [anInstance(1), anInstance(2)] };
    const taken = new Set<string>();
    const first = anAddressCase([own], observed, { slots: 2, taken });
    const second = anAddressCase([own], observed, { slots: 2, taken, slot: { slot: 1 } });
    const given = [first.changes(1), second.changes(2), first.changes(1), second.changes(2)].flat();

    expect(given).toMatchObject([1, 2, 1, 2].map((number) => ({ allocationId: allocationId(number) })));
  });
});
