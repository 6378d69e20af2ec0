import {
  AssociateAddressCommand,
  DescribeInstancesCommand,
  DisassociateAddressCommand,
  ReleaseAddressCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import {
  aNetwork,
  anElasticIp,
  anInterface,
  described,
  describedAddress,
  ec2Page,
  inState,
  present,
  refusal,
  running,
} from './ec2-world.ts';

const lifeCyclePage = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html';
const addressingPage = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html';

conformanceCase(
  'the association id of an earlier association disassociates nothing',
  { source: ec2Page('DisassociateAddress') },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const [from, to] = [await anInterface(target, subnetIds[0]), await anInterface(target, subnetIds[0])];
    const { allocationId: AllocationId } = await anElasticIp(target);
    const move = { AllocationId, AllowReassociation: true };
    const { AssociationId } = await ec2.send(
      new AssociateAddressCommand({ ...move, NetworkInterfaceId: from }),
    );
    await ec2.send(new AssociateAddressCommand({ ...move, NetworkInterfaceId: to }));

    const refused = await refusal(
      ec2.send(new DisassociateAddressCommand({ AssociationId: present(AssociationId) })),
    );

    expect(refused).toMatchObject({ code: 'InvalidAssociationID.NotFound', status: 400 });
    expect((await describedAddress(target, AllocationId)).NetworkInterfaceId).toBe(to);
  },
);

conformanceCase(
  'an associated address cannot be released, a disassociated one can',
  { source: ec2Page('ReleaseAddress'), divergences: { moto: 'releases associated addresses' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const { allocationId: AllocationId } = await anElasticIp(target);
    const { AssociationId } = await ec2.send(
      new AssociateAddressCommand({
        AllocationId,
        NetworkInterfaceId: await anInterface(target, subnetIds[0]),
      }),
    );

    const refused = await refusal(ec2.send(new ReleaseAddressCommand({ AllocationId })));
    await ec2.send(new DisassociateAddressCommand({ AssociationId: present(AssociationId) }));
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));

    expect(refused).toMatchObject({ code: 'InvalidIPAddress.InUse', status: 400 });
    expect(await refusal(describedAddress(target, AllocationId))).toMatchObject({
      code: 'InvalidAllocationID.NotFound',
    });
  },
);

conformanceCase(
  'an address stays on stop and is free, but allocated, after termination',
  { source: lifeCyclePage, divergences: { moto: 'stays associated to the terminated instance' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const instance = await running(target, { SubnetId: subnetIds[0] });
    const InstanceIds = [present(instance.InstanceId)];
    const { allocationId: AllocationId } = await anElasticIp(target);
    await ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId: present(instance.InstanceId) }));

    await ec2.send(new StopInstancesCommand({ InstanceIds }));
    await inState(target, present(instance.InstanceId), 'stopped');
    const whenStopped = await describedAddress(target, AllocationId);
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    await inState(target, present(instance.InstanceId), 'terminated');

    expect(whenStopped.InstanceId).toBe(instance.InstanceId);
    await target.eventually(async () => {
      const { AssociationId, InstanceId } = await describedAddress(target, AllocationId);
      expect({ AssociationId, InstanceId }).toEqual({ AssociationId: undefined, InstanceId: undefined });
    });
  },
);

conformanceCase(
  'an Elastic IP replaces the auto-assigned public IP; without it the instance gets a new one',
  { source: addressingPage },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const instance = await running(target, {
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: subnetIds[0], AssociatePublicIpAddress: true }],
    });
    const { allocationId, publicIp } = await anElasticIp(target);

    const { AssociationId } = await ec2.send(
      new AssociateAddressCommand({ AllocationId: allocationId, InstanceId: present(instance.InstanceId) }),
    );
    const withElasticIp = await described(target, present(instance.InstanceId));
    await ec2.send(new DisassociateAddressCommand({ AssociationId: present(AssociationId) }));
    const after = await target.eventually(async () => {
      const { PublicIpAddress } = await described(target, present(instance.InstanceId));
      expect(PublicIpAddress).toBeDefined();
      expect(PublicIpAddress).not.toBe(publicIp);
      return PublicIpAddress;
    });

    expect(instance.PublicIpAddress).toBeDefined();
    expect(withElasticIp.PublicIpAddress).toBe(publicIp);
    expect(after).not.toBe(instance.PublicIpAddress);
  },
);

conformanceCase(
  'instances are found by the Elastic IP of their interface',
  { source: ec2Page('DescribeInstances') },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const instance = await running(target, { SubnetId: subnetIds[0] });
    const { allocationId, publicIp } = await anElasticIp(target);
    await ec2.send(
      new AssociateAddressCommand({ AllocationId: allocationId, InstanceId: present(instance.InstanceId) }),
    );

    const { Reservations } = await ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: 'ip-address', Values: [publicIp] }] }),
    );

    const ids = Reservations?.flatMap(({ Instances }) => Instances?.map(({ InstanceId }) => InstanceId));
    expect(ids).toEqual([instance.InstanceId]);
  },
);
