import {
  AssociateAddressCommand,
  AttachNetworkInterfaceCommand,
  CreateNetworkInterfaceCommand,
  DescribeNetworkInterfacesCommand,
  DetachNetworkInterfaceCommand,
  ModifyInstanceAttributeCommand,
  ModifyNetworkInterfaceAttributeCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import type { Target } from '../target.ts';
import {
  aNetwork,
  anElasticIp,
  anInterface,
  described,
  describedAddress,
  describedInterface,
  ec2Page,
  inState,
  present,
  primaryInterfaceId,
  refusal,
  running,
} from './ec2-world.ts';

const attachmentsPage =
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network-interface-attachments.html';

async function attach(
  { clients: { ec2 } }: Target,
  NetworkInterfaceId: string,
  InstanceId: string | undefined,
  DeviceIndex = 1,
): Promise<string> {
  const { AttachmentId } = await ec2.send(
    new AttachNetworkInterfaceCommand({ NetworkInterfaceId, InstanceId, DeviceIndex }),
  );
  return present(AttachmentId);
}

conformanceCase(
  'detaching takes a while; then the interface is available with all its addresses',
  { source: ec2Page('DetachNetworkInterface'), divergences: { moto: 'detaches at once' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const instance = await running(target, { SubnetId: subnetIds[0] });
    const eni = await anInterface(target, subnetIds[0], { PrivateIpAddress: '10.0.0.77' });
    const { allocationId, publicIp } = await anElasticIp(target);
    await ec2.send(new AssociateAddressCommand({ AllocationId: allocationId, NetworkInterfaceId: eni }));
    const AttachmentId = await attach(target, eni, instance.InstanceId);

    await ec2.send(new DetachNetworkInterfaceCommand({ AttachmentId }));
    const detaching = await describedInterface(target, eni);
    const available = await target.eventually(async () => {
      const shown = await describedInterface(target, eni);
      expect(shown.Status).toBe('available');
      return shown;
    });

    expect(detaching.Attachment?.Status).toBe('detaching');
    expect(available.Attachment).toBeUndefined();
    expect(available).toMatchObject({
      PrivateIpAddress: '10.0.0.77',
      Association: { PublicIp: publicIp },
    });
    expect((await describedAddress(target, allocationId)).InstanceId).toBeUndefined();
  },
);

conformanceCase(
  'the primary interface cannot be detached',
  { source: attachmentsPage, divergences: { moto: 'detaches it and breaks the instance' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const instance = await running(target, { SubnetId: subnetIds[0] });
    const eni = await describedInterface(target, primaryInterfaceId(instance));

    const refused = await refusal(
      target.clients.ec2.send(
        new DetachNetworkInterfaceCommand({ AttachmentId: eni.Attachment?.AttachmentId }),
      ),
    );

    expect(refused).toEqual({
      code: 'OperationNotPermitted',
      message: 'The network interface at device index 0 cannot be detached.',
      status: 400,
    });
  },
);

conformanceCase(
  'an unknown attachment is refused',
  { source: ec2Page('DetachNetworkInterface') },
  async (target) => {
    const refused = await refusal(
      target.clients.ec2.send(
        new DetachNetworkInterfaceCommand({ AttachmentId: 'eni-attach-00000000000000000' }),
      ),
    );

    expect(refused).toMatchObject({ code: 'InvalidAttachmentID.NotFound', status: 400 });
  },
);

conformanceCase(
  'termination deletes the primary interface; an attached one stays with its Elastic IP unless told otherwise',
  {
    source:
      'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network-interface-attachments.html#detach_eni',
    divergences: { moto: 'the primary interface stays in use' },
  },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const instance = await running(target, { SubnetId: subnetIds[0] });
    const [kept, deleted] = [
      await anInterface(target, subnetIds[0]),
      await anInterface(target, subnetIds[0]),
    ];
    const { allocationId } = await anElasticIp(target);
    await ec2.send(new AssociateAddressCommand({ AllocationId: allocationId, NetworkInterfaceId: kept }));
    await attach(target, kept, instance.InstanceId, 1);
    const AttachmentId = await attach(target, deleted, instance.InstanceId, 2);
    await ec2.send(
      new ModifyNetworkInterfaceAttributeCommand({
        NetworkInterfaceId: deleted,
        Attachment: { AttachmentId, DeleteOnTermination: true },
      }),
    );

    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [present(instance.InstanceId)] }));
    await inState(target, present(instance.InstanceId), 'terminated');

    await target.eventually(async () => {
      expect((await describedInterface(target, kept)).Status).toBe('available');
      for (const gone of [primaryInterfaceId(instance), deleted])
        expect((await refusal(describedInterface(target, gone))).code).toBe(
          'InvalidNetworkInterfaceID.NotFound',
        );
    });
    expect((await describedAddress(target, allocationId)).NetworkInterfaceId).toBe(kept);
  },
);

