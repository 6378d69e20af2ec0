import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { incorrectInstanceState, invalidParameterCombination, invalidParameterValue } from './errors.ts';
import { typeOf } from './instance-type-limits.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import type { Instance, NetworkInterface } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';

const attachmentsPage =
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network-interface-attachments.html';

/** AttachNetworkInterface and DetachNetworkInterface. */
export function interfaceAttachmentOperations(world: World): readonly Operation[] {
  return [attachNetworkInterface(world), detachNetworkInterface(world)];
}

function attachNetworkInterface(world: World): Operation {
  return ec2Operation({
    name: 'AttachNetworkInterface',
    effect: 'write',
    input: {
      NetworkInterfaceId: z.string(),
      InstanceId: z.string(),
      DeviceIndex: z.number().int().nonnegative(),
      NetworkCardIndex: z.literal(0).optional(),
    },
    honesty: {
      modelled: [
        'To a running or stopped instance of the same zone, at a free device index, within the limits of its type; attaching, then attached with the clock.',
        'All addresses travel with the interface. It is not deleted on termination unless that is changed.',
      ],
      notModelled: ['Several network cards'],
      sources: [
        ec2Page('AttachNetworkInterface'),
        attachmentsPage,
        'unverified: the code for an instance that neither runs nor is stopped',
      ],
    },
    run: ({ NetworkInterfaceId, InstanceId, DeviceIndex }) => {
      const eni = expectResource(world.networkInterfaces, 'network-interface', NetworkInterfaceId);
      const instance = expectResource(world.instances, 'instance', InstanceId);
      expectAttachable(world, eni, instance, DeviceIndex);
      const attachmentId = world.newId('eni-attach');
      world.networkInterfaces.put({
        ...eni,
        attachment: {
          id: attachmentId,
          instanceId: instance.id,
          deviceIndex: DeviceIndex,
          status: 'attaching',
          attachTime: world.timestamp(),
          isDeletedOnTermination: false,
        },
      });
      world.instances.put({
        ...instance,
        networkInterfaceIds: inDeviceOrder(world, [...instance.networkInterfaceIds, eni.id]),
      });
      world.after(world.settings.attachMs, () => finishAttach(world, attachmentId));
      return { AttachmentId: attachmentId, NetworkCardIndex: 0 };
    },
  });
}

function expectAttachable(
  world: World,
  eni: NetworkInterface,
  instance: Instance,
  deviceIndex: number,
): void {
  if (eni.attachment !== undefined)
    throw new AwsError('InvalidNetworkInterface.InUse', `Interface: [${eni.id}] in use.`);
  if (instance.state !== 'running' && instance.state !== 'stopped')
    throw incorrectInstanceState(
      `Instance '${instance.id}' is not in a state in which an interface can be attached: ${instance.state}`,
    );
  if (eni.availabilityZone !== instance.availabilityZone)
    throw invalidParameterCombination(
      'You may not attach a network interface to an instance if they are not in the same availability zone',
    );
  const type = typeOf(instance);
  if (instance.networkInterfaceIds.length >= type.interfacesMax)
    throw new AwsError(
      'AttachmentLimitExceeded',
      `Interface count ${instance.networkInterfaceIds.length + 1} exceeds the limit for ${type.name}`,
    );
  if (Math.max(eni.privateIps.length, eni.ipv6Addresses.length) > type.addressesPerInterface)
    throw new AwsError('PrivateIpAddressLimitExceeded', 'Number of private addresses will exceed limit.');
  const isTaken = instance.networkInterfaceIds.some(
    (id) => world.networkInterfaces.get(id)?.attachment?.deviceIndex === deviceIndex,
  );
  if (isTaken)
    throw invalidParameterValue(
      `Instance '${instance.id}' already has an interface attached at device index '${deviceIndex}'.`,
    );
}

function inDeviceOrder(world: World, ids: readonly string[]): string[] {
  const indexOf = (id: string): number => world.networkInterfaces.get(id)?.attachment?.deviceIndex ?? 0;
  return ids.toSorted((a, b) => indexOf(a) - indexOf(b));
}

function finishAttach(world: World, attachmentId: string): void {
  const eni = attachedBy(world, attachmentId);
  if (eni?.attachment?.status !== 'attaching') return;
  world.networkInterfaces.put({ ...eni, attachment: { ...eni.attachment, status: 'attached' } });
}

function attachedBy(world: World, attachmentId: string): NetworkInterface | undefined {
  return world.networkInterfaces.get(world.interfaceByAttachment.get(attachmentId) ?? '');
}

function detachNetworkInterface(world: World): Operation {
  return ec2Operation({
    name: 'DetachNetworkInterface',
    effect: 'write',
    input: { AttachmentId: z.string(), Force: z.boolean().optional() },
    honesty: {
      modelled: [
        'Detaching, then available with the clock; Force does it at once. The primary interface cannot be detached.',
      ],
      notModelled: ['What a forced detach leaves behind in the instance'],
      sources: [ec2Page('DetachNetworkInterface'), attachmentsPage],
    },
    run: ({ AttachmentId, Force }) => {
      const eni = attachedBy(world, AttachmentId);
      if (eni?.attachment === undefined)
        throw new AwsError('InvalidAttachmentID.NotFound', `The attachment '${AttachmentId}' does not exist`);
      if (eni.attachment.deviceIndex === 0)
        throw new AwsError(
          'OperationNotPermitted',
          'The network interface at device index 0 cannot be detached.',
        );
      world.networkInterfaces.put({ ...eni, attachment: { ...eni.attachment, status: 'detaching' } });
      if (Force === true) finishDetach(world, AttachmentId);
      else world.after(world.settings.detachMs, () => finishDetach(world, AttachmentId));
      return {};
    },
  });
}

function finishDetach(world: World, attachmentId: string): void {
  const eni = attachedBy(world, attachmentId);
  if (eni?.attachment === undefined) return;
  const instance = world.instances.get(eni.attachment.instanceId);
  world.networkInterfaces.put({ ...eni, attachment: undefined });
  if (instance !== undefined)
    world.instances.put({
      ...instance,
      networkInterfaceIds: instance.networkInterfaceIds.filter((id) => id !== eni.id),
    });
}
