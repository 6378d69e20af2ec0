import { describe, expect, it } from 'vitest';
import type { Observed, ObservedNetworkInterface } from '../../../../../shared/model/observed.ts';
import type { SlotState } from '../../../../../shared/model/role-state.ts';
import { nothingWritten } from '../../../../../shared/model/role-state.ts';
import { aNetwork, aNetworkInterface, attachedTo } from '../../../../builders/network.ts';
import {
  anAttachment,
  anInstance,
  attachmentId,
  instanceId,
  networkInterfaceId,
  privateIp,
} from '../../../../builders/observed.ts';
import { anAddressCase } from './address-case.ts';

const own = { networkInterface: networkInterfaceId(7) };
const placement = { resource: `network-interface ${networkInterfaceId(7)}`, at: instanceId(1) };

function withInterface(
  overrides: Partial<ObservedNetworkInterface>,
  observed: Partial<Observed> = {},
): Partial<Observed> {
  return {
    instances: [anInstance(1), anInstance(2)],
    network: aNetwork({ interfaces: [aNetworkInterface(7, overrides)] }),
    ...observed,
  };
}

/** An instance with interfaces at these device indexes. */
function withDevices(...indexes: readonly number[]) {
  return anInstance(1, {
    attachments: indexes.map((deviceIndex) => anAttachment(10 + deviceIndex, { deviceIndex })),
  });
}

const attach = {
  kind: 'attach-network-interface',
  networkInterfaceId: networkInterfaceId(7),
  instanceId: instanceId(1),
  deviceIndex: 1,
};

describe('a network interface', () => {
  it('that is available is attached at the first free index', () => {
    const { refusal, obstacle, plan } = anAddressCase([own], withInterface({}));

    expect([refusal(), obstacle(1)]).toEqual([undefined, undefined]);
    expect(plan(1)).toEqual({ changes: [attach] });
  });

  it('that another candidate has is detached from there first', () => {
    const { refusal, plan } = anAddressCase([own], withInterface(attachedTo(2)));

    expect(refusal()).toBeUndefined();
    expect(plan(1)).toEqual({ changes: [{ ...attach, from: attachmentId(2) }] });
  });

  it.each(['attached', 'attaching'] as const)('that is %s to the holder stays', (status) => {
    const { obstacle, plan, resources } = anAddressCase([own], withInterface(attachedTo(1, { status })));

    expect(obstacle(1)).toBeUndefined();
    expect(plan(1)).toEqual({ changes: [], placements: [placement] });
    expect(resources()).toEqual([placement.resource]);
  });

  it('that the holder has stays however full the holder is', () => {
    const observed = withInterface(attachedTo(1), { instances: [withDevices(0, 1, 2)] });

    expect(anAddressCase([own], observed).obstacle(1)).toBeUndefined();
  });

  it('that would be deleted with the holder is kept from that, where it is', () => {
    const { plan } = anAddressCase(
      [own],
      withInterface(attachedTo(1, { deletesOnTermination: true, deviceIndex: 2 })),
    );

    expect(plan(1).changes).toEqual([{ ...attach, deviceIndex: 2 }]);
  });

  it('that is being detached from the holder is attached again', () => {
    const { plan } = anAddressCase([own], withInterface(attachedTo(1, { status: 'detaching' })));

    expect(plan(1).changes).toEqual([{ ...attach, from: attachmentId(1) }]);
  });

  it.each([
    [[0, 2], 1],
    [[0, 1], 2],
  ])('goes past the indexes %j to %i', (devices, deviceIndex) => {
    const { plan } = anAddressCase([own], withInterface({}, { instances: [withDevices(...devices)] }));

    expect(plan(1).changes).toMatchObject([{ deviceIndex }]);
  });

  it('goes past an index that another interface of this pass was given', () => {
    const addresses = [own, { networkInterface: networkInterfaceId(8) }];
    const interfaces = [aNetworkInterface(7), aNetworkInterface(8)];
    const observed = { instances: [anInstance(1)], network: aNetwork({ interfaces }) };
    const first = anAddressCase(addresses, observed);
    const second = anAddressCase(addresses, observed, { index: 1, taken: first.context.taken });

    expect([...first.changes(1), ...second.changes(1)]).toMatchObject([
      { deviceIndex: 1 },
      { deviceIndex: 2 },
    ]);
  });
});

describe('the device index of a network interface', () => {
  it('is never 0, which is that of the primary one, seen or not', () => {
    const observed = withInterface({}, { instances: [withDevices()] });

    expect(anAddressCase([own], observed).changes(1)).toEqual([attach]);
  });

  it('is none once this pass gave the last one to another', () => {
    const limits = { 't3.medium': { interfacesMax: 2, ipv4PerInterfaceMax: 6, ipv6PerInterfaceMax: 6 } };
    const interfaces = [aNetworkInterface(7), aNetworkInterface(8)];
    const observed = { instances: [anInstance(1)], network: aNetwork({ interfaces, limits }) };
    const addresses = [own, { networkInterface: networkInterfaceId(8) }];
    const first = anAddressCase(addresses, observed);
    const second = anAddressCase(addresses, observed, { index: 1, taken: first.context.taken });

    expect(second.obstacle(1)).toBeUndefined();
    expect(first.changes(1)).toHaveLength(1);
    expect(second.obstacle(1)).toBe('it has as many network interfaces as t3.medium takes');
  });

  it('is free on one instance whatever this pass gave to another', () => {
    const interfaces = [aNetworkInterface(7), aNetworkInterface(8)];
    const network = aNetwork({ interfaces });
    const observed = { instances: [anInstance(1), anInstance(2)], network };
    const addresses = [own, { networkInterface: networkInterfaceId(8) }];
    const first = anAddressCase(addresses, observed);
    const second = anAddressCase(addresses, observed, { index: 1, taken: first.context.taken });

    expect([...first.changes(2), ...second.changes(1)]).toMatchObject([
      { deviceIndex: 1 },
      { deviceIndex: 1 },
    ]);
  });
});

