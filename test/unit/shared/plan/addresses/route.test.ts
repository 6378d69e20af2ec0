import { describe, expect, it } from 'vitest';
import type { Observed, ObservedRoute } from '../../../../../shared/model/observed.ts';
import { nothingWritten } from '../../../../../shared/model/role-state.ts';
import { aNetwork, aRouteTable, ipv4Cidr, routeTableId } from '../../../../builders/network.ts';
import {
  anAttachment,
  anInstance,
  instanceId,
  networkInterfaceId,
  vpcId,
} from '../../../../builders/observed.ts';
import { anAddressCase } from './address-case.ts';

const own = { route: '10.99.0.1/32', routeTables: [routeTableId(1), routeTableId(2)] };

function toInterface(number: number, overrides: Partial<ObservedRoute> = {}): ObservedRoute {
  return {
    cidr: ipv4Cidr('10.99.0.1/32'),
    networkInterfaceId: networkInterfaceId(number),
    isBlackhole: false,
    target: instanceId(number),
    ...overrides,
  };
}

/** Candidates 1 and 2, whose interfaces forward already, and two tables with at most one route each. */
function routed(first?: ObservedRoute, second?: ObservedRoute, observed: Partial<Observed> = {}) {
  const tables = [first, second].map((route, index) =>
    aRouteTable(index + 1, ...(route === undefined ? [] : [route])),
  );
  const instances = [1, 2].map((each) =>
    anInstance(each, { attachments: [anAttachment(each, { checksSourceDest: false })] }),
  );
  return { instances, network: aNetwork({ routeTables: tables }), ...observed };
}

const change = (table: number, target: number, exists: boolean) => ({
  kind: 'replace-route',
  routeTableId: routeTableId(table),
  cidr: '10.99.0.1/32',
  networkInterfaceId: networkInterfaceId(target),
  instanceId: instanceId(target),
  exists,
});
const placement = (table: number, target: number) => ({
  resource: `route ${routeTableId(table)} 10.99.0.1/32`,
  at: networkInterfaceId(target),
});

describe('an overlay route', () => {
  it('is created in every table that has none', () => {
    const { refusal, obstacle, plan } = anAddressCase([own], routed());

    expect([refusal(), obstacle(1)]).toEqual([undefined, undefined]);
    expect(plan(1)).toEqual({ changes: [change(1, 1, false), change(2, 1, false)], placements: [] });
  });

  it('is replaced in every table where it points at another candidate', () => {
    expect(anAddressCase([own], routed(toInterface(1), toInterface(1))).changes(2)).toEqual([
      change(1, 2, true),
      change(2, 2, true),
    ]);
  });

  it('is replaced only where a pass that broke off left it', () => {
    expect(anAddressCase([own], routed(toInterface(2), toInterface(1))).plan(2)).toEqual({
      changes: [change(2, 2, true)],
      placements: [placement(1, 2)],
    });
  });

  it('stays where all tables point at the holder', () => {
    expect(anAddressCase([own], routed(toInterface(1), toInterface(1))).plan(1)).toEqual({
      changes: [],
      placements: [placement(1, 1), placement(2, 1)],
    });
  });

  it('wants an interface that forwards', () => {
    const observed = routed(toInterface(1), toInterface(1), { instances: [anInstance(1)] });

    expect(anAddressCase([own], observed).changes(1)).toEqual([
      {
        kind: 'disable-source-dest-check',
        networkInterfaceId: networkInterfaceId(1),
        instanceId: instanceId(1),
      },
    ]);
  });

  it('goes to the primary interface, which cannot be moved away', () => {
    const attachments = [anAttachment(11, { deviceIndex: 1 }), anAttachment(1)];
    const observed = routed(undefined, undefined, { instances: [anInstance(1, { attachments })] });

    expect(anAddressCase([own], observed).changes(1)).toContainEqual(change(1, 1, false));
  });

  it('is the same whatever host bits it is written with', () => {
    const range = { ...own, route: '10.99.0.1/24' };
    const there = toInterface(1, { cidr: ipv4Cidr('10.99.0.0/24') });
    const { changes, resources } = anAddressCase([range], routed(there, there));

    expect(changes(1)).toEqual([]);
    expect(resources()).toEqual([1, 2].map((table) => `route ${routeTableId(table)} 10.99.0.0/24`));
  });

  it('cannot go to an instance without interface, or in another VPC', () => {
    const { vpcId: _, ...nowhere } = anInstance(3);
    const instances = [anInstance(1, { attachments: [] }), anInstance(2, { vpcId: vpcId(2) }), nowhere];
    const { obstacle, plan } = anAddressCase([own], routed(undefined, undefined, { instances }));

    expect(obstacle(1)).toBe('it has no network interface');
    expect(plan(1)).toEqual({ changes: [] });
    expect(obstacle(3)).toBe(`it is in no VPC, and ${routeTableId(1)} in ${vpcId(1)}`);
    expect(obstacle(2)).toBe(`it is in ${vpcId(2)}, and ${routeTableId(1)} in ${vpcId(1)}`);
  });
});

