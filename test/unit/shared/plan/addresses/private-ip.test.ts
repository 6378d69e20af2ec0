import { describe, expect, it } from 'vitest';
import type { Observed } from '../../../../../shared/model/observed.ts';
import type { SlotState } from '../../../../../shared/model/role-state.ts';
import { nothingWritten } from '../../../../../shared/model/role-state.ts';
import { aNetwork, aNetworkInterface, aSubnet, attachedTo } from '../../../../builders/network.ts';
import {
  anAttachment,
  anInstance,
  instanceId,
  networkInterfaceId,
  privateIp,
  subnetId,
  vpcId,
} from '../../../../builders/observed.ts';
import { anAddressCase } from './address-case.ts';

const own = { privateIp: privateIp(50) };
const placement = { resource: `private-ip ${privateIp(50)}`, at: networkInterfaceId(1) };

/** Candidates 1 and 2, and the interface of that number with the role's address. */
function carriedBy(number: number | undefined, overrides: Partial<Observed> = {}): Partial<Observed> {
  const carrier =
    number &&
    aNetworkInterface(number, { privateIps: [privateIp(number), privateIp(50)], ...attachedTo(number) });
  const instances = [1, 2].map((each) =>
    each === number ? withAddresses(each, privateIp(each), privateIp(50)) : anInstance(each),
  );
  return { instances, network: aNetwork({ interfaces: carrier ? [carrier] : [] }), ...overrides };
}

function withAddresses(number: number, ...privateIps: readonly ReturnType<typeof privateIp>[]) {
  return anInstance(number, { attachments: [anAttachment(number, { privateIps })] });
}

const assignment = (number: number, allowReassignment: boolean) => ({
  kind: 'assign-private-ip',
  privateIp: privateIp(50),
  networkInterfaceId: networkInterfaceId(number),
  instanceId: instanceId(number),
  allowReassignment,
});

describe('a private address', () => {
  it('that is free is assigned without leave to take it from anybody', () => {
    const { refusal, obstacle, plan } = anAddressCase([own], carriedBy(undefined));

    expect([refusal(), obstacle(1)]).toEqual([undefined, undefined]);
    expect(plan(1)).toEqual({ changes: [assignment(1, false)] });
  });

  it('that another candidate has is moved in one call', () => {
    expect(anAddressCase([own], carriedBy(1)).plan(2)).toEqual({ changes: [assignment(2, true)] });
  });

  it('that the holder has stays', () => {
    expect(anAddressCase([own], carriedBy(1)).plan(1)).toEqual({ changes: [], placements: [placement] });
  });

  it('that the holder has on another of its interfaces in the subnet stays there', () => {
    const second = anAttachment(11, { deviceIndex: 1, privateIps: [privateIp(11), privateIp(50)] });
    const instances = [anInstance(1, { attachments: [anAttachment(1), second] })];
    const carrier = aNetworkInterface(11, { privateIps: second.privateIps, ...attachedTo(1) });
    const { plan } = anAddressCase([own], { instances, network: aNetwork({ interfaces: [carrier] }) });

    expect(plan(1)).toMatchObject({ changes: [], placements: [{ at: networkInterfaceId(11) }] });
  });

  it('that is on an interface which the slot moves as a whole comes along with it', () => {
    const carrier = aNetworkInterface(7, { privateIps: [privateIp(7), privateIp(50)] });
    const addresses = [own, { networkInterface: networkInterfaceId(7) }];
    const { refusal, plan } = anAddressCase(addresses, {
      instances: [anInstance(1)],
      network: aNetwork({ interfaces: [carrier] }),
    });

    expect(refusal()).toBeUndefined();
    expect(plan(1)).toMatchObject({ changes: [], placements: [{ at: networkInterfaceId(7) }] });
  });

  it('is nowhere near the same address in another VPC', () => {
    const elsewhere = aNetworkInterface(9, {
      subnetId: subnetId(9),
      vpcId: vpcId(9),
      privateIps: [privateIp(50)],
      ...attachedTo(9),
    });
    const { refusal, plan } = anAddressCase([own], {
      instances: [anInstance(1)],
      network: aNetwork({ interfaces: [elsewhere] }),
    });

    expect(refusal()).toBeUndefined();
    expect(plan(1).changes).toEqual([assignment(1, false)]);
  });
});

