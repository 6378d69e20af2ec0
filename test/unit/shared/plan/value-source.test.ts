import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import type { Observed, ObservedInstance } from '../../../../shared/model/observed.ts';
import { noState, slotOf as stateOf } from '../../../../shared/model/role-state.ts';
import { valueSourceOf } from '../../../../shared/plan/value-source.ts';
import { aNetwork, aNetworkInterface, attachedTo } from '../../../builders/network.ts';
import {
  allocationId,
  anAttachment,
  anElasticIp,
  anInstance,
  anObservation,
  aRole,
  instanceId,
  ipv6,
  networkInterfaceId,
  privateIp,
  publicIp,
} from '../../../builders/observed.ts';
import { plan, slotOf } from '../../../builders/plan.ts';

const withIpv6 = (number: number): ObservedInstance =>
  anInstance(number, { attachments: [anAttachment(number, { ipv6s: [ipv6(number)] })] });

const withPublicIp = (number: number): ObservedInstance =>
  anInstance(number, {
    publicIp: publicIp(number),
    publicName: normalizeDnsName(`ec2-203-0-113-${number}.eu-west-1.compute.amazonaws.com`),
  });

/** Who is given a role with these addresses and one record, and what the record says. */
function given(
  { addresses = [], ...record }: { readonly addresses?: readonly object[] } & Record<string, unknown>,
  observed: Partial<Observed>,
) {
  const records = [{ zone: 'corp.internal', name: 'db.corp.internal', ...record }];
  const result = plan({ role: aRole({ addresses, records }), state: noState, names: [], ...observed });
  const { holder, changes } = slotOf(result);
  const values = changes.flatMap((change) =>
    change.kind === 'change-record' && change.after?.content.kind === 'values'
      ? change.after.content.values
      : [],
  );
  const verdicts = 'verdicts' in result ? result.verdicts : [];
  return { holder, values, words: new Map(verdicts.map((each) => [each.instanceId, each.words])) };
}

describe('a candidate', () => {
  it.each([{ value: 'ipv6' }, { type: 'AAAA', values: ['{ipv6}'] }])(
    'without the IPv6 address that %j points at is passed over',
    (record) => {
      const { holder, values, words } = given(record, { instances: [anInstance(1), withIpv6(2)] });

      expect(holder).toBe(instanceId(2));
      expect(values).toEqual([ipv6(2)]);
      expect(words.get(instanceId(1))).toBe('refused because it has no IPv6 address');
    },
  );

  it('needs no IPv6 address where the interface of the role brings one along', () => {
    const network = aNetwork({ interfaces: [aNetworkInterface(9, { ipv6s: [ipv6(9)] })] });
    const addresses = [{ networkInterface: networkInterfaceId(9) }];

    const { holder, values } = given({ addresses, value: 'ipv6' }, { instances: [anInstance(1)], network });

    expect([holder, ...values]).toEqual([instanceId(1), ipv6(9)]);
  });

  it.each([
    { value: 'publicIp' },
    { value: 'publicName' },
    { type: 'A', values: ['{publicIp}'] },
    { type: 'A', values: ['192.0.2.1', '{publicIp}'] },
  ])('without the public address that %j points at is passed over', (record) => {
    const { holder, words } = given(record, { instances: [anInstance(1), withPublicIp(2)] });

    expect(holder).toBe(instanceId(2));
    expect(words.get(instanceId(1))).toBe('refused because it has no public address');
  });

  it.each([
    { value: 'privateIp' },
    { type: 'A', values: ['{privateIp}'] },
    { type: 'TXT', values: ['publicIp and ipv6'] },
  ])('needs no public address for %j', (record) => {
    expect(given(record, { instances: [anInstance(1)] }).holder).toBe(instanceId(1));
  });

  it('is not passed over for a name that it lacks: only that record is refused', () => {
    const addresses = [{ elasticIp: allocationId(0xe1), on: 'primary' }];
    const record = { addresses, value: 'privateName' };

    expect(given(record, { instances: [anInstance(1)] })).toMatchObject({
      holder: instanceId(1),
      values: [],
    });
  });

  it('is not passed over for a tag that only a text wants', () => {
    const addresses = [{ elasticIp: allocationId(0xe1) }];
    const record = { addresses, type: 'TXT', values: ['{tag:version}'] };

    expect(given(record, { instances: [anInstance(1)] }).holder).toBe(instanceId(1));
  });
});

