import { describe, expect, it } from 'vitest';
import { addressStandings } from '../../../cli/address-standing.ts';
import { noNetwork } from '../../../shared/model/observed.ts';
import { slotOf } from '../../../shared/model/role-state.ts';
import { aNetworkInterface, attachedTo } from '../../builders/network.ts';
import {
  allocationId,
  anAttachment,
  anElasticIp,
  anInstance,
  anObservation,
  aRole,
  heldBy,
  instanceId,
  ipv6,
  networkInterfaceId,
  privateIp,
  publicIp,
  vpcId,
} from '../../builders/observed.ts';

const targetGroup = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef';
const routeTable = 'rtb-0123456789abcdef0';

function standings(addresses: readonly object[], network: object = {}) {
  const observed = anObservation({
    role: aRole({ addresses }),
    state: heldBy(1),
    instances: [anInstance(1, { attachments: [anAttachment(1)] }), anInstance(2)],
    elasticIps: [anElasticIp(2)],
    network: { ...noNetwork, ...network },
  });
  return addressStandings(observed, slotOf(observed.state, 0));
}

describe('addressStandings', () => {
  it('finds an Elastic IP wherever it is, and whosever it is', () => {
    expect(standings([{ elasticIp: allocationId(0xe1) }])).toMatchObject([
      { kind: 'elasticIp', thing: '203.0.113.25', on: instanceId(2), privateIp: privateIp(2) },
    ]);
    expect(standings([{ elasticIp: allocationId(0xe2) }])).toMatchObject([
      { wanted: { elasticIp: allocationId(0xe2) }, thing: undefined, on: undefined },
    ]);
  });

  it("finds the Elastic IP of a pool that is the slot's", () => {
    const tags = { pool: 'web' };
    const other = { allocationId: allocationId(0xe2), publicIp: publicIp(26), tags };
    const observed = anObservation({
      role: aRole({ slots: 2, records: [], addresses: [{ elasticIp: { pool: { tags } } }] }),
      state: heldBy(1),
      instances: [anInstance(1)],
      elasticIps: [anElasticIp(1, { tags }), other],
    });

    const [first] = addressStandings(observed, slotOf(observed.state, 0));
    const [second] = addressStandings(observed, slotOf(observed.state, 1));

    expect(first).toMatchObject({ thing: '203.0.113.25', on: instanceId(1) });
    expect(second).toMatchObject({ thing: '203.0.113.26', on: undefined });
  });

  it('finds private, IPv6 addresses and interfaces by what they are on', () => {
    const interfaces = [
      aNetworkInterface(7, { ...attachedTo(1), privateIps: [privateIp(7), privateIp(50)], ipv6s: [ipv6(5)] }),
      aNetworkInterface(8, attachedTo(2)),
    ];

    expect(
      standings(
        [
          { privateIp: '10.0.1.50' },
          { ipv6: ipv6(5) },
          { networkInterface: networkInterfaceId(8) },
          { privateIp: '10.0.1.51' },
        ],
        { interfaces },
      ),
    ).toMatchObject([
      { kind: 'privateIp', thing: '10.0.1.50', on: instanceId(1) },
      { kind: 'ipv6', thing: ipv6(5), on: instanceId(1) },
      { kind: 'networkInterface', thing: networkInterfaceId(8), on: instanceId(2) },
      { kind: 'privateIp', thing: '10.0.1.51', on: undefined },
    ]);
  });

  it('tells a route table by table, and where each points', () => {
    const route = { cidr: '10.99.0.1/32', networkInterfaceId: networkInterfaceId(1), isBlackhole: false };
    const routeTables = [
      { routeTableId: routeTable, vpcId: vpcId(1), routes: [{ ...route, target: networkInterfaceId(1) }] },
    ];
    const wanted = { route: '10.99.0.1/32', routeTables: [routeTable, 'rtb-0fedcba9876543210'] };

    expect(standings([wanted], { routeTables })).toMatchObject([
      { thing: `10.99.0.1/32 in ${routeTable}`, on: instanceId(1) },
      { thing: undefined, on: undefined },
    ]);
  });

  it('tells whether the holder is registered with a target group', () => {
    const targets = [{ targetGroupArn: targetGroup, instanceId: instanceId(1), port: 80 }];

    expect(standings([{ targetGroup }, { targetGroup, port: 443 }], { targets })).toMatchObject([
      { thing: 'target group web', on: instanceId(1) },
      { thing: 'target group web', on: undefined },
    ]);
  });
});
