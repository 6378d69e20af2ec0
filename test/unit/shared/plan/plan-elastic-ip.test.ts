import { describe, expect, it } from 'vitest';
import type { Observed } from '../../../../shared/model/observed.ts';
import type { SlotState } from '../../../../shared/model/role-state.ts';
import { noState, slotOf } from '../../../../shared/model/role-state.ts';
import {
  carrierOf,
  landingPlace,
  planElasticIp,
  privateIpKey,
  resolveElasticIp,
} from '../../../../shared/plan/plan-elastic-ip.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  anObservation,
  aRole,
  associationId,
  heldBy,
  instanceId,
  networkInterfaceId,
  privateIp,
  publicIp,
} from '../../../builders/observed.ts';

const unclaimed = slotOf(noState, 0);
const claimed = slotOf(heldBy(1), 0);

function resolve(observed: Partial<Observed>, slot: SlotState = unclaimed, address: object = {}) {
  const role = aRole({ addresses: [{ elasticIp: allocationId(0xe1), ...address }] });
  const [spec] = role.spec.addresses;
  if (spec === undefined) throw new Error('no address');
  return resolveElasticIp(anObservation({ role, ...observed }), spec, slot);
}

const secondary = { networkInterfaceId: networkInterfaceId(1), privateIp: privateIp(101), isPrimary: false };
const intent = {
  kind: 'associate-address' as const,
  allocationId: allocationId(0xe1),
  publicIp: publicIp(25),
  networkInterfaceId: networkInterfaceId(9),
  privateIp: privateIp(9),
  instanceId: instanceId(9),
  allowReassociation: false,
};

describe('resolveElasticIp', () => {
  it.each<[why: string, observed: Partial<Observed>, slot: SlotState]>([
    ['is free', {}, unclaimed],
    ['is with a candidate', { instances: [anInstance(1)], elasticIps: [anElasticIp(1)] }, unclaimed],
    ['is where it was written', { elasticIps: [anElasticIp(1)] }, claimed],
    [
      'is where an unsettled claim meant it to be',
      { elasticIps: [anElasticIp(9)] },
      { ...unclaimed, intent: [intent] },
    ],
  ])('takes an Elastic IP that %s', (_, observed, slot) => {
    expect(resolve(observed, slot).kind).toBe('found');
  });

  it.each<[why: string, observed: Partial<Observed>, slot: SlotState]>([
    ['is with a stranger', { elasticIps: [anElasticIp(9)] }, claimed],
    [
      'was moved away from where it was written',
      { elasticIps: [anElasticIp(1, { association: associationWith(7, 1) })] },
      claimed,
    ],
    [
      'is on another address of the instance that an unsettled claim meant',
      { elasticIps: [anElasticIp(9)] },
      { ...unclaimed, intent: [{ ...intent, privateIp: privateIp(10) }] },
    ],
    [
      'is where a claim meant another Elastic IP to be',
      { elasticIps: [anElasticIp(9)] },
      { ...unclaimed, intent: [{ ...intent, allocationId: allocationId(0xe2) }] },
    ],
  ])('refuses an Elastic IP that %s', (_, observed, slot) => {
    expect(resolve(observed, slot)).toMatchObject({ refusal: { code: 'ElasticIpNotOurs' } });
  });

  it('names the stranger, or its interface when that belongs to no instance', () => {
    const onInstance = resolve({ elasticIps: [anElasticIp(9)] });
    const onInterface = resolve({ elasticIps: [anElasticIp(undefined, { association: anInterface(9) })] });

    expect(onInstance).toMatchObject({ refusal: { words: expect.stringContaining(instanceId(9)) } });
    expect(onInterface).toMatchObject({ refusal: { words: expect.stringContaining(networkInterfaceId(9)) } });
  });

  it('takes over even a stranger’s when the spec says adopt', () => {
    expect(resolve({ elasticIps: [anElasticIp(9)] }, unclaimed, { adopt: true }).kind).toBe('found');
  });

  it('finds by tags the one that carries them all', () => {
    const elasticIps = [
      anElasticIp(undefined, { tags: { Name: 'db' } }),
      anElasticIp(undefined, {
        allocationId: allocationId(0xe2),
        tags: { Name: 'db', team: 'a', more: 'b' },
      }),
    ];

    const result = resolve({ elasticIps }, unclaimed, { elasticIp: { tags: { Name: 'db', team: 'a' } } });

    expect(result).toMatchObject({ kind: 'found', elasticIp: { allocationId: allocationId(0xe2) } });
  });

  it.each(['constructor', 'toString'])('finds none by the tag %s, which nobody set', (key) => {
    const tags = { [key]: 'x' };

    expect(resolve({}, unclaimed, { elasticIp: { tags } })).toMatchObject({
      refusal: { code: 'ElasticIpNotFound' },
    });
  });

  it('refuses one that is not there, and tags that several carry, naming them', () => {
    const twins = [0xe1, 0xe2].map((number) =>
      anElasticIp(undefined, { allocationId: allocationId(number), tags: { Name: 'db' } }),
    );

    expect(resolve({ elasticIps: [] })).toMatchObject({
      refusal: { code: 'ElasticIpNotFound', words: expect.stringContaining(allocationId(0xe1)) },
    });
    expect(resolve({ elasticIps: twins }, unclaimed, { elasticIp: { tags: { Name: 'db' } } })).toMatchObject({
      refusal: {
        code: 'ElasticIpAmbiguous',
        words: expect.stringContaining(`${allocationId(0xe1)}, ${allocationId(0xe2)}`),
      },
    });
  });
});

