import { describe, expect, it } from 'vitest';
import type { AssociateAddress } from '../../../shared/model/change.ts';
import { normalizeDnsName } from '../../../shared/model/dns-name.ts';
import {
  aNetwork,
  aNetworkInterface,
  aRouteTable,
  ipv4Cidr,
  routeTableId,
  someNetworkNeeds,
  targetGroupArn,
} from '../../builders/network.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  instanceId,
  ipv6,
  networkInterfaceId,
  privateIp,
  publicIp,
} from '../../builders/observed.ts';
import { MemoryEc2 } from '../../fakes/memory-ec2.ts';
import { carrierIn } from '../../fakes/memory-ec2-world.ts';
import { Script } from '../../fakes/script.ts';

const change: AssociateAddress = {
  kind: 'associate-address',
  allocationId: allocationId(0xe1),
  publicIp: publicIp(25),
  networkInterfaceId: networkInterfaceId(1),
  privateIp: privateIp(1),
  instanceId: instanceId(1),
  allowReassociation: false,
};

function aWorld(on?: number): MemoryEc2 {
  const ec2 = new MemoryEc2(new Script());
  ec2.put(anInstance(1), anInstance(2));
  ec2.putElasticIp(anElasticIp(on));
  return ec2;
}

describe('the fake of EC2', () => {
  it('associates a free address, under a new id', async () => {
    const ec2 = aWorld();

    const written = await ec2.make(change);

    const [elasticIp] = await ec2.elasticIps();
    expect(elasticIp?.association).toEqual({
      associationId: written?.associationId,
      networkInterfaceId: networkInterfaceId(1),
      privateIp: privateIp(1),
      instanceId: instanceId(1),
    });
  });

  it('moves an address only with leave to reassociate', async () => {
    const ec2 = aWorld(2);

    await expect(ec2.make(change)).rejects.toMatchObject({ code: 'Resource.AlreadyAssociated' });
    await ec2.make({ ...change, allowReassociation: true });

    expect(ec2.carrierOf(allocationId(0xe1))).toBe(instanceId(1));
  });

  it('evicts the Elastic IP that the private address carried', async () => {
    const ec2 = aWorld();
    ec2.putElasticIp(anElasticIp(1, { allocationId: allocationId(0xe2) }));

    await ec2.make(change);

    expect(ec2.carrierOf(allocationId(0xe2))).toBeUndefined();
  });

  it('frees the address of an instance that ends, and has no place for one there', async () => {
    const ec2 = aWorld(1);

    ec2.terminate(instanceId(1));

    expect(ec2.carrierOf(allocationId(0xe1))).toBeUndefined();
    await expect(ec2.make(change)).rejects.toMatchObject({ disposition: 'conflict' });
  });

  it('does not know an address that is not there', async () => {
    const ec2 = new MemoryEc2(new Script());

    await expect(ec2.make(change)).rejects.toMatchObject({ code: 'InvalidAllocationID.NotFound' });
  });

  it('finds instances by a name in their tag, by id, and their tags', async () => {
    const ec2 = aWorld();
    ec2.put(anInstance(3, { tags: {} }));

    const tagged = await ec2.instancesTagged(['db' as never]);
    const byId = await ec2.instancesById([instanceId(3), instanceId(9)]);
    const tags = await ec2.roleTags([instanceId(1), instanceId(3)]);

    expect(tagged.map((each) => each.instanceId)).toEqual([instanceId(1), instanceId(2)]);
    expect(byId.map((each) => each.instanceId)).toEqual([instanceId(3)]);
    expect(tags).toEqual(new Map([[instanceId(1), 'db']]));
  });
});

