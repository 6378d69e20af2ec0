import { AttachNetworkInterfaceCommand, DeleteNetworkInterfaceCommand } from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import type { Target } from '../target.ts';
import {
  aNetwork,
  anInterface,
  described,
  describedInterface,
  ec2Page,
  present,
  refusal,
  running,
} from './ec2-world.ts';

const attachPage = ec2Page('AttachNetworkInterface');
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
  'a fixed address that is taken, reserved or of another subnet is refused',
  { source: ec2Page('CreateNetworkInterface'), divergences: { moto: 'takes any address' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    await anInterface(target, subnetIds[0], { PrivateIpAddress: '10.0.0.10' });

    const codes = await Promise.all(
      ['10.0.0.10', '10.0.0.3', '10.0.1.10'].map(
        async (PrivateIpAddress) =>
          (await refusal(anInterface(target, subnetIds[0], { PrivateIpAddress }))).code,
      ),
    );

    expect(codes).toEqual(['InvalidIPAddress.InUse', 'InvalidParameterValue', 'InvalidParameterValue']);
  },
);

conformanceCase(
  'an attached interface shows on its instance and brings its addresses',
  { source: attachPage },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const instance = await running(target, { SubnetId: subnetIds[0] });
    const eni = await anInterface(target, subnetIds[0], { PrivateIpAddress: '10.0.0.77' });

    const AttachmentId = await attach(target, eni, instance.InstanceId);

    await target.eventually(async () => {
      expect(await describedInterface(target, eni)).toMatchObject({
        Status: 'in-use',
        Attachment: {
          AttachmentId,
          Status: 'attached',
          InstanceId: instance.InstanceId,
          DeviceIndex: 1,
          DeleteOnTermination: false,
        },
      });
    });
    const { NetworkInterfaces } = await described(target, present(instance.InstanceId));
    expect(NetworkInterfaces?.map(({ PrivateIpAddress }) => PrivateIpAddress)).toContain('10.0.0.77');
  },
);

conformanceCase(
  'an interface that is attached already is refused',
  {
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
    divergences: { moto: 'attaches it a second time' },
  },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const [first, second] = [
      await running(target, { SubnetId: subnetIds[0] }),
      await running(target, { SubnetId: subnetIds[0] }),
    ];
    const eni = await anInterface(target, subnetIds[0]);
    await attach(target, eni, first.InstanceId);

    const attached = await refusal(attach(target, eni, second.InstanceId));
    const deleted = await refusal(
      target.clients.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: eni })),
    );

    expect(attached.code).toBe('InvalidNetworkInterface.InUse');
    // The error reference allows either code here.
    expect(deleted.code).toMatch(/^(?:InvalidNetworkInterface\.InUse|InvalidParameterValue)$/);
  },
);

conformanceCase(
  'an interface of another zone is refused',
  { source: attachmentsPage, divergences: { moto: 'attaches across zones' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const instance = await running(target, { SubnetId: subnetIds[0] });
    const eni = await anInterface(target, subnetIds[1]);

    const refused = await refusal(attach(target, eni, instance.InstanceId));

    expect(refused).toEqual({
      code: 'InvalidParameterCombination',
      message:
        'You may not attach a network interface to an instance if they are not in the same availability zone',
      status: 400,
    });
  },
);

conformanceCase(
  'a device index takes one interface, and the instance type limits how many there are',
  { source: attachPage, divergences: { moto: 'has neither rule' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const instance = await running(target, { SubnetId: subnetIds[0], InstanceType: 't3.small' });
    const enis = [
      await anInterface(target, subnetIds[0]),
      await anInterface(target, subnetIds[0]),
      await anInterface(target, subnetIds[0]),
    ];
    await attach(target, present(enis[0]), instance.InstanceId);

    const occupied = await refusal(attach(target, present(enis[1]), instance.InstanceId, 1));
    await attach(target, present(enis[1]), instance.InstanceId, 2);
    const oneTooMany = await refusal(attach(target, present(enis[2]), instance.InstanceId, 3));

    expect(occupied).toEqual({
      code: 'InvalidParameterValue',
      message: `Instance '${instance.InstanceId}' already has an interface attached at device index '1'.`,
      status: 400,
    });
    expect(oneTooMany).toMatchObject({ code: 'AttachmentLimitExceeded', status: 400 });
  },
);
