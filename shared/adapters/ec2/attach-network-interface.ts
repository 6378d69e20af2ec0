import type { EC2Client } from '@aws-sdk/client-ec2';
import {
  AttachNetworkInterfaceCommand,
  DetachNetworkInterfaceCommand,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import type { AttachNetworkInterface } from '../../model/change.ts';
import { ControllerError, isControllerError } from '../../model/errors.ts';
import type { AttachmentId } from '../../model/ids.ts';
import type { ObservedNetworkInterface } from '../../model/observed.ts';
import { callAws } from '../aws-error.ts';
import { readNetworkInterface } from './describe-network-interfaces.ts';
import type { Making } from './wait-for.ts';
import { waitFor } from './wait-for.ts';

type Attachment = NonNullable<ObservedNetworkInterface['attachment']>;

/**
 * Detaches the interface from where it was seen, attaches it once it is available, and keeps it from being deleted with its
 * new instance. Goes on from wherever an earlier try got to.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network-interface-attachments.html
 */
export async function attachNetworkInterface(
  client: EC2Client,
  making: Making,
  change: AttachNetworkInterface,
): Promise<void> {
  const doing = `AttachNetworkInterface ${change.networkInterfaceId} to ${change.instanceId}`;
  const done = { detach: false, attach: false };
  const attached = await waitFor(making, doing, async () => {
    const attachment = await presentAttachment(client, change);
    if (attachment === undefined || attachment.status === 'detached') {
      if (!done.attach) await attach(client, making, change, doing);
      done.attach = true;
      return undefined;
    }
    if (attachment.status === 'detaching') return undefined;
    if (attachment.instanceId === change.instanceId) {
      return attachment.status === 'attached' ? attachment : undefined;
    }
    if (attachment.attachmentId !== change.from) throw elsewhere(attachment, doing);
    if (!done.detach) await detach(client, making, attachment.attachmentId);
    done.detach = true;
    return undefined;
  });
  if (attached.deletesOnTermination) await keepOnTermination(client, making, change, attached.attachmentId);
}

async function presentAttachment(
  client: EC2Client,
  { networkInterfaceId }: AttachNetworkInterface,
): Promise<Attachment | undefined> {
  const found = await readNetworkInterface(client, networkInterfaceId);
  if (found !== undefined) return found.attachment;
  throw new ControllerError(`network interface ${networkInterfaceId} is no more`, {
    code: 'InvalidNetworkInterfaceID.NotFound',
    disposition: 'conflict',
  });
}

function elsewhere({ attachmentId, instanceId }: Attachment, doing: string): ControllerError {
  return new ControllerError(`${doing}: somebody attached it to ${instanceId} meanwhile (${attachmentId})`, {
    code: 'InvalidNetworkInterface.InUse',
    disposition: 'conflict',
  });
}

async function attach(
  client: EC2Client,
  { mayBegin }: Making,
  { networkInterfaceId, instanceId, deviceIndex }: AttachNetworkInterface,
  doing: string,
): Promise<void> {
  mayBegin();
  await callAws(doing, () =>
    client.send(
      new AttachNetworkInterfaceCommand({
        NetworkInterfaceId: networkInterfaceId,
        InstanceId: instanceId,
        DeviceIndex: deviceIndex,
      }),
    ),
  );
}

/** That it is detached already, or being detached, is what we want: the next look tells. */
async function detach(client: EC2Client, { mayBegin }: Making, attachmentId: AttachmentId): Promise<void> {
  mayBegin();
  try {
    await callAws(`DetachNetworkInterface ${attachmentId}`, () =>
      client.send(new DetachNetworkInterfaceCommand({ AttachmentId: attachmentId })),
    );
  } catch (error) {
    if (!isControllerError(error) || error.disposition !== 'conflict') throw error;
  }
}

async function keepOnTermination(
  client: EC2Client,
  { mayBegin }: Making,
  { networkInterfaceId }: AttachNetworkInterface,
  attachmentId: AttachmentId,
): Promise<void> {
  mayBegin();
  await callAws(`ModifyNetworkInterfaceAttribute ${networkInterfaceId}`, () =>
    client.send(
      new ModifyNetworkInterfaceAttributeCommand({
        NetworkInterfaceId: networkInterfaceId,
        Attachment: { AttachmentId: attachmentId, DeleteOnTermination: false },
      }),
    ),
  );
}
