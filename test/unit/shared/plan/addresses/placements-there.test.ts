import { describe, expect, it } from 'vitest';
import type { AddressChange } from '../../../../../shared/model/change.ts';
import type { ObservedNetwork, ObservedRoute } from '../../../../../shared/model/observed.ts';
import { noNetwork } from '../../../../../shared/model/observed.ts';
import { placementOf } from '../../../../../shared/model/placement.ts';
import { noState, slotOf } from '../../../../../shared/model/role-state.ts';
import { placementsThere } from '../../../../../shared/plan/addresses/placements-there.ts';
import {
  aNetworkInterface,
  aRouteTable,
  attachedTo,
  ipv4Cidr,
  routeTableId,
  targetGroupArn,
} from '../../../../builders/network.ts';
import { instanceId, ipv6, networkInterfaceId, privateIp } from '../../../../builders/observed.ts';

const at = { networkInterfaceId: networkInterfaceId(2), instanceId: instanceId(2) };
const cidr = ipv4Cidr('10.99.0.1/32');

const web = targetGroupArn('web');
const registered = { targetGroupArn: web, instanceId: instanceId(2), port: 80 };
const register = { kind: 'register-target', targetGroupArn: web, instanceId: instanceId(2) } as const;

/** What a claim may have meant, the network in which it was done, and those in which it was not. */
const cases: readonly (readonly [
  string,
  AddressChange,
  Partial<ObservedNetwork>,
  readonly Partial<ObservedNetwork>[],
])[] = [
  [
    'a private address',
    { kind: 'assign-private-ip', ...at, privateIp: privateIp(200), allowReassignment: true },
    {
      interfaces: [
        aNetworkInterface(1),
        aNetworkInterface(2, { privateIps: [privateIp(2), privateIp(200)] }),
      ],
    },
    [
      { interfaces: [aNetworkInterface(1, { privateIps: [privateIp(1), privateIp(200)] })] },
      { interfaces: [aNetworkInterface(2)] },
    ],
  ],
  [
    'an IPv6 address',
    { kind: 'assign-ipv6', ...at, ipv6: ipv6(9) },
    { interfaces: [aNetworkInterface(1), aNetworkInterface(2, { ipv6s: [ipv6(9)] })] },
    [
      { interfaces: [aNetworkInterface(1, { ipv6s: [ipv6(9)] })] },
      { interfaces: [aNetworkInterface(2, { ipv6s: [ipv6(8)] })] },
    ],
  ],
  [
    'an interface',
    { kind: 'attach-network-interface', ...at, deviceIndex: 1 },
    { interfaces: [aNetworkInterface(1), aNetworkInterface(2, attachedTo(2))] },
    [
      { interfaces: [aNetworkInterface(2, attachedTo(1))] },
      { interfaces: [aNetworkInterface(1, attachedTo(2))] },
      { interfaces: [aNetworkInterface(2)] },
    ],
  ],
  [
    'a route',
    { kind: 'replace-route', ...at, routeTableId: routeTableId(1), cidr, exists: true },
    { routeTables: [aRouteTable(2), aRouteTable(1, routeTo(2))] },
    [
      { routeTables: [aRouteTable(1, routeTo(1))] },
      { routeTables: [aRouteTable(2, routeTo(2))] },
      { routeTables: [aRouteTable(1, { ...routeTo(2), cidr: ipv4Cidr('10.99.0.2/32') })] },
    ],
  ],
  [
    'a target on any port',
    register,
    { targets: [{ ...registered, instanceId: instanceId(1) }, registered] },
    [
      { targets: [{ ...registered, instanceId: instanceId(1) }] },
      { targets: [{ ...registered, targetGroupArn: targetGroupArn('api') }] },
    ],
  ],
  [
    'a target on its port',
    { ...register, port: 80 },
    { targets: [registered] },
    [{ targets: [{ ...registered, port: 81 }] }],
  ],
];

function routeTo(number: number): ObservedRoute {
  const id = networkInterfaceId(number);
  return { cidr, networkInterfaceId: id, isBlackhole: false, target: id };
}

describe('what an unsettled claim meant to put somewhere', () => {
  it.each(cases)('such as %s counts as put there where it is seen there', (_what, change, done) => {
    const slot = { ...slotOf(noState, 0), intent: [change] };

    const there = placementsThere(slot, { network: { ...noNetwork, ...done } });

    expect(there).toEqual([placementOf(change)]);
  });

  it.each(cases)('such as %s does not where it is seen elsewhere', (_what, change, _done, elsewhere) => {
    const slot = { ...slotOf(noState, 0), intent: [change] };

    const there = elsewhere.flatMap((each) => placementsThere(slot, { network: { ...noNetwork, ...each } }));

    expect(there).toEqual([]);
  });
});