/** An association that somebody else made with instance `on`. */
function associationWith(number: number, on: number) {
  return {
    associationId: associationId(number),
    networkInterfaceId: networkInterfaceId(on),
    privateIp: privateIp(on),
    instanceId: instanceId(on),
  };
}

/** An association with an interface that belongs to no instance, as a NAT gateway's. */
function anInterface(on: number) {
  const { instanceId: _, ...association } = associationWith(on, on);
  return association;
}

describe('landingPlace', () => {
  const twoAddresses = anInstance(1, { privateIps: [...anInstance(1).privateIps, secondary] });
  const other = anElasticIp(1, { allocationId: allocationId(0xe2) });
  const none = new Set<string>();

  it('is the primary address', () => {
    expect(landingPlace(anObservation(), anElasticIp(), twoAddresses, none)).toMatchObject({
      isPrimary: true,
    });
  });

  it('is where the Elastic IP is already, although the primary address is free', () => {
    const there = anElasticIp(1, { association: { ...associationWith(1, 1), privateIp: privateIp(101) } });

    expect(landingPlace(anObservation({ elasticIps: [there] }), there, twoAddresses, none)).toEqual(
      secondary,
    );
  });

  it('is the next address when the primary one carries another Elastic IP', () => {
    const observed = anObservation({ elasticIps: [anElasticIp(), other] });

    expect(landingPlace(observed, anElasticIp(), twoAddresses, none)).toEqual(secondary);
  });

  it('is the next address when this pass gave the primary one away', () => {
    const taken = new Set([privateIpKey(associationWith(1, 1))]);

    expect(landingPlace(anObservation(), anElasticIp(), twoAddresses, taken)).toEqual(secondary);
  });

  it('is nowhere when every address carries another', () => {
    const observed = anObservation({ elasticIps: [anElasticIp(), other] });

    expect(landingPlace(observed, anElasticIp(), anInstance(1), none)).toBeUndefined();
  });

  it('does not mistake an equal address of another VPC for its own', () => {
    const elsewhere = anElasticIp(2, {
      allocationId: allocationId(0xe2),
      association: { ...associationWith(2, 2), privateIp: privateIp(1) },
    });
    const observed = anObservation({ elasticIps: [anElasticIp(), elsewhere] });

    expect(landingPlace(observed, anElasticIp(), anInstance(1), none)).toMatchObject({ isPrimary: true });
    expect(carrierOf(elsewhere, anInstance(1))).toBeUndefined();
  });
});

describe('planElasticIp', () => {
  const [place] = anInstance(1).privateIps;
  if (place === undefined) throw new Error('no address');

  it('forbids reassociation for an Elastic IP that was seen free', () => {
    expect(planElasticIp(anElasticIp(), anInstance(1), place)).toEqual({
      kind: 'change',
      change: {
        kind: 'associate-address',
        allocationId: allocationId(0xe1),
        publicIp: publicIp(25),
        networkInterfaceId: networkInterfaceId(1),
        privateIp: privateIp(1),
        instanceId: instanceId(1),
        allowReassociation: false,
      },
    });
  });

  it('allows it for one that was seen elsewhere', () => {
    expect(planElasticIp(anElasticIp(2), anInstance(1), place)).toMatchObject({
      kind: 'change',
      change: { allowReassociation: true },
    });
  });

  it('moves it between two addresses of one instance', () => {
    expect(planElasticIp(anElasticIp(1), anInstance(1), secondary)).toMatchObject({
      kind: 'change',
      change: { privateIp: privateIp(101), allowReassociation: true },
    });
  });

  it('changes nothing where it is in its place, and keeps the id of the association', () => {
    expect(planElasticIp(anElasticIp(1), anInstance(1), place)).toEqual({
      kind: 'standing',
      association: {
        allocationId: allocationId(0xe1),
        associationId: associationId(1),
        networkInterfaceId: networkInterfaceId(1),
        privateIp: privateIp(1),
      },
    });
  });
});
