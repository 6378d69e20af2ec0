import { describe, expect, it } from 'vitest';
import type { Observed } from '../../../../../shared/model/observed.ts';
import { nothingWritten } from '../../../../../shared/model/role-state.ts';
import { aNetwork, aNetworkInterface, attachedTo } from '../../../../builders/network.ts';
import {
  anAttachment,
  anInstance,
  instanceId,
  ipv6,
  networkInterfaceId,
  subnetId,
} from '../../../../builders/observed.ts';
import { anAddressCase } from './address-case.ts';

const own = { ipv6: ipv6(0x50) };

function carriedBy(number: number | undefined, overrides: Partial<Observed> = {}): Partial<Observed> {
  const interfaces = number
    ? [aNetworkInterface(number, { ipv6s: [ipv6(0x50)], ...attachedTo(number) })]
    : [];
  const instances = [1, 2].map((each) =>
    anInstance(each, { attachments: [anAttachment(each, { ipv6s: each === number ? [ipv6(0x50)] : [] })] }),
  );
  return { instances, network: aNetwork({ interfaces }), ...overrides };
}

const assignment = (number: number) => ({
  kind: 'assign-ipv6',
  ipv6: ipv6(0x50),
  networkInterfaceId: networkInterfaceId(number),
  instanceId: instanceId(number),
});

describe('an IPv6 address', () => {
  it('that is nobody’s is assigned, as one that a crash left between its two steps', () => {
    const { refusal, obstacle, plan } = anAddressCase([own], carriedBy(undefined));

    expect([refusal(), obstacle(1)]).toEqual([undefined, undefined]);
    expect(plan(1)).toStrictEqual({ changes: [assignment(1)] });
  });

  it('that another candidate has is taken from its interface', () => {
    expect(anAddressCase([own], carriedBy(1)).plan(2)).toEqual({
      changes: [{ ...assignment(2), from: networkInterfaceId(1) }],
    });
  });

  it('that the holder has stays', () => {
    const { plan, resources } = anAddressCase([own], carriedBy(1));

    expect(plan(1)).toEqual({
      changes: [],
      placements: [{ resource: `ipv6 ${ipv6(0x50)}`, at: networkInterfaceId(1) }],
    });
    expect(resources()).toEqual([`ipv6 ${ipv6(0x50)}`]);
  });

  it('that is on an interface which the slot moves as a whole comes along with it', () => {
    const carrier = aNetworkInterface(7, { ipv6s: [ipv6(0x50)] });
    const addresses = [own, { networkInterface: networkInterfaceId(7) }];
    const { refusal, plan } = anAddressCase(addresses, {
      instances: [anInstance(1)],
      network: aNetwork({ interfaces: [carrier] }),
    });

    expect(refusal()).toBeUndefined();
    expect(plan(1)).toMatchObject({ changes: [], placements: [{ at: networkInterfaceId(7) }] });
  });

  it('that a stranger has is refused, unless the spec says adopt or it was written there', () => {
    const placements = [{ resource: `ipv6 ${ipv6(0x50)}`, at: networkInterfaceId(9) }];
    const slot = { written: { ...nothingWritten, placements } };

    expect(anAddressCase([own], carriedBy(9)).refusal()).toEqual({
      code: 'Ipv6NotOurs',
      words: `${ipv6(0x50)} is on ${instanceId(9)}, which is no candidate for this role; adopt: true would take it over`,
    });
    expect(anAddressCase([{ ...own, adopt: true }], carriedBy(9)).refusal()).toBeUndefined();
    expect(anAddressCase([own], carriedBy(9), { slot }).refusal()).toBeUndefined();
  });

  it('that is on an interface of nobody is refused by its name', () => {
    const free = aNetworkInterface(9, { ipv6s: [ipv6(0x50)] });
    const observed = carriedBy(undefined, { network: aNetwork({ interfaces: [free] }) });

    expect(anAddressCase([own], observed).refusal()?.words).toContain(networkInterfaceId(9));
  });

  it('cannot go to an instance in another subnet', () => {
    const elsewhere = anInstance(1, { attachments: [anAttachment(1, { subnetId: subnetId(2) })] });

    const { obstacle, plan } = anAddressCase([own], carriedBy(undefined, { instances: [elsewhere] }));

    expect(obstacle(1)).toBe(`it has no interface in the subnet of ${ipv6(0x50)}`);
    expect(plan(1)).toEqual({ changes: [] });
  });

  it.each([
    ['has no room for it', { interfacesMax: 3, ipv4PerInterfaceMax: 6, ipv6PerInterfaceMax: 2 }],
    ['knows no IPv6', { interfacesMax: 3, ipv4PerInterfaceMax: 6, ipv6PerInterfaceMax: 0 }],
  ])('cannot go to an instance of a type that %s', (_, limits) => {
    const full = anInstance(1, { attachments: [anAttachment(1, { ipv6s: [ipv6(1), ipv6(2)] })] });
    const network = aNetwork({ limits: { 't3.medium': limits } });

    expect(anAddressCase([own], { instances: [full], network }).obstacle(1)).toBe(
      `its interface ${networkInterfaceId(1)} has as many IPv6 addresses as t3.medium takes`,
    );
  });

  it('stays on the full interface of the holder that has it', () => {
    const limits = { 't3.medium': { interfacesMax: 3, ipv4PerInterfaceMax: 6, ipv6PerInterfaceMax: 1 } };
    const attachments = [
      anAttachment(11, { ipv6s: [] }),
      anAttachment(1, { deviceIndex: 1, ipv6s: [ipv6(0x50)] }),
    ];
    const interfaces = [aNetworkInterface(1, { ipv6s: [ipv6(0x50)], ...attachedTo(1) })];
    const observed = {
      instances: [anInstance(1, { attachments })],
      network: aNetwork({ interfaces, limits }),
    };
    const { obstacle, plan } = anAddressCase([own], observed);

    expect(obstacle(1)).toBeUndefined();
    expect(plan(1).changes).toEqual([]);
  });

  it('goes on the first interface with room for it', () => {
    const limits = { 't3.medium': { interfacesMax: 3, ipv4PerInterfaceMax: 6, ipv6PerInterfaceMax: 1 } };
    const attachments = [
      anAttachment(1, { ipv6s: [ipv6(1)] }),
      anAttachment(11, { deviceIndex: 1 }),
      anAttachment(12, { deviceIndex: 2 }),
    ];
    const observed = { instances: [anInstance(1, { attachments })], network: aNetwork({ limits }) };

    expect(anAddressCase([own], observed).changes(1)).toMatchObject([
      { networkInterfaceId: networkInterfaceId(11) },
    ]);
  });

  it('is nothing for a slot that is no more', () => {
    const listed = { ipv6: [ipv6(0x50), ipv6(0x51)] };
    const { refusal, obstacle, plan, resources } = anAddressCase([listed], carriedBy(1), {
      slots: 2,
      slot: { slot: 2 },
    });

    expect(refusal()).toEqual({ code: 'NoIpv6', words: 'the role lists no IPv6 address for slot 2' });
    expect(obstacle(1)).toBeUndefined();
    expect([plan(1).changes, resources()]).toEqual([[], []]);
  });
});