describe('which network interface is refused', () => {
  const written = { written: { ...nothingWritten, placements: [{ ...placement, at: instanceId(9) }] } };

  it('is one that is not there, or not listed for the slot', () => {
    const nothing = { instances: [anInstance(1)], network: aNetwork() };
    const listed = { networkInterface: [networkInterfaceId(7), networkInterfaceId(8)] };
    const third = anAddressCase([listed], withInterface({}), { slots: 2, slot: { slot: 2 } });

    expect(anAddressCase([own], nothing).refusal()).toEqual({
      code: 'NetworkInterfaceNotFound',
      words: `network interface ${networkInterfaceId(7)} is not in this account and region`,
    });
    expect(anAddressCase([own], nothing).obstacle(1)).toBeUndefined();
    expect(third.refusal()).toEqual({
      code: 'NetworkInterfaceNotFound',
      words: 'the role lists no network interface for slot 2',
    });
    expect([third.changes(1), third.resources()]).toEqual([[], []]);
  });

  it.each([false, true])('is the primary one of any instance, with adopt: %s', (adopt) => {
    const { refusal } = anAddressCase([{ ...own, adopt }], withInterface(attachedTo(1, { deviceIndex: 0 })));

    expect(refusal()).toEqual({
      code: 'NetworkInterfaceNotOurs',
      words: `network interface ${networkInterfaceId(7)} is the primary one of ${instanceId(1)}, which cannot be detached`,
    });
  });

  it.each([false, true])('is that of a service of AWS, with adopt: %s', (adopt) => {
    const { attachment } = attachedTo(9);
    const { instanceId: _, ...ofService } = attachment ?? { instanceId: undefined };
    const { refusal } = anAddressCase([{ ...own, adopt }], withInterface({ attachment: ofService as never }));

    expect(refusal()).toEqual({
      code: 'NetworkInterfaceNotOurs',
      words: `network interface ${networkInterfaceId(7)} belongs to a service of AWS`,
    });
  });

  it.each<[why: string, adopt: boolean, slot: Partial<SlotState>, code: string | undefined]>([
    ['', false, {}, 'NetworkInterfaceNotOurs'],
    [' but adopted', true, {}, undefined],
    [' where it was written', false, written, undefined],
    [
      ' where an unsettled claim meant it to be',
      false,
      { intent: [{ ...attach, kind: 'attach-network-interface', instanceId: instanceId(9) }] },
      undefined,
    ],
  ])('is one of a stranger%s', (_, adopt, slot, code) => {
    expect(anAddressCase([{ ...own, adopt }], withInterface(attachedTo(9)), { slot }).refusal()?.code).toBe(
      code,
    );
  });

  it('is named with the stranger who has it', () => {
    expect(anAddressCase([own], withInterface(attachedTo(9))).refusal()?.words).toBe(
      `network interface ${networkInterfaceId(7)} is attached to ${instanceId(9)}, ` +
        'which is no candidate for this role; adopt: true would take it over',
    );
  });
});

describe('who cannot take a network interface', () => {
  it('is an instance in another zone', () => {
    const instances = [anInstance(1, { zone: 'eu-west-1b' })];

    expect(anAddressCase([own], withInterface({}, { instances })).obstacle(1)).toBe(
      `it is in eu-west-1b, and ${networkInterfaceId(7)} in eu-west-1a`,
    );
  });

  it('is one with as many interfaces as its type takes', () => {
    const observed = withInterface({}, { instances: [withDevices(0, 1, 2)] });

    expect(anAddressCase([own], observed).obstacle(1)).toBe(
      'it has as many network interfaces as t3.medium takes',
    );
  });

  it('is one that has none to give when it is asked all the same', () => {
    const observed = withInterface({}, { instances: [withDevices(0, 1, 2)] });

    expect(anAddressCase([own], observed).plan(1)).toEqual({ changes: [] });
  });

  it('is one whose type takes fewer addresses than the interface has', () => {
    const privateIps = [1, 2, 3, 4, 5, 6, 7].map(privateIp);

    const obstacleWith = (count: number) =>
      anAddressCase([own], withInterface({ privateIps: privateIps.slice(0, count) })).obstacle(1);

    expect(obstacleWith(7)).toBe(`${networkInterfaceId(7)} has more private addresses than t3.medium takes`);
    expect(obstacleWith(6)).toBeUndefined();
  });

  it('is not one of a type whose limits are unknown', () => {
    const interfaces = [aNetworkInterface(7)];
    const observed = { instances: [withDevices(0, 1, 2)], network: aNetwork({ interfaces, limits: {} }) };

    expect(anAddressCase([own], observed).obstacle(1)).toBeUndefined();
    expect(anAddressCase([own], observed).changes(1)).toMatchObject([{ deviceIndex: 3 }]);
  });
});
