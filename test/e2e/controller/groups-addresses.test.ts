import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { instancesWithInterfaces } from './addresses/by-hand.ts';
import { Ground } from './addresses/ground.ts';
import { recordsIn } from './zones.ts';

/** A group of two, each with an address of every kind that a slot may have. */
async function openGroup() {
  const ground = await Ground.open();
  const privateIps = [ground.privateIp(), ground.privateIp()];
  const ipv6s = [ground.ipv6(), ground.ipv6()];
  const interfaces = [await ground.networkInterface(), await ground.networkInterface()];
  const targetGroup = await ground.targetGroup();
  await ground.theatre.define('farm', {
    slots: 2,
    addresses: [
      { privateIp: privateIps },
      { ipv6: ipv6s },
      { networkInterface: interfaces },
      { targetGroup },
    ],
    records: [
      { zone: 'corp.internal', name: 'farm.corp.internal', value: 'privateIp', routing: 'multivalue' },
      { zone: 'corp.internal', name: 'farm6.corp.internal', value: 'ipv6', routing: { weight: 10 } },
      {
        zone: 'corp.internal',
        name: 'farm-{slot}.corp.internal',
        type: 'TXT',
        values: ['{slot} {instanceId}'],
      },
    ],
  });
  /** Of each slot the instances that have any of its addresses. */
  const carriers = () =>
    Promise.all(
      [0, 1].map(async (slot) => {
        const byFilter = (Name: string, value = '') =>
          instancesWithInterfaces(ground, { Filters: [{ Name, Values: [value] }] });
        const all = await Promise.all([
          byFilter('addresses.private-ip-address', privateIps[slot]),
          byFilter('ipv6-addresses.ipv6-address', ipv6s[slot]),
          byFilter('network-interface-id', interfaces[slot]),
        ]);
        return [...new Set(all.flat())];
      }),
    );
  const targets = async () => {
    const { TargetHealthDescriptions = [] } = await ground.loadBalancing.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup }),
    );
    return TargetHealthDescriptions.map(({ Target }) => Target?.Id).toSorted();
  };
  return { ground, privateIps, ipv6s, carriers, targets };
}

describe('a group with addresses of its own for each slot', () => {
  it('gives a replacement all that the lost one had, and leaves the other as it is', async () => {
    const { ground, privateIps, ipv6s, carriers, targets } = await openGroup();
    await using _ = ground;
    const { theatre } = ground;
    const records = () => recordsIn(theatre, theatre.stage.world.privateZoneId);
    const [first = '', second = '', third = ''] = await ground.launch('farm', 'a', 'a', 'a');
    await theatre.settle();
    const before = [await carriers(), await targets(), await records()] as const;

    await theatre.terminate(first);
    await theatre.settle();

    const names = {
      'farm.corp.internal A farm-0': `60 ${privateIps[0]}`,
      'farm.corp.internal A farm-1': `60 ${privateIps[1]}`,
      'farm6.corp.internal AAAA farm-0': `60 ${ipv6s[0]}`,
      'farm6.corp.internal AAAA farm-1': `60 ${ipv6s[1]}`,
      'farm-1.corp.internal TXT': `60 "1 ${second}"`,
    };
    expect(before).toEqual([
      [[first], [second]],
      [first, second].toSorted(),
      { ...names, 'farm-0.corp.internal TXT': `60 "0 ${first}"` },
    ]);
    expect(await carriers()).toEqual([[third], [second]]);
    expect(await targets()).toEqual([second, third].toSorted());
    expect(await records()).toEqual({ ...names, 'farm-0.corp.internal TXT': `60 "0 ${third}"` });
    const { sequence } = ground;
    await theatre.settle(120_000);
    expect(ground.writesSince(sequence)).toEqual([]);
  });
});
