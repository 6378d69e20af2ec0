import { describe, expect, it } from 'vitest';
import type { Observed, ObservedInstance } from '../../../../shared/model/observed.ts';
import { noState } from '../../../../shared/model/role-state.ts';
import { aNetwork, aNetworkInterface, attachedTo } from '../../../builders/network.ts';
import {
  allocationId,
  anAttachment,
  anElasticIp,
  anInstance,
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

  it('is not passed over for a tag that only a text wants', () => {
    const addresses = [{ elasticIp: allocationId(0xe1) }];
    const record = { addresses, type: 'TXT', values: ['{tag:version}'] };

    expect(given(record, { instances: [anInstance(1)] }).holder).toBe(instanceId(1));
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