describe('which overlay route is refused', () => {
  const foreign = toInterface(9);
  const atGateway: ObservedRoute = {
    cidr: ipv4Cidr('10.99.0.1/32'),
    isBlackhole: false,
    target: 'igw-0123456789abcdef0',
  };

  it('is one of a table that is not there, which is named', () => {
    const observed = routed();
    const network = aNetwork({ routeTables: [aRouteTable(1)] });

    expect(anAddressCase([own], { ...observed, network }).refusal()).toEqual({
      code: 'RouteTableNotFound',
      words: `route table ${routeTableId(2)} is not in this account and region`,
    });

    const neither = anAddressCase([own], { ...observed, network: aNetwork() });
    expect(neither.refusal()?.words).toContain(`route table ${routeTableId(1)}, ${routeTableId(2)} is not`);
    expect(neither.obstacle(1)).toBeUndefined();
  });

  it.each([
    ['at a stranger', foreign],
    ['at a gateway', atGateway],
    ['at a stranger who is gone', { ...foreign, isBlackhole: true }],
  ])('is one that points %s, even in one table of several', (_, route) => {
    const { refusal } = anAddressCase([own], routed(toInterface(1), route));

    expect(refusal()).toEqual({
      code: 'RouteNotOurs',
      words:
        `the route 10.99.0.1/32 of ${routeTableId(2)} points at ${route.target}, ` +
        'which is no candidate for this role; adopt: true would take it over',
    });
    expect(anAddressCase([{ ...own, adopt: true }], routed(toInterface(1), route)).refusal()).toBeUndefined();
  });

  it('is not one that points nowhere any more, where it was written', () => {
    const slot = { written: { ...nothingWritten, placements: [placement(2, 9)] } };
    const blackhole = { ...foreign, isBlackhole: true };
    const { refusal, changes } = anAddressCase([own], routed(toInterface(1), blackhole), { slot });

    expect(refusal()).toBeUndefined();
    expect(changes(1)).toEqual([change(2, 1, true)]);
  });

  it('is not one that an unsettled claim meant to be there', () => {
    const slot = {
      intent: [{ ...change(2, 9, true), kind: 'replace-route' as const, cidr: ipv4Cidr('10.99.0.1/32') }],
    };

    expect(anAddressCase([own], routed(toInterface(1), foreign), { slot }).refusal()).toBeUndefined();
  });

  it('is not one that points at any interface of a candidate', () => {
    const attachments = [anAttachment(1), anAttachment(11, { deviceIndex: 1 })];
    const observed = routed(toInterface(11), undefined, { instances: [anInstance(1, { attachments })] });

    expect(anAddressCase([own], observed).refusal()).toBeUndefined();
  });

  it('is the local one, even with adopt', () => {
    const local = { ...own, route: '10.0.0.0/16', adopt: true };

    expect(anAddressCase([local], routed()).refusal()).toEqual({
      code: 'RouteNotOurs',
      words: `the route 10.0.0.0/16 of ${routeTableId(1)} is the local one of its VPC, which cannot be moved`,
    });
  });
});
