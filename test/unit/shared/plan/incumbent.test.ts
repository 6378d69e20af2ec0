import { describe, expect, it } from 'vitest';
import type { Observed } from '../../../../shared/model/observed.ts';
import { noState, slotOf } from '../../../../shared/model/role-state.ts';
import { incumbentOf } from '../../../../shared/plan/incumbent.ts';
import { aNetwork, aRouteTable, ipv4Cidr, routeTableId, targetGroupArn } from '../../../builders/network.ts';
import {
  anElasticIp,
  anInstance,
  anObservation,
  aRole,
  instanceId,
  networkInterfaceId,
} from '../../../builders/observed.ts';

const instances = [anInstance(1), anInstance(2)];
const unclaimed = slotOf(noState, 0);

function incumbent(address: object, observed: Partial<Observed>) {
  const role = aRole({ addresses: [address], records: [] });
  return incumbentOf(anObservation({ role, instances, ...observed }), unclaimed);
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
  const target = (number: number, port = 80) => ({
    targetGroupArn: targetGroup,
    instanceId: instanceId(number),
    port,
  });

  it('is whoever a route points at, of several the one of the first table', () => {
    const tables = (...routes: Parameters<typeof aRouteTable>[1][][]) =>
      aNetwork({ routeTables: routes.map((each, index) => aRouteTable(index + 1, ...each)) });

    expect(incumbent(route, { network: tables([], [routeTo(2)]) })).toBe(instanceId(2));
    expect(incumbent(route, { network: tables([routeTo(2)], [routeTo(1)]) })).toBe(instanceId(2));
    expect(incumbent(route, { network: tables([routeTo(9)], []) })).toBeUndefined();
  });

  it('is whoever is registered with the target group alone', () => {
    const network = (...targets: Observed['network']['targets'][number][]) => aNetwork({ targets });

    expect(incumbent({ targetGroup }, { network: network(target(2), target(9)) })).toBe(instanceId(2));
    expect(incumbent({ targetGroup }, { network: network(target(1), target(2)) })).toBeUndefined();
    expect(incumbent({ targetGroup, port: 81 }, { network: network(target(2)) })).toBeUndefined();
  });

  it('is nobody once it was claimed', () => {
    const observed = anObservation({ role: aRole(), instances, elasticIps: [anElasticIp(2)] });

    expect(incumbentOf(observed, unclaimed)).toBe(instanceId(2));
    expect(incumbentOf(observed, { ...unclaimed, generation: 1 })).toBeUndefined();
  });
});
