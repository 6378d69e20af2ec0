import {
  AssignPrivateIpAddressesCommand,
  AssociateAddressCommand,
  DescribeSubnetsCommand,
  UnassignPrivateIpAddressesCommand,
} from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import type { Target } from '../target.ts';
import {
  aNetwork,
  anElasticIp,
  anInterface,
  describedAddress,
  describedInterface,
  ec2Page,
  present,
  primaryInterfaceId,
  privateIpsOf,
  refusal,
  running,
} from './ec2-world.ts';

const assignPage = ec2Page('AssignPrivateIpAddresses');
const guidePage = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-secondary-ip-addresses.html';

function assign(
  { clients: { ec2 } }: Target,
  NetworkInterfaceId: string,
  PrivateIpAddresses: string[],
  AllowReassignment?: boolean,
) {
  return ec2.send(
    new AssignPrivateIpAddressesCommand({
      NetworkInterfaceId,
      PrivateIpAddresses,
      ...(AllowReassignment !== undefined && { AllowReassignment }),
    }),
  );
}

async function privateIps(target: Target, networkInterfaceId: string): Promise<string[]> {
  return privateIpsOf(await describedInterface(target, networkInterfaceId));
}

conformanceCase(
  'free addresses are assigned behind the primary one, and only they are answered',
  { source: assignPage, divergences: { moto: 'answers all addresses of the interface' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const eni = await anInterface(target, subnetIds[0], { PrivateIpAddress: '10.0.0.10' });

    const { AssignedPrivateIpAddresses } = await assign(target, eni, ['10.0.0.50', '10.0.0.51']);

    expect(AssignedPrivateIpAddresses?.map(({ PrivateIpAddress }) => PrivateIpAddress)).toEqual([
      '10.0.0.50',
      '10.0.0.51',
    ]);
    expect(await privateIps(target, eni)).toEqual(['10.0.0.10', '10.0.0.50', '10.0.0.51']);
  },
);

conformanceCase(
  'by count, EC2 picks free addresses of the subnet',
  { source: assignPage },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const eni = await anInterface(target, subnetIds[0]);

    await target.clients.ec2.send(
      new AssignPrivateIpAddressesCommand({ NetworkInterfaceId: eni, SecondaryPrivateIpAddressCount: 3 }),
    );

    const addresses = await privateIps(target, eni);
    expect(new Set(addresses).size).toBe(4);
    expect(addresses.every((address) => address.startsWith('10.0.0.'))).toBe(true);
  },
);

