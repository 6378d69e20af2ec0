import {
  AssignPrivateIpAddressesCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { routeTableIdSchema, targetGroupArnSchema } from '../../../shared/model/ids.ts';
import { ipv4Cidr, routeTableId, targetGroupArn } from '../../builders/network.ts';
import { instanceId, networkInterfaceId, privateIp, subnetId } from '../../builders/observed.ts';
import type { Ec2Bench } from './ec2-bench.ts';
import { anEc2Bench, anInterface, aPair, aRunningInstance, noNeeds } from './ec2-bench.ts';

/** How often each operation was called since then. */
function callsSince({ cloud }: Ec2Bench, since: number): Readonly<Record<string, number>> {
  const calls = Map.groupBy(cloud.callLog.calls({ since }), ({ operation }) => operation);
  return Object.fromEntries([...calls].map(([operation, its]) => [operation, its.length]));
}

describe('network', () => {
  it('calls nobody for nothing', async () => {
    const bench = await anEc2Bench();
    const { sequence } = bench.cloud.callLog;

    const network = await bench.ec2.network(noNeeds);

    expect(network).toEqual({
      interfaces: [],
      routeTables: [],
      subnets: [],
      limits: {},
      targets: [],
      reverseNames: {},
    });
    expect(callsSince(bench, sequence)).toEqual({});
  });

  it('finds interfaces by id and by address, each once, and is not troubled by what is no more', async () => {
    const { bench, first } = await aPair();
    const free = await anInterface(bench);
    await bench.client.send(
      new AssignPrivateIpAddressesCommand({
        NetworkInterfaceId: first.networkInterfaceId,
        PrivateIpAddresses: [privateIp(50)],
      }),
    );

    const { interfaces } = await bench.ec2.network({
      ...noNeeds,
      networkInterfaceIds: [first.networkInterfaceId, free, networkInterfaceId(7)],
      privateIps: [privateIp(50), privateIp(51)],
    });

    expect(interfaces).toHaveLength(2);
    expect(interfaces).toContainEqual(
      expect.objectContaining({
        networkInterfaceId: first.networkInterfaceId,
        subnetId: bench.subnets.a,
        vpcId: bench.vpcId,
        zone: 'us-east-1a',
        privateIps: [expect.any(String), privateIp(50)],
        attachment: expect.objectContaining({
          instanceId: first.instanceId,
          deviceIndex: 0,
          deletesOnTermination: true,
          status: 'attached',
        }),
      }),
    );
    expect(interfaces.find((each) => each.networkInterfaceId === free)).not.toHaveProperty('attachment');
  });

  it('has the routes of tables, by what they point at, also when that is gone', async () => {
    const { bench, first } = await aPair();
    const { RouteTable } = await bench.client.send(new CreateRouteTableCommand({ VpcId: bench.vpcId }));
    const id = routeTableIdSchema.parse(RouteTable?.RouteTableId);
    await bench.client.send(
      new CreateRouteCommand({
        RouteTableId: id,
        DestinationCidrBlock: '10.99.0.1/32',
        NetworkInterfaceId: first.networkInterfaceId,
      }),
    );
    const needs = { ...noNeeds, routeTableIds: [id, routeTableId(9)] };
    const route = {
      cidr: ipv4Cidr('10.99.0.1/32'),
      networkInterfaceId: first.networkInterfaceId,
      isBlackhole: false,
      target: first.instanceId,
    };

    const before = await bench.ec2.network(needs);
    await bench.client.send(new TerminateInstancesCommand({ InstanceIds: [first.instanceId] }));
    bench.clock.advanceBy(60_000);
    const after = await bench.ec2.network(needs);

    const local = { cidr: ipv4Cidr('10.0.0.0/16'), isBlackhole: false, target: 'local' };
    expect(before.routeTables).toEqual([{ routeTableId: id, vpcId: bench.vpcId, routes: [local, route] }]);
    expect(after.routeTables[0]?.routes[1]).toEqual({
      ...route,
      isBlackhole: true,
      target: first.networkInterfaceId,
    });
  });

  it('has the ranges of subnets', async () => {
    const bench = await anEc2Bench();

    const { subnets } = await bench.ec2.network({ ...noNeeds, subnetIds: [bench.subnets.b, subnetId(9)] });

    expect(subnets).toEqual([
      {
        subnetId: bench.subnets.b,
        zone: 'us-east-1b',
        cidr: '10.0.2.0/24',
        ipv6Cidrs: [expect.stringMatching(/::\/64$/)],
      },
    ]);
  });

  it('asks for the limits of a type once, and again for one that it did not find', async () => {
    const bench = await anEc2Bench();
    const { sequence } = bench.cloud.callLog;
    const needs = { ...noNeeds, instanceTypes: ['t3.medium', 'z9.huge'] };

    const [first] = [await bench.ec2.network(needs), await bench.ec2.network(needs)];
    await bench.ec2.network({ ...noNeeds, instanceTypes: ['t3.medium'] });

    expect(first?.limits).toEqual({
      't3.medium': { interfacesMax: 3, ipv4PerInterfaceMax: 6, ipv6PerInterfaceMax: 6 },
    });
    expect(callsSince(bench, sequence)).toEqual({ DescribeInstanceTypes: 2 });
  });
});

describe('target groups', () => {
  async function withGroup() {
    const { bench, first, second } = await aPair();
    const { TargetGroups } = await bench.elb.send(
      new CreateTargetGroupCommand({ Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: bench.vpcId }),
    );
    const group = targetGroupArnSchema.parse(TargetGroups?.[0]?.TargetGroupArn);
    const change = (id = first.instanceId) => ({
      kind: 'register-target' as const,
      targetGroupArn: group,
      instanceId: id,
    });
    const targets = async () => (await bench.ec2.network({ ...noNeeds, targetGroupArns: [group] })).targets;
    return { bench, first, second, group, change, targets };
  }

  it('get the one, with the port of the group or its own, and lose the other', async () => {
    const { bench, first, second, group, change, targets } = await withGroup();

    await bench.ec2.make(change());
    await bench.ec2.make({ ...change(second.instanceId), port: 8080 });
    const both = await targets();
    await bench.ec2.make({ ...change(), kind: 'deregister-target' });

    const [one, other] = [
      { targetGroupArn: group, instanceId: first.instanceId, port: 80 },
      { targetGroupArn: group, instanceId: second.instanceId, port: 8080 },
    ];
    expect(both).toEqual(expect.arrayContaining([one, other]));
    expect(await targets()).toEqual([other]);
  });

  it('take a registration and a deregistration that is repeated', async () => {
    const { bench, change, targets } = await withGroup();

    for (const kind of [
      'register-target',
      'register-target',
      'deregister-target',
      'deregister-target',
    ] as const) {
      await bench.ec2.make({ ...change(), kind });
    }

    expect(await targets()).toEqual([]);
  });

  it('say that an instance is unfit that they do not take', async () => {
    const { bench, change } = await withGroup();

    await expect(bench.ec2.make(change(instanceId(9)))).rejects.toMatchObject({ code: 'CandidateUnfit' });
  });

  it('that are no more have no targets, and are a permanent failure to whom would register', async () => {
    const { bench, change } = await withGroup();
    const gone = targetGroupArn('gone').replace('eu-west-1:111122223333', 'us-east-1:123456789012');
    const group = targetGroupArnSchema.parse(gone);

    const { targets } = await bench.ec2.network({ ...noNeeds, targetGroupArns: [group] });

    expect(targets).toEqual([]);
    await expect(bench.ec2.make({ ...change(), targetGroupArn: group })).rejects.toMatchObject({
      code: 'TargetGroupNotFoundException',
      disposition: 'permanent',
    });
  });
});

describe('instances', () => {
  it('come with their interfaces, their place and what tells who they are', async () => {
    const bench = await anEc2Bench();
    const { instanceId: id, networkInterfaceId: interfaceId } = await aRunningInstance(bench);

    const [instance] = await bench.ec2.instancesById([id]);

    expect(instance).toMatchObject({
      vpcId: bench.vpcId,
      subnetId: bench.subnets.a,
      zone: 'us-east-1a',
      instanceType: 't3.medium',
      imageId: 'ami-0123456789abcdef0',
      accountId: bench.cloud.surroundings.accountId,
      attachments: [
        {
          networkInterfaceId: interfaceId,
          deviceIndex: 0,
          subnetId: bench.subnets.a,
          checksSourceDest: true,
        },
      ],
      securityGroupIds: [expect.stringMatching(/^sg-/)],
    });
  });

  it('have status checks while they run, and those that are no more do not hide them', async () => {
    const { bench, first, second } = await aPair();
    bench.clock.advanceBy(60_000);
    bench.cloud.rooms.ec2.failStatusCheck(second.instanceId, 'system');
    const young = await aRunningInstance(bench);

    const checks = await bench.ec2.statusChecks([
      first.instanceId,
      second.instanceId,
      instanceId(9),
      young.instanceId,
    ]);

    expect(checks).toEqual({
      [first.instanceId]: 'ok',
      [second.instanceId]: 'impaired',
      [young.instanceId]: 'initializing',
    });
  });
});
