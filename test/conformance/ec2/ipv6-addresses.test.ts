import {
  AssignIpv6AddressesCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeVpcsCommand,
  UnassignIpv6AddressesCommand,
} from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import type { Target } from '../target.ts';
import { aNetwork, anInterface, describedInterface, ec2Page, present, refusal } from './ec2-world.ts';

async function aDualStackSubnet(target: Target): Promise<{ subnetId: string; prefix: string }> {
  const { ec2 } = target.clients;
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true }),
  );
  const VpcId = present(Vpc?.VpcId);
  const block = await target.eventually(async () => {
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
    const association = Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0];
    expect(association?.Ipv6CidrBlockState?.State).toBe('associated');
    return present(association?.Ipv6CidrBlock);
  });
  const prefix = block.replace(/::\/56$/, '');
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24', Ipv6CidrBlock: `${prefix}::/64` }),
  );
  return { subnetId: present(Subnet?.SubnetId), prefix };
}

async function ipv6Of(target: Target, eni: string): Promise<(string | undefined)[]> {
  const { Ipv6Addresses } = await describedInterface(target, eni);
  return Ipv6Addresses?.map(({ Ipv6Address }) => Ipv6Address) ?? [];
}

conformanceCase(
  'an IPv6 address cannot be reassigned: it must be unassigned first',
  { source: ec2Page('AssignIpv6Addresses'), divergences: { moto: 'reassigns it' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetId, prefix } = await aDualStackSubnet(target);
    const [from, to] = [await anInterface(target, subnetId), await anInterface(target, subnetId)];
    const Ipv6Addresses = [`${prefix}::beef`];
    const assignTo = (NetworkInterfaceId: string) =>
      ec2.send(new AssignIpv6AddressesCommand({ NetworkInterfaceId, Ipv6Addresses }));

    await assignTo(from);
    const refused = await refusal(assignTo(to));
    await ec2.send(new UnassignIpv6AddressesCommand({ NetworkInterfaceId: from, Ipv6Addresses }));
    const assigned = await assignTo(to);

    expect(refused.status).toBe(400);
    expect(assigned.AssignedIpv6Addresses).toEqual(Ipv6Addresses);
    expect(await ipv6Of(target, from)).toEqual([]);
    expect(await ipv6Of(target, to)).toEqual(Ipv6Addresses);
  },
);

conformanceCase(
  'by count, EC2 picks addresses of the subnet; other addresses are refused',
  { source: ec2Page('AssignIpv6Addresses'), divergences: { moto: 'takes any address' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetId, prefix } = await aDualStackSubnet(target);
    const eni = await anInterface(target, subnetId);

    const { AssignedIpv6Addresses } = await ec2.send(
      new AssignIpv6AddressesCommand({ NetworkInterfaceId: eni, Ipv6AddressCount: 2 }),
    );
    const refused = await refusal(
      ec2.send(
        new AssignIpv6AddressesCommand({ NetworkInterfaceId: eni, Ipv6Addresses: ['2001:db8:ffff:ffff::1'] }),
      ),
    );

    expect(AssignedIpv6Addresses).toHaveLength(2);
    expect(AssignedIpv6Addresses?.every((address) => address.startsWith(prefix.replace(/0+$/, '')))).toBe(
      true,
    );
    expect(await ipv6Of(target, eni)).toEqual(AssignedIpv6Addresses);
    expect(refused).toMatchObject({ code: 'InvalidParameterValue', status: 400 });
  },
);

conformanceCase(
  'a subnet without an IPv6 block gives no IPv6 addresses',
  { source: ec2Page('AssignIpv6Addresses'), divergences: { moto: 'fails with an internal error' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const eni = await anInterface(target, subnetIds[0]);

    const refused = await refusal(
      target.clients.ec2.send(
        new AssignIpv6AddressesCommand({ NetworkInterfaceId: eni, Ipv6AddressCount: 1 }),
      ),
    );

    expect(refused).toMatchObject({ code: 'InvalidParameterValue', status: 400 });
  },
);