conformanceCase(
  'an address of another interface is refused without AllowReassignment',
  { source: assignPage, divergences: { moto: 'puts the address on both interfaces' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const [holder, other] = [
      await anInterface(target, subnetIds[0]),
      await anInterface(target, subnetIds[0]),
    ];
    await assign(target, holder, ['10.0.0.50']);

    const refused = await refusal(assign(target, other, ['10.0.0.51', '10.0.0.50']));

    expect(refused).toEqual({
      code: 'InvalidParameterValue',
      message: '[10.0.0.50] assigned, but move is not allowed.',
      status: 400,
    });
    expect(await privateIps(target, holder)).toContain('10.0.0.50');
    expect(await privateIps(target, other)).toHaveLength(1);
  },
);

conformanceCase(
  'with AllowReassignment an address moves and its Elastic IP with it',
  { source: guidePage, divergences: { moto: 'the address stays on both, the Elastic IP on the first' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const [from, to] = [await anInterface(target, subnetIds[0]), await anInterface(target, subnetIds[0])];
    await assign(target, from, ['10.0.0.50']);
    const { allocationId, publicIp } = await anElasticIp(target);
    await target.clients.ec2.send(
      new AssociateAddressCommand({
        AllocationId: allocationId,
        NetworkInterfaceId: from,
        PrivateIpAddress: '10.0.0.50',
      }),
    );

    await assign(target, to, ['10.0.0.50'], true);

    await target.eventually(async () => {
      expect(await privateIps(target, from)).not.toContain('10.0.0.50');
      const { PrivateIpAddresses } = await describedInterface(target, to);
      const moved = PrivateIpAddresses?.find(({ PrivateIpAddress }) => PrivateIpAddress === '10.0.0.50');
      expect(moved).toMatchObject({ Primary: false, Association: { PublicIp: publicIp } });
    });
    expect(await describedAddress(target, allocationId)).toMatchObject({
      NetworkInterfaceId: to,
      PrivateIpAddress: '10.0.0.50',
    });
  },
);

conformanceCase(
  'a primary address never moves',
  { source: guidePage, divergences: { moto: 'takes any address' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const holder = await anInterface(target, subnetIds[0], { PrivateIpAddress: '10.0.0.10' });
    const other = await anInterface(target, subnetIds[0]);

    const refused = await refusal(assign(target, other, ['10.0.0.10'], true));

    expect(refused).toMatchObject({ code: 'InvalidParameterValue', status: 400 });
    expect(await privateIps(target, holder)).toEqual(['10.0.0.10']);
  },
);

conformanceCase(
  'an address must be in the subnet of the interface, and none that AWS reserves',
  {
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
    divergences: { moto: 'takes any address' },
  },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const eni = await anInterface(target, subnetIds[0]);

    const codes = await Promise.all(
      ['10.0.1.50', '10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.255', '10.0.0.256'].map(
        async (address) => (await refusal(assign(target, eni, [address]))).code,
      ),
    );

    expect(new Set(codes)).toEqual(new Set(['InvalidParameterValue']));
    expect(await privateIps(target, eni)).toHaveLength(1);
  },
);

conformanceCase(
  'the instance type limits the addresses of an interface: all or none are assigned',
  {
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html',
    divergences: { moto: 'has no limit' },
  },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const eni = primaryInterfaceId(
      await running(target, { SubnetId: subnetIds[0], InstanceType: 't3.small' }),
    );
    await assign(target, eni, ['10.0.0.50', '10.0.0.51']);

    const refused = await refusal(assign(target, eni, ['10.0.0.52', '10.0.0.53']));
    await assign(target, eni, ['10.0.0.52']);

    expect(refused).toMatchObject({ code: 'PrivateIpAddressLimitExceeded', status: 400 });
    expect(await privateIps(target, eni)).toHaveLength(4);
  },
);

conformanceCase(
  'assigning again what the interface has changes nothing',
  { source: assignPage },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const eni = await anInterface(target, subnetIds[0], { PrivateIpAddress: '10.0.0.10' });
    await assign(target, eni, ['10.0.0.50'], true);

    await assign(target, eni, ['10.0.0.50'], true);

    expect(await privateIps(target, eni)).toEqual(['10.0.0.10', '10.0.0.50']);
  },
);

conformanceCase(
  'an unassigned address is free again and its Elastic IP disassociated',
  { source: ec2Page('UnassignPrivateIpAddresses'), divergences: { moto: 'the Elastic IP stays' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const freeCount = async (): Promise<number> => {
      const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnetIds[0]] }));
      return present(Subnets?.[0]?.AvailableIpAddressCount);
    };
    const [eni, other] = [await anInterface(target, subnetIds[0]), await anInterface(target, subnetIds[0])];
    const before = await freeCount();
    await assign(target, eni, ['10.0.0.50']);
    const { allocationId } = await anElasticIp(target);
    await ec2.send(
      new AssociateAddressCommand({
        AllocationId: allocationId,
        NetworkInterfaceId: eni,
        PrivateIpAddress: '10.0.0.50',
      }),
    );

    await ec2.send(
      new UnassignPrivateIpAddressesCommand({ NetworkInterfaceId: eni, PrivateIpAddresses: ['10.0.0.50'] }),
    );

    expect(await freeCount()).toBe(before);
    expect((await describedAddress(target, allocationId)).AssociationId).toBeUndefined();
    await assign(target, other, ['10.0.0.50']);
    expect(await privateIps(target, other)).toContain('10.0.0.50');
  },
);

conformanceCase(
  'an address that is not assigned, or is the primary one, cannot be unassigned',
  { source: ec2Page('UnassignPrivateIpAddresses'), divergences: { moto: 'accepts both' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const eni = await anInterface(target, subnetIds[0], { PrivateIpAddress: '10.0.0.10' });
    const unassign = (address: string) =>
      ec2.send(
        new UnassignPrivateIpAddressesCommand({ NetworkInterfaceId: eni, PrivateIpAddresses: [address] }),
      );

    const [foreign, primary] = [await refusal(unassign('10.0.0.50')), await refusal(unassign('10.0.0.10'))];

    expect(foreign).toEqual({
      code: 'InvalidParameterValue',
      message: `Some of the specified addresses are not assigned to interface ${eni}`,
      status: 400,
    });
    expect(primary.code).toBe('InvalidParameterValue');
    expect(await privateIps(target, eni)).toEqual(['10.0.0.10']);
  },
);
