import {
  AssociateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  type VpcAttributeName,
} from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import type { Target } from '../target.ts';
import { aNetwork, anElasticIp, described, ec2Page, present, refusal, running } from './ec2-world.ts';

const dnsPage = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html';

async function attribute({ clients: { ec2 } }: Target, VpcId: string, Attribute: VpcAttributeName) {
  const { EnableDnsHostnames, EnableDnsSupport } = await ec2.send(
    new DescribeVpcAttributeCommand({ VpcId, Attribute }),
  );
  return (EnableDnsHostnames ?? EnableDnsSupport)?.Value;
}

conformanceCase(
  'a new VPC has DNS support but no DNS host names; the default VPC has both',
  { source: dnsPage },
  async (target) => {
    const { vpcId } = await aNetwork(target);
    const { Vpcs } = await target.clients.ec2.send(
      new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }),
    );
    const defaultVpcId = present(Vpcs?.[0]?.VpcId);

    expect(await attribute(target, vpcId, 'enableDnsSupport')).toBe(true);
    expect(await attribute(target, vpcId, 'enableDnsHostnames')).toBe(false);
    expect(await attribute(target, defaultVpcId, 'enableDnsSupport')).toBe(true);
    expect(await attribute(target, defaultVpcId, 'enableDnsHostnames')).toBe(true);
  },
);

conformanceCase(
  'public DNS names show only with DNS host names, and are empty otherwise',
  { source: dnsPage, divergences: { moto: 'names are always there' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { vpcId, subnetIds } = await aNetwork(target);
    const { InstanceId } = await running(target, { SubnetId: subnetIds[0] });
    const { allocationId, publicIp } = await anElasticIp(target);
    await ec2.send(new AssociateAddressCommand({ AllocationId: allocationId, InstanceId }));
    const without = await described(target, present(InstanceId));

    await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpcId, EnableDnsHostnames: { Value: true } }));

    expect(without.PublicDnsName).toBe('');
    await target.eventually(async () => {
      const { PublicDnsName } = await described(target, present(InstanceId));
      expect(PublicDnsName).toContain(`ec2-${publicIp.replaceAll('.', '-')}.`);
    });
  },
);

conformanceCase(
  'a subnet lies inside its VPC, overlaps no other, and lacks the five reserved addresses',
  {
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
    divergences: { moto: 'takes blocks smaller than /28' },
  },
  async (target) => {
    const { ec2 } = target.clients;
    const { vpcId: VpcId } = await aNetwork(target);
    const create = (CidrBlock: string) => ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }));

    const small = await create('10.0.9.0/28');
    const codes = [
      (await refusal(create('10.1.0.0/24'))).code,
      (await refusal(create('10.0.0.128/25'))).code,
      (await refusal(create('10.0.10.0/29'))).code,
    ];

    expect(small.Subnet?.AvailableIpAddressCount).toBe(11);
    expect(codes).toEqual(['InvalidSubnet.Range', 'InvalidSubnet.Conflict', 'InvalidSubnet.Range']);
  },
);

conformanceCase(
  'a VPC is between /16 and /28 and has one gateway; a gateway has one VPC',
  { source: ec2Page('AttachInternetGateway'), divergences: { moto: 'attaches gateways freely' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { vpcId } = await aNetwork(target);
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    const InternetGatewayId = present(InternetGateway?.InternetGatewayId);
    const attach = (VpcId: string | undefined) =>
      ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));

    const occupied = await refusal(attach(vpcId));
    await attach(Vpc?.VpcId);
    const attached = await refusal(attach(Vpc?.VpcId));
    const tooLarge = await refusal(ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/15' })));

    expect(occupied.code).toBe('InvalidParameterValue');
    expect(attached.code).toBe('Resource.AlreadyAssociated');
    expect(tooLarge.code).toBe('InvalidVpc.Range');
  },
);

conformanceCase(
  'instances of a subnet that maps public IPs get one, others do not',
  { source: ec2Page('ModifySubnetAttribute') },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    await ec2.send(
      new ModifySubnetAttributeCommand({ SubnetId: subnetIds[0], MapPublicIpOnLaunch: { Value: true } }),
    );

    const mapped = await running(target, { SubnetId: subnetIds[0] });
    const unmapped = await running(target, { SubnetId: subnetIds[1] });

    expect(mapped.PublicIpAddress).toBeDefined();
    expect(unmapped.PublicIpAddress).toBeUndefined();
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnetIds[0]] }));
    expect(Subnets?.[0]).toMatchObject({ MapPublicIpOnLaunch: true, AvailableIpAddressCount: 250 });
  },
);

conformanceCase(
  'every VPC has a default security group; names are unique within it',
  { source: ec2Page('CreateSecurityGroup') },
  async (target) => {
    const { ec2 } = target.clients;
    const { vpcId: VpcId } = await aNetwork(target);
    const create = () =>
      ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName: 'db', Description: 'databases' }));

    const { GroupId } = await create();
    const refused = await refusal(create());

    expect(refused).toMatchObject({ code: 'InvalidGroup.Duplicate', status: 400 });
    const { SecurityGroups } = await ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }),
    );
    expect(SecurityGroups?.map(({ GroupName }) => GroupName).toSorted()).toEqual(['db', 'default']);
    expect(SecurityGroups?.find((group) => group.GroupId === GroupId)?.Description).toBe('databases');
  },
);
