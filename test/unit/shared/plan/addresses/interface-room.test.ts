import { describe, expect, it } from 'vitest';
import { aNetwork, aNetworkInterface, attachedTo } from '../../../../builders/network.ts';
import {
  anAttachment,
  anInstance,
  aRole,
  ipv6,
  networkInterfaceId,
  privateIp,
} from '../../../../builders/observed.ts';
import { anAddressCase } from './address-case.ts';

const one = { privateIp: privateIp(50) };
const two = { privateIp: privateIp(51) };
const limits = { 't3.medium': { interfacesMax: 2, ipv4PerInterfaceMax: 2, ipv6PerInterfaceMax: 1 } };
const full = `its interface ${networkInterfaceId(1)} has as many private addresses as t3.medium takes`;

/** Candidates 1 and 2, whose interfaces take one address each beside the primary one, and one IPv6 address. */
const observed = { instances: [anInstance(1), anInstance(2)], network: aNetwork({ limits }) };

describe('the room of an interface for one address more', () => {
  it('is gone once this pass gave it to another address', () => {
    const first = anAddressCase([one, two], observed);
    const second = anAddressCase([one, two], observed, { index: 1, taken: first.context.taken });

    expect(second.obstacle(1)).toBeUndefined();
    first.plan(1);
    expect(second.obstacle(1)).toBe(full);
  });

  it('is gone once this pass gave it to another role', () => {
    const first = anAddressCase([one], observed);
    const other = { ...first.context.observed, role: aRole({ addresses: [two] }, 'other') };
    const second = anAddressCase([two], other, { taken: first.context.taken });
    first.plan(1);

    expect(second.obstacle(1)).toBe(full);
  });

  it('is not gone for what this pass gave to another interface', () => {
    const first = anAddressCase([one, two], observed);
    const second = anAddressCase([one, two], observed, { index: 1, taken: first.context.taken });
    first.plan(2);

    expect(second.obstacle(1)).toBeUndefined();
  });

  it('is not gone for the address that it is about, however often that is asked', () => {
    const { plan, obstacle, changes } = anAddressCase([one], observed);
    plan(1);

    expect(obstacle(1)).toBeUndefined();
    expect(changes(1)).toHaveLength(1);
  });

  it('is not counted twice for an address that is there and stays', () => {
    const roomy = { 't3.medium': { ...limits['t3.medium'], ipv4PerInterfaceMax: 3 } };
    const privateIps = [privateIp(1), privateIp(50)];
    const interfaces = [aNetworkInterface(1, { privateIps, ...attachedTo(1, { deviceIndex: 0 }) })];
    const world = {
      instances: [anInstance(1, { attachments: [anAttachment(1, { privateIps })] })],
      network: aNetwork({ interfaces, limits: roomy }),
    };
    const first = anAddressCase([one, two], world);
    const second = anAddressCase([one, two], world, { index: 1, taken: first.context.taken });

    expect(first.changes(1)).toEqual([]);
    expect(second.obstacle(1)).toBeUndefined();
  });

  it('is its own for each family of addresses', () => {
    const addresses = [one, { ipv6: ipv6(0x50) }];
    const first = anAddressCase(addresses, observed);
    const second = anAddressCase(addresses, observed, { index: 1, taken: first.context.taken });
    first.plan(1);

    expect(second.obstacle(1)).toBeUndefined();
    expect(second.changes(1)).toHaveLength(1);
  });

  it('is gone for an IPv6 address too once another was given it', () => {
    const addresses = [{ ipv6: ipv6(0x50) }, { ipv6: ipv6(0x51) }];
    const first = anAddressCase(addresses, observed);
    const second = anAddressCase(addresses, observed, { index: 1, taken: first.context.taken });
    first.plan(1);

    expect(second.obstacle(1)).toContain('as many IPv6 addresses');
  });
});