describe('who may have a private address taken away', () => {
  it.each<[who: string, slot: Partial<SlotState>]>([
    [
      'one who is no candidate any more, where it was written',
      { written: { ...nothingWritten, placements: [{ ...placement, at: networkInterfaceId(9) }] } },
    ],
    [
      'one to whom an unsettled claim meant to give it',
      { intent: [{ ...assignment(9, false), kind: 'assign-private-ip' }] },
    ],
  ])('is %s', (_, slot) => {
    expect(anAddressCase([own], carriedBy(9), { slot }).refusal()).toBeUndefined();
  });

  it('is anybody with adopt', () => {
    expect(anAddressCase([{ ...own, adopt: true }], carriedBy(9)).refusal()).toBeUndefined();
  });

  it('is no stranger', () => {
    expect(anAddressCase([own], carriedBy(9)).refusal()).toEqual({
      code: 'PrivateIpNotOurs',
      words:
        `${privateIp(50)} is on ${instanceId(9)}, which is no candidate for this role; ` +
        'adopt: true would take it over',
    });
  });

  it('is no interface that nobody has, which is named', () => {
    const free = aNetworkInterface(9, { privateIps: [privateIp(9), privateIp(50)] });
    const observed = carriedBy(undefined, { network: aNetwork({ interfaces: [free] }) });

    expect(anAddressCase([own], observed).refusal()?.words).toContain(networkInterfaceId(9));
  });

  it('is no stranger where it was written long ago at another interface', () => {
    const slot = { written: { ...nothingWritten, placements: [placement] } };

    expect(anAddressCase([own], carriedBy(9), { slot }).refusal()?.code).toBe('PrivateIpNotOurs');
  });

  it('is no stranger to whom the slot gave another address', () => {
    const other = { resource: `private-ip ${privateIp(51)}`, at: networkInterfaceId(9) };
    const slot = { written: { ...nothingWritten, placements: [other] } };

    expect(anAddressCase([own], carriedBy(9), { slot }).refusal()?.code).toBe('PrivateIpNotOurs');
  });

  it('is no stranger with an interface that the role wants and may not move', () => {
    const addresses = [own, { networkInterface: networkInterfaceId(9) }];

    expect(anAddressCase(addresses, carriedBy(9)).refusal()?.code).toBe('PrivateIpNotOurs');
  });

  it('is no stranger in one VPC, although a candidate has the same address in another', () => {
    const privateIps = [privateIp(3), privateIp(50)];
    const interfaces = [
      aNetworkInterface(1, { privateIps, ...attachedTo(1) }),
      aNetworkInterface(9, { privateIps, subnetId: subnetId(9), vpcId: vpcId(9), ...attachedTo(9) }),
    ];
    const subnets = [aSubnet(1), aSubnet(1, { subnetId: subnetId(9) })];
    const observed = { instances: [anInstance(1)], network: aNetwork({ interfaces, subnets }) };

    expect(anAddressCase([own], observed).refusal()?.words).toContain(`is on ${instanceId(9)}`);
  });

  it.each([false, true])('is nobody whose primary address it is, with adopt: %s', (adopt) => {
    const primary = aNetworkInterface(1, { privateIps: [privateIp(50)], ...attachedTo(1) });
    const observed = { instances: [anInstance(1)], network: aNetwork({ interfaces: [primary] }) };

    expect(anAddressCase([{ ...own, adopt }], observed).refusal()).toEqual({
      code: 'PrivateIpNotOurs',
      words: `${privateIp(50)} is the primary address of ${networkInterfaceId(1)}, and a primary address never moves`,
    });
  });
});

describe('who cannot take a private address', () => {
  const six = [1, 11, 12, 13, 14, 15].map(privateIp);

  it('is an instance with no interface in the subnet', () => {
    const elsewhere = anInstance(1, { attachments: [anAttachment(1, { subnetId: subnetId(2) })] });

    const { obstacle, plan } = anAddressCase([own], carriedBy(undefined, { instances: [elsewhere] }));

    expect(obstacle(1)).toBe(`it has no interface in the subnet of ${privateIp(50)}`);
    expect(plan(1)).toEqual({ changes: [] });
  });

  it('is one whose interface is full', () => {
    const instances = [withAddresses(1, ...six)];

    expect(anAddressCase([own], carriedBy(undefined, { instances })).obstacle(1)).toBe(
      `its interface ${networkInterfaceId(1)} has as many private addresses as t3.medium takes`,
    );
  });

  it('is not one with a second interface in the subnet that has room', () => {
    const attachments = [
      anAttachment(1, { privateIps: six }),
      anAttachment(11, { deviceIndex: 1, privateIps: [privateIp(21)] }),
    ];
    const { obstacle, plan } = anAddressCase(
      [own],
      carriedBy(undefined, { instances: [anInstance(1, { attachments })] }),
    );

    expect(obstacle(1)).toBeUndefined();
    expect(plan(1).changes).toMatchObject([{ networkInterfaceId: networkInterfaceId(11) }]);
  });

  it('is not one that has the address already, however full', () => {
    const instances = [withAddresses(1, ...six.slice(0, 5), privateIp(50))];
    const carrier = aNetworkInterface(1, { privateIps: [privateIp(1), privateIp(50)], ...attachedTo(1) });
    const network = aNetwork({ interfaces: [carrier] });

    expect(anAddressCase([own], { instances, network }).obstacle(1)).toBeUndefined();
  });

  it('is not one of a type whose limits are unknown', () => {
    const instances = [withAddresses(1, ...six)];
    const network = aNetwork({ limits: {} });

    expect(anAddressCase([own], { instances, network }).obstacle(1)).toBeUndefined();
  });

  it('is one whose last room another address of this pass was given', () => {
    const observed = carriedBy(undefined, { instances: [withAddresses(1, ...six.slice(0, 5))] });
    const addresses = [own, { privateIp: privateIp(51) }];
    const first = anAddressCase(addresses, observed);
    first.plan(1);
    const second = anAddressCase(addresses, observed, { index: 1, taken: first.context.taken });

    expect(first.obstacle(1)).toBeUndefined();
    expect(second.obstacle(1)).toContain('as many private addresses');
  });
});

describe('the private address of a slot of a group', () => {
  it('is the one listed for it', () => {
    const listed = { privateIp: [privateIp(50), privateIp(51)] };
    const { plan, resources } = anAddressCase([listed], carriedBy(1), { slots: 2, slot: { slot: 1 } });

    expect(plan(1).changes).toMatchObject([{ privateIp: privateIp(51), allowReassignment: false }]);
    expect(resources()).toEqual([`private-ip ${privateIp(51)}`]);
  });

  it('is nothing for a slot that is no more', () => {
    const listed = { privateIp: [privateIp(50), privateIp(51)] };
    const { refusal, obstacle, plan, resources } = anAddressCase([listed], carriedBy(1), {
      slots: 2,
      slot: { slot: 2 },
    });

    expect(refusal()).toEqual({
      code: 'NoPrivateIp',
      words: 'the role lists no private address for slot 2',
    });
    expect(obstacle(1)).toBeUndefined();
    expect([plan(1).changes, resources()]).toEqual([[], []]);
  });
});
