import { describe, expect, it } from 'vitest';
import type { Observed } from '../../../../shared/model/observed.ts';
import { noState, slotOf } from '../../../../shared/model/role-state.ts';
import { incumbentOf } from '../../../../shared/plan/incumbent.ts';
import { aNetwork, aRouteTable, ipv4Cidr, routeTableId, targetGroupArn } from '../../../builders/network.ts';
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
} from '../../../builders/observed.ts';

const instances = [anInstance(1), anInstance(2)];
const unclaimed = slotOf(noState, 0);

function incumbent(address: object, observed: Partial<Observed>, slot?: number) {
  const role = aRole({ addresses: [address], records: [], slots: slot === undefined ? 1 : 2 });
  return incumbentOf(anObservation({ role, instances, ...observed }), { ...unclaimed, slot: slot ?? 0 });
}

/** A route for 10.99.0.0/16 to the interface of the instance of that number. */
const routeTo = (number: number) => ({
  cidr: ipv4Cidr('10.99.0.0/16'),
  networkInterfaceId: networkInterfaceId(number),
  isBlackhole: false,
  target: networkInterfaceId(number),
});

describe('the incumbent of a role that was never claimed', () => {
  const route = { route: '10.99.3.4/16', routeTables: [routeTableId(1), routeTableId(2)] };
  const targetGroup = targetGroupArn('web');
  const target = (number: number, port = 80, group = targetGroup) => ({
    targetGroupArn: group,
    instanceId: instanceId(number),
    port,
  });

  it('is whoever has the Elastic IP of that id, and not of another', () => {
    const other = anElasticIp(1, { allocationId: allocationId(0xe2) });
    const byId = { elasticIp: allocationId(0xe1) };

    expect(incumbent(byId, { elasticIps: [other, anElasticIp(2)] })).toBe(instanceId(2));
    expect(incumbent(byId, { elasticIps: [other, anElasticIp()] })).toBeUndefined();
    expect(incumbent(byId, { elasticIps: [other] })).toBeUndefined();
  });

  it('is whoever has the Elastic IP that carries all of the tags', () => {
    const byTags = { elasticIp: { tags: { Name: 'db', stage: 'live' } } };
    const test = anElasticIp(1, { tags: { Name: 'db', stage: 'test' } });
    const live = anElasticIp(2, { tags: { Name: 'db', stage: 'live', team: 'a' } });

    expect(incumbent(byTags, { elasticIps: [test, live] })).toBe(instanceId(2));
    expect(incumbent(byTags, { elasticIps: [test] })).toBeUndefined();
  });

  it('is not told by a pool, of which any slot may have any', () => {
    const tags = { pool: 'web' };

    expect(
      incumbent({ elasticIp: { pool: { tags } } }, { elasticIps: [anElasticIp(2, { tags })] }),
    ).toBeUndefined();
  });

  it('is whoever carries the address of the slot, and not of another slot', () => {
    const first = anInstance(1, {
      attachments: [
        anAttachment(1, { privateIps: [privateIp(1), privateIp(50)], ipv6s: [ipv6(1), ipv6(50)] }),
      ],
    });
    const second = anInstance(2, {
      attachments: [
        anAttachment(2),
        anAttachment(60, { deviceIndex: 1, privateIps: [privateIp(2), privateIp(51)], ipv6s: [ipv6(51)] }),
      ],
    });
    const both = { instances: [first, second] };
    const interfaces = [networkInterfaceId(1), networkInterfaceId(60)];

    for (const address of [
      { privateIp: [privateIp(50), privateIp(51)] },
      { ipv6: [ipv6(50), ipv6(51)] },
      { networkInterface: interfaces },
    ]) {
      expect(incumbent(address, both, 0)).toBe(instanceId(1));
      expect(incumbent(address, both, 1)).toBe(instanceId(2));
      expect(incumbent(address, { instances: [] }, 1)).toBeUndefined();
    }
  });

  it('is nobody when nobody carries the address', () => {
    for (const address of [
      { privateIp: privateIp(50) },
      { ipv6: ipv6(50) },
      { networkInterface: networkInterfaceId(50) },
    ]) {
      expect(incumbent(address, {})).toBeUndefined();
    }
  });

  it('is whoever has the first of the addresses that anybody has', () => {
    const role = aRole({
      addresses: [
        { elasticIp: allocationId(0xe1) },
        { privateIp: privateIp(2) },
        { networkInterface: networkInterfaceId(1) },
      ],
    });

    expect(incumbentOf(anObservation({ role, instances }), unclaimed)).toBe(instanceId(2));
  });

  it('is whoever a route points at, of several the one of the first table', () => {
    const tables = (...routes: Parameters<typeof aRouteTable>[1][][]) =>
      aNetwork({ routeTables: routes.map((each, index) => aRouteTable(index + 1, ...each)) });
    const elsewhere = { ...routeTo(1), cidr: ipv4Cidr('10.98.0.0/16') };

    expect(incumbent(route, { network: tables([], [elsewhere, routeTo(2)]) })).toBe(instanceId(2));
    expect(incumbent(route, { network: tables([routeTo(2)], [routeTo(1)]) })).toBe(instanceId(2));
    expect(incumbent(route, { network: tables([routeTo(9)], []) })).toBeUndefined();
    expect(incumbent(route, { network: tables([], [], [routeTo(2)]) })).toBeUndefined();
    expect(incumbent(route, { network: aNetwork() })).toBeUndefined();
  });

  it('is whoever is registered with the target group alone', () => {
    const network = (...targets: Observed['network']['targets'][number][]) => aNetwork({ targets });
    const elsewhere = target(1, 80, targetGroupArn('api'));

    expect(incumbent({ targetGroup }, { network: network(target(2), target(9)) })).toBe(instanceId(2));
    expect(incumbent({ targetGroup }, { network: network(elsewhere, target(2)) })).toBe(instanceId(2));
    expect(incumbent({ targetGroup }, { network: network(target(1), target(2)) })).toBeUndefined();
    expect(incumbent({ targetGroup }, { network: network() })).toBeUndefined();
  });

  it('is whoever is registered at the port of the role, whoever is registered at others', () => {
    const network = aNetwork({ targets: [target(1, 80), target(2, 81)] });

    expect(incumbent({ targetGroup, port: 81 }, { network })).toBe(instanceId(2));
    expect(incumbent({ targetGroup, port: 82 }, { network })).toBeUndefined();
  });

  it('is nobody once it was claimed', () => {
    const observed = anObservation({ role: aRole(), instances, elasticIps: [anElasticIp(2)] });

    expect(incumbentOf(observed, unclaimed)).toBe(instanceId(2));
    expect(incumbentOf(observed, { ...unclaimed, generation: 1 })).toBeUndefined();
  });
});
