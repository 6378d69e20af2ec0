import {
  CreateRouteTableCommand,
  DescribeAddressesAttributeCommand,
  DescribeRouteTablesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../shared/model/dns-name.ts';
import { routeTableIdSchema } from '../../../shared/model/ids.ts';
import { ipv4Cidr } from '../../builders/network.ts';
import { privateIp, publicIp } from '../../builders/observed.ts';
import type { Ec2Bench } from './ec2-bench.ts';
import { anEc2Bench, anElasticIp, aPair, aRunningInstance, described, noNeeds } from './ec2-bench.ts';

describe('replace-route', () => {
  async function withTable() {
    const { bench, first, second } = await aPair();
    const { RouteTable } = await bench.client.send(new CreateRouteTableCommand({ VpcId: bench.vpcId }));
    const routeTableId = routeTableIdSchema.parse(RouteTable?.RouteTableId);
    const cidr = ipv4Cidr('10.99.0.1/32');
    const change = { kind: 'replace-route' as const, routeTableId, cidr, ...first, exists: false };
    const targets = async () => {
      const { RouteTables = [] } = await bench.client.send(
        new DescribeRouteTablesCommand({ RouteTableIds: [routeTableId] }),
      );
      const routes = RouteTables[0]?.Routes?.filter((each) => each.DestinationCidrBlock === cidr) ?? [];
      return routes.map(({ NetworkInterfaceId }) => NetworkInterfaceId);
    };
    return { bench, first, second, change, targets };
  }

  it('creates a route and replaces it', async () => {
    const { bench, first, second, change, targets } = await withTable();

    await bench.ec2.make(change);
    const created = await targets();
    await bench.ec2.make({ ...change, ...second, exists: true });

    expect([created, await targets()]).toEqual([[first.networkInterfaceId], [second.networkInterfaceId]]);
  });

  it('creates one that was there and is gone', async () => {
    const { bench, first, change, targets } = await withTable();

    await bench.ec2.make({ ...change, exists: true });

    expect(await targets()).toEqual([first.networkInterfaceId]);
  });

  it('leaves one alone that somebody made meanwhile', async () => {
    const { bench, first, second, change, targets } = await withTable();
    await bench.ec2.make(change);

    await expect(bench.ec2.make({ ...change, ...second })).rejects.toMatchObject({
      code: 'RouteAlreadyExists',
      disposition: 'conflict',
    });
    expect(await targets()).toEqual([first.networkInterfaceId]);
  });

  it('comes with an interface that forwards', async () => {
    const { bench, first } = await withTable();

    await bench.ec2.make({ kind: 'disable-source-dest-check', ...first });

    expect((await described(bench, first.networkInterfaceId)).SourceDestCheck).toBe(false);
  });
});

describe('associate-address', () => {
  it('answers with the association, and says that an instance behind no gateway is unfit', async () => {
    const { bench, first } = await aPair();
    const closed = await anEc2Bench({ hasGateway: false });
    const inside = await aRunningInstance(closed);
    const change = async (at: Ec2Bench, to: typeof first) => ({
      kind: 'associate-address' as const,
      allocationId: await anElasticIp(at),
      publicIp: publicIp(1),
      ...to,
      privateIp: (await at.ec2.instancesById([to.instanceId]))[0]?.privateIps[0]?.privateIp ?? privateIp(1),
      allowReassociation: false,
    });

    const written = await bench.ec2.make(await change(bench, first));
    const failing = closed.ec2.make(await change(closed, inside));

    expect(written).toMatchObject({ networkInterfaceId: first.networkInterfaceId });
    await expect(failing).rejects.toMatchObject({ code: 'CandidateUnfit' });
  });
});

describe('set-reverse-name', () => {
  it('is read back while it is pending and once it is set', async () => {
    const bench = await anEc2Bench();
    const allocationId = await anElasticIp(bench);
    const name = normalizeDnsName('mail.example.com');
    const needs = { ...noNeeds, reverseNamesOf: [allocationId] };

    const before = await bench.ec2.network(needs);
    await bench.ec2.make({ kind: 'set-reverse-name', allocationId, publicIp: publicIp(1), name });
    const pending = await bench.ec2.network(needs);
    bench.clock.advanceBy(60_000);
    const after = await bench.ec2.network(needs);

    expect(before.reverseNames).toEqual({ [allocationId]: '' });
    expect([pending, after].map(({ reverseNames }) => reverseNames[allocationId])).toEqual([name, name]);
    const { Addresses } = await bench.client.send(
      new DescribeAddressesAttributeCommand({ AllocationIds: [allocationId], Attribute: 'domain-name' }),
    );
    expect(Addresses).toMatchObject([{ PtrRecord: 'mail.example.com.' }]);
  });
});