conformanceCase(
  'interfaces are found by any of their addresses, by instance and by public IP',
  {
    source: ec2Page('DescribeNetworkInterfaces'),
    divergences: { moto: 'association.public-ip is an internal error' },
  },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds, vpcId } = await aNetwork(target);
    const instance = await running(target, { SubnetId: subnetIds[0] });
    await anInterface(target, subnetIds[0]);
    const { allocationId, publicIp } = await anElasticIp(target);
    await ec2.send(
      new AssociateAddressCommand({
        AllocationId: allocationId,
        NetworkInterfaceId: primaryInterfaceId(instance),
      }),
    );
    const filters = [
      { Name: 'addresses.private-ip-address', Values: [present(instance.PrivateIpAddress)] },
      { Name: 'attachment.instance-id', Values: [present(instance.InstanceId)] },
      { Name: 'association.public-ip', Values: [publicIp] },
      { Name: 'association.allocation-id', Values: [allocationId] },
      { Name: 'status', Values: ['in-use'] },
    ];

    const found = await Promise.all(
      filters.map(async (filter) => {
        const { NetworkInterfaces } = await ec2.send(
          new DescribeNetworkInterfacesCommand({ Filters: [filter, { Name: 'vpc-id', Values: [vpcId] }] }),
        );
        return NetworkInterfaces?.map(({ NetworkInterfaceId }) => NetworkInterfaceId);
      }),
    );

    expect(found).toEqual(filters.map(() => [primaryInterfaceId(instance)]));
  },
);

conformanceCase(
  'SourceDestCheck is an attribute of the interface, and of an instance that has only one',
  { source: ec2Page('ModifyInstanceAttribute'), divergences: { moto: 'does not count interfaces' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const instance = await running(target, { SubnetId: subnetIds[0] });
    const InstanceId = present(instance.InstanceId);
    const change = { InstanceId, SourceDestCheck: { Value: false } };

    await ec2.send(new ModifyInstanceAttributeCommand(change));
    const shown = await described(target, InstanceId);
    await attach(target, await anInterface(target, subnetIds[0]), InstanceId);
    const refused = await refusal(ec2.send(new ModifyInstanceAttributeCommand(change)));
    await ec2.send(
      new ModifyNetworkInterfaceAttributeCommand({
        NetworkInterfaceId: primaryInterfaceId(instance),
        SourceDestCheck: { Value: true },
      }),
    );

    expect(shown.SourceDestCheck).toBe(false);
    expect(refused.code).toBe('InvalidInstanceID');
    expect((await described(target, InstanceId)).SourceDestCheck).toBe(true);
  },
);

conformanceCase(
  'an interface can be attached to a stopped instance',
  { source: attachmentsPage },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const { InstanceId } = await running(target, { SubnetId: subnetIds[0] });
    await ec2.send(new StopInstancesCommand({ InstanceIds: [present(InstanceId)] }));
    await inState(target, present(InstanceId), 'stopped');
    const eni = await anInterface(target, subnetIds[0]);

    await attach(target, eni, InstanceId);

    expect((await describedInterface(target, eni)).Attachment?.InstanceId).toBe(InstanceId);
  },
);

conformanceCase(
  'a client token makes CreateNetworkInterface idempotent',
  {
    source: 'https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html',
    divergences: { moto: 'ignores the token' },
  },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const input = { SubnetId: subnetIds[0], ClientToken: 'once' };
    const first = await ec2.send(new CreateNetworkInterfaceCommand(input));

    const second = await ec2.send(new CreateNetworkInterfaceCommand(input));
    const other = await refusal(
      ec2.send(new CreateNetworkInterfaceCommand({ ...input, Description: 'another' })),
    );

    expect(second.NetworkInterface?.NetworkInterfaceId).toBe(first.NetworkInterface?.NetworkInterfaceId);
    expect(other.code).toBe('IdempotentParameterMismatch');
  },
);
