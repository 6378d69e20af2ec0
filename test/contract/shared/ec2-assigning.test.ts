import {
  AssignIpv6AddressesCommand,
  AssociateAddressCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import type { InstanceId, NetworkInterfaceId } from '../../../shared/model/ids.ts';
import { ipv6Schema } from '../../../shared/model/ids.ts';
import { privateIp } from '../../builders/observed.ts';
import type { Ec2Bench } from './ec2-bench.ts';
import { anEc2Bench, anElasticIp, aPair, aRunningInstance, described, noNeeds } from './ec2-bench.ts';

describe('assign-private-ip', () => {
  const change = (
    to: { instanceId: InstanceId; networkInterfaceId: NetworkInterfaceId },
    allowed: boolean,
  ) => ({
    kind: 'assign-private-ip' as const,
    privateIp: privateIp(50),
    ...to,
    allowReassignment: allowed,
  });
  const isOn = async (bench: Ec2Bench, { networkInterfaceId }: { networkInterfaceId: NetworkInterfaceId }) =>
    (await described(bench, networkInterfaceId)).PrivateIpAddresses?.some(
      ({ PrivateIpAddress }) => PrivateIpAddress === privateIp(50),
    );

  it('moves the address, and the Elastic IP that is on it', async () => {
    const { bench, first, second } = await aPair();
    const allocationId = await anElasticIp(bench);
    await bench.ec2.make(change(first, false));
    await bench.client.send(
      new AssociateAddressCommand({
        AllocationId: allocationId,
        NetworkInterfaceId: first.networkInterfaceId,
        PrivateIpAddress: privateIp(50),
      }),
    );

    await bench.ec2.make(change(second, true));

    expect([await isOn(bench, first), await isOn(bench, second)]).toEqual([false, true]);
    expect(await bench.ec2.elasticIps()).toMatchObject([{ association: second }]);
  });

  it('does not take it from anybody unasked', async () => {
    const { bench, first, second } = await aPair();
    await bench.ec2.make(change(first, false));

    const failing = bench.ec2.make(change(second, false));

    await expect(failing).rejects.toMatchObject({
      code: 'Resource.AlreadyAssigned',
      disposition: 'conflict',
    });
  });

  it('is done only when it is seen, which the virtual time tells', async () => {
    const { bench, first } = await aPair();
    bench.cloud.setLag({ describeMs: 5_000 });

    await bench.ec2.make(change(first, false));

    expect(await isOn(bench, first)).toBe(true);
  });

  it('gives up after 20 seconds, and is worth another try', async () => {
    const { bench, first } = await aPair();
    bench.cloud.setLag({ describeMs: 10_000_000 });
    const startMs = bench.clock.now();

    const failing = bench.ec2.make(change(first, false));

    await expect(failing).rejects.toMatchObject({ code: 'NotInEffectYet', disposition: 'retryable' });
    expect(bench.clock.now() - startMs).toBe(20_000);
  });

  it.each([
    ['is in another subnet', 'b', 't3.medium'],
    ['takes no more', 'a', 't3.nano'],
  ] as const)('says that an instance is unfit that %s', async (_, subnet, type) => {
    const bench = await anEc2Bench();
    const unfit = await aRunningInstance(bench, { subnet: bench.subnets[subnet], type });
    if (type === 't3.nano') await bench.ec2.make({ ...change(unfit, false), privateIp: privateIp(51) });

    await expect(bench.ec2.make(change(unfit, false))).rejects.toMatchObject({
      code: 'CandidateUnfit',
      disposition: 'permanent',
    });
  });
});

describe('assign-ipv6', () => {
  async function withIpv6() {
    const { bench, first, second } = await aPair();
    const { subnets } = await bench.ec2.network({ ...noNeeds, subnetIds: [bench.subnets.a] });
    const ipv6 = ipv6Schema.parse(subnets[0]?.ipv6Cidrs[0]?.replace('::/64', '::50'));
    return { bench, first, second, ipv6, change: { kind: 'assign-ipv6' as const, ipv6, ...second } };
  }

  it('takes the address from where it was seen', async () => {
    const { bench, first, change, ipv6 } = await withIpv6();
    await bench.ec2.make({ ...change, ...first });

    await bench.ec2.make({ ...change, from: first.networkInterfaceId });

    expect((await described(bench, first.networkInterfaceId)).Ipv6Addresses).toEqual([]);
    expect((await described(bench, change.networkInterfaceId)).Ipv6Addresses).toMatchObject([
      { Ipv6Address: ipv6 },
    ]);
  });

  it('is not given any more when its time is over between the two calls', async () => {
    const { bench, first, change } = await withIpv6();
    await bench.ec2.make({ ...change, ...first });
    const tooLate = () => {
      throw new Error('too late');
    };

    const failing = bench.ec2.make({ ...change, from: first.networkInterfaceId }, tooLate);

    await expect(failing).rejects.toThrow('too late');
    expect((await described(bench, first.networkInterfaceId)).Ipv6Addresses).toEqual([]);
    expect((await described(bench, change.networkInterfaceId)).Ipv6Addresses).toEqual([]);
  });

  it('goes on where an earlier try had unassigned it', async () => {
    const { bench, first, change, ipv6 } = await withIpv6();

    await bench.ec2.make({ ...change, from: first.networkInterfaceId });

    expect((await described(bench, change.networkInterfaceId)).Ipv6Addresses).toMatchObject([
      { Ipv6Address: ipv6 },
    ]);
  });

  it('goes on when the interface that had it is no more', async () => {
    const { bench, first, change } = await withIpv6();
    await bench.client.send(new TerminateInstancesCommand({ InstanceIds: [first.instanceId] }));
    bench.clock.advanceBy(60_000);

    await bench.ec2.make({ ...change, from: first.networkInterfaceId });

    expect((await described(bench, change.networkInterfaceId)).Ipv6Addresses).toHaveLength(1);
  });

  it('does not take it from anybody else', async () => {
    const { bench, first, change, ipv6 } = await withIpv6();
    await bench.client.send(
      new AssignIpv6AddressesCommand({
        NetworkInterfaceId: first.networkInterfaceId,
        Ipv6Addresses: [ipv6],
      }),
    );

    const failing = bench.ec2.make(change);

    await expect(failing).rejects.toMatchObject({ code: 'InvalidIPAddress.InUse', disposition: 'conflict' });
  });
});
