import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  ModifyNetworkInterfaceAttributeCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { aRole, errorOf, type RoleBench } from './a-role.ts';

const ec2Arn = (resource: string): string => `arn:aws:ec2:us-east-1:123456789012:${resource}`;

/** An instance with its primary interface, and an Elastic IP that nobody has. */
async function aWorld({ cloud, root }: RoleBench) {
  const { Subnets = [] } = await root.ec2.send(new DescribeSubnetsCommand({}));
  const { Instances = [] } = await root.ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-0abcdef1234567890',
      InstanceType: 't3.micro',
      SubnetId: Subnets[0]?.SubnetId,
      MinCount: 1,
      MaxCount: 1,
    }),
  );
  await cloud.passTime(30_000);
  const { AllocationId = '' } = await root.ec2.send(new AllocateAddressCommand({}));
  return {
    instanceId: Instances[0]?.InstanceId ?? '',
    interfaceId: Instances[0]?.NetworkInterfaces?.[0]?.NetworkInterfaceId ?? '',
    allocationId: AllocationId,
    vpcId: Subnets[0]?.VpcId ?? '',
  };
}

describe('what a call names is judged with what it is joined to', () => {
  const associating = {
    Action: 'ec2:AssociateAddress',
    Resource: [ec2Arn('elastic-ip/*'), ec2Arn('network-interface/*')],
  };

  test('an association, by the instance of the interface', async () => {
    const bench = aRole();
    const { allocationId, interfaceId, instanceId } = await aWorld(bench);
    const associate = new AssociateAddressCommand({
      AllocationId: allocationId,
      NetworkInterfaceId: interfaceId,
    });

    bench.allow(associating);
    const error = await errorOf(bench.worker.ec2.send(associate));
    bench.allow(associating, { ...associating, Resource: ec2Arn(`instance/${instanceId}`) });
    const { AssociationId } = await bench.worker.ec2.send(associate);

    expect(error.message).toContain(`on resource: ${ec2Arn(`instance/${instanceId}`)}`);
    expect(AssociationId).toMatch(/^eipassoc-/);
  });

  test('an association, by the primary interface of the instance', async () => {
    const bench = aRole();
    const { allocationId, interfaceId, instanceId } = await aWorld(bench);
    bench.allow({ ...associating, Resource: [ec2Arn('elastic-ip/*'), ec2Arn('instance/*')] });

    const error = await errorOf(
      bench.worker.ec2.send(
        new AssociateAddressCommand({ AllocationId: allocationId, InstanceId: instanceId }),
      ),
    );

    expect(error.message).toContain(`on resource: ${ec2Arn(`network-interface/${interfaceId}`)}`);
  });

  test('a change of an interface, by its instance', async () => {
    const bench = aRole();
    const { interfaceId, instanceId } = await aWorld(bench);
    bench.allow({
      Action: 'ec2:ModifyNetworkInterfaceAttribute',
      Resource: ec2Arn(`network-interface/${interfaceId}`),
    });

    const error = await errorOf(
      bench.worker.ec2.send(
        new ModifyNetworkInterfaceAttributeCommand({
          NetworkInterfaceId: interfaceId,
          SourceDestCheck: { Value: false },
        }),
      ),
    );

    expect(error.message).toContain(`on resource: ${ec2Arn(`instance/${instanceId}`)}`);
  });
});

test('a look at one VPC is judged by the VPC', async () => {
  const bench = aRole();
  const { vpcId } = await aWorld(bench);
  const look = new DescribeVpcAttributeCommand({ VpcId: vpcId, Attribute: 'enableDnsSupport' });
  const onVpc = (id: string) => ({ Action: 'ec2:DescribeVpcAttribute', Resource: ec2Arn(`vpc/${id}`) });

  bench.allow(onVpc('vpc-0123456789abcdef0'));
  const error = await errorOf(bench.worker.ec2.send(look));
  bench.allow(onVpc(vpcId));
  const { EnableDnsSupport } = await bench.worker.ec2.send(look);

  expect(error.name).toBe('UnauthorizedOperation');
  expect(EnableDnsSupport?.Value).toBe(true);
});