describe('the fake of the network', () => {
  const needs = someNetworkNeeds();
  const assign = (number: number, allowReassignment: boolean) => ({
    kind: 'assign-private-ip' as const,
    privateIp: privateIp(50),
    networkInterfaceId: networkInterfaceId(number),
    instanceId: instanceId(number),
    allowReassignment,
  });
  const attach = (number: number) => ({
    kind: 'attach-network-interface' as const,
    networkInterfaceId: networkInterfaceId(7),
    instanceId: instanceId(number),
    deviceIndex: 1,
  });

  function aNetworkedWorld(): MemoryEc2 {
    const ec2 = aWorld();
    ec2.putNetwork(
      aNetwork({ interfaces: [aNetworkInterface(7)], routeTables: [aRouteTable(1), aRouteTable(2)] }),
    );
    return ec2;
  }

  it('tells what was asked for, and of nothing else', async () => {
    const ec2 = aNetworkedWorld();

    const network = await ec2.network(needs);

    expect(network.interfaces.map((each) => each.networkInterfaceId)).toEqual([networkInterfaceId(7)]);
    expect([network.routeTables.length, network.subnets.length]).toEqual([1, 1]);
    expect(network.reverseNames).toEqual({ [allocationId(0xe1)]: '' });
  });

  it('moves a private address with leave only, and its Elastic IP with it', async () => {
    const ec2 = aNetworkedWorld();
    await ec2.make(assign(1, false));
    await ec2.make({ ...change, privateIp: privateIp(50) });

    await expect(ec2.make(assign(2, false))).rejects.toMatchObject({ code: 'Resource.AlreadyAssigned' });
    await ec2.make(assign(2, true));

    expect(carrierIn(ec2.world, privateIp(50))).toBe(networkInterfaceId(2));
    expect(ec2.carrierOf(allocationId(0xe1))).toBe(instanceId(2));
  });

  it('moves an interface with all that is on it, and keeps it when its instance ends', async () => {
    const ec2 = aNetworkedWorld();
    await ec2.make(attach(1));
    await ec2.make({ ...change, networkInterfaceId: networkInterfaceId(7), privateIp: privateIp(7) });

    await expect(ec2.make(attach(2))).rejects.toMatchObject({ code: 'InvalidNetworkInterface.InUse' });
    ec2.terminate(instanceId(1));
    await ec2.make(attach(2));

    expect(ec2.carrierOf(allocationId(0xe1))).toBe(instanceId(2));
    expect((await ec2.instancesById([instanceId(2)]))[0]?.privateIps).toHaveLength(2);
  });

  it('moves an IPv6 address from where it is only', async () => {
    const ec2 = aNetworkedWorld();
    const assignIpv6 = { ...assign(1, false), kind: 'assign-ipv6' as const, ipv6: ipv6(0x50) };
    await ec2.make(assignIpv6);
    const next = { ...assignIpv6, networkInterfaceId: networkInterfaceId(2), instanceId: instanceId(2) };

    await expect(ec2.make(next)).rejects.toMatchObject({ code: 'InvalidIPAddress.InUse' });
    await ec2.make({ ...next, from: networkInterfaceId(1) });

    expect(carrierIn(ec2.world, ipv6(0x50))).toBe(networkInterfaceId(2));
  });

  it('keeps routes, targets, reverse names and checks', async () => {
    const ec2 = aNetworkedWorld();
    const cidr = ipv4Cidr('10.99.0.1/32');
    const target = { targetGroupArn: targetGroupArn('web'), instanceId: instanceId(1) };
    const name = normalizeDnsName('mail.example.com');

    await ec2.make({
      ...assign(1, false),
      kind: 'replace-route',
      routeTableId: routeTableId(1),
      cidr,
      exists: false,
    });
    await ec2.make({ kind: 'register-target', ...target });
    await ec2.make({
      kind: 'set-reverse-name',
      allocationId: allocationId(0xe1),
      publicIp: publicIp(25),
      name,
    });
    await ec2.make({ ...assign(1, false), kind: 'disable-source-dest-check' });
    const network = await ec2.network(needs);
    await ec2.make({ kind: 'deregister-target', ...target });

    expect(network.routeTables[0]?.routes).toContainEqual(
      expect.objectContaining({ cidr, networkInterfaceId: networkInterfaceId(1) }),
    );
    expect(network.targets).toEqual([{ ...target, port: 80 }]);
    expect(network.reverseNames).toEqual({ [allocationId(0xe1)]: name });
    expect(ec2.world.instances[0]?.attachments[0]?.checksSourceDest).toBe(false);
    expect((await ec2.network(needs)).targets).toEqual([]);
  });
});