describe('the private and the IPv6 address of a role', () => {
  const onInterface = { privateIps: [privateIp(9), privateIp(10)], ipv6s: [ipv6(9), ipv6(10)] };
  const interfaces = [aNetworkInterface(8), aNetworkInterface(9, onInterface)];
  const observed = { instances: [withIpv6(1)], network: aNetwork({ interfaces }) };
  const ofInterface = { networkInterface: networkInterfaceId(9) };

  it.each<[value: string, where: string, addresses: readonly object[], expected: string]>([
    ['privateIp', 'its own', [ofInterface, { privateIp: privateIp(50) }], privateIp(50)],
    ['privateIp', 'the primary one of its interface', [ofInterface], privateIp(9)],
    ['privateIp', 'that of the holder', [], privateIp(1)],
    ['ipv6', 'its own', [ofInterface, { ipv6: ipv6(50) }], ipv6(50)],
    ['ipv6', 'the first one of its interface', [ofInterface], ipv6(9)],
    ['ipv6', 'that of the holder', [], ipv6(1)],
  ])('%s is %s', (value, _, addresses, expected) => {
    expect(given({ addresses, value }, observed).values).toEqual([expected]);
  });
});

describe('the public address of a holder', () => {
  it('is that of the Elastic IP that goes on its primary address, whichever of several that is', () => {
    const id = networkInterfaceId(1);
    const privateIps = [
      { networkInterfaceId: id, privateIp: privateIp(1), isPrimary: true },
      { networkInterfaceId: id, privateIp: privateIp(50), isPrimary: false },
    ];
    const elasticIps = [
      anElasticIp(),
      anElasticIp(undefined, { allocationId: allocationId(0xe2), publicIp: publicIp(26) }),
    ];
    const addresses = [
      { privateIp: privateIp(50) },
      { elasticIp: allocationId(0xe1) },
      { elasticIp: allocationId(0xe2), on: 'primary' },
    ];
    const carrier = aNetworkInterface(1, {
      privateIps: [privateIp(1), privateIp(50)],
      ...attachedTo(1, { deviceIndex: 0 }),
    });
    const network = aNetwork({ interfaces: [carrier] });

    const { holder, values } = given(
      { addresses, value: 'publicIp' },
      { instances: [anInstance(1, { privateIps })], elasticIps, network },
    );

    expect([holder, ...values]).toEqual([instanceId(1), publicIp(26)]);
  });
});

describe('what the records of a slot are taken from', () => {
  /** The source of the slot of that number, when instance 1 holds it. */
  function sourceOf(addresses: readonly object[], slot: number, slots: number, elasticIps = [anElasticIp()]) {
    const role = aRole({ addresses, slots, records: [] });
    const holder = anInstance(1);
    const observed = anObservation({ role, elasticIps, instances: [holder] });
    const state = stateOf(noState, slot);
    const specs = role.spec.addresses.map((spec, index) => ({
      spec,
      context: { observed, slot: state, index, taken: new Set<string>() },
    }));
    return valueSourceOf(observed, state, specs, holder);
  }

  it('has no Elastic IP that finds no place on the holder', () => {
    const another = anElasticIp(1, { allocationId: allocationId(0xe2) });

    const { elasticIps } = sourceOf([{ elasticIp: allocationId(0xe1) }], 0, 1, [anElasticIp(), another]);

    expect(elasticIps).toEqual([]);
  });

  it('has no address of a list that does not reach the slot', () => {
    const lists = [
      { privateIp: [privateIp(50), privateIp(51)] },
      { ipv6: [ipv6(50), ipv6(51)] },
      { networkInterface: [networkInterfaceId(8), networkInterfaceId(9)] },
    ];

    expect(sourceOf(lists, 1, 2)).toMatchObject({ privateIp: privateIp(51), ipv6: ipv6(51) });
    expect(sourceOf(lists, 2, 2)).toMatchObject({ privateIp: undefined, ipv6: undefined });
  });
});
