import type { EC2Client } from '@aws-sdk/client-ec2';
import {
  AssociateAddressCommand,
  ModifyAddressAttributeCommand,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import type {
  AddressChange,
  AssociateAddress,
  DisableSourceDestCheck,
  SetReverseName,
} from '../../model/change.ts';
import { ControllerError, isControllerError } from '../../model/errors.ts';
import { associationIdSchema } from '../../model/ids.ts';
import type { WrittenAssociation } from '../../model/role-state.ts';
import { callAws } from '../aws-error.ts';
import type { LoadBalancing } from '../elastic-load-balancing/load-balancing.ts';
import { assignIpv6, assignPrivateIp } from './assign-addresses.ts';
import { attachNetworkInterface } from './attach-network-interface.ts';
import { replaceRoute } from './replace-route.ts';
import type { Making } from './wait-for.ts';

/** What making changes takes. */
export interface Makers {
  readonly client: EC2Client;
  readonly making: Making;
  readonly loadBalancing: () => Promise<LoadBalancing>;
}

/** Makes one change and returns when it is in effect; an association answers with its id. */
export async function makeChange(
  { client, making, loadBalancing }: Makers,
  change: AddressChange,
): Promise<WrittenAssociation | undefined> {
  switch (change.kind) {
    case 'associate-address':
      return associateAddress(client, change);
    case 'set-reverse-name':
      await setReverseName(client, change);
      return undefined;
    case 'assign-private-ip':
      await assignPrivateIp(client, making, change);
      return undefined;
    case 'assign-ipv6':
      await assignIpv6(client, making, change);
      return undefined;
    case 'attach-network-interface':
      await attachNetworkInterface(client, making, change);
      return undefined;
    case 'disable-source-dest-check':
      await disableSourceDestCheck(client, change);
      return undefined;
    case 'replace-route':
      await replaceRoute(client, making, change);
      return undefined;
    case 'register-target':
    case 'deregister-target': {
      const { register, deregister } = await loadBalancing();
      making.mayBegin();
      await (change.kind === 'register-target' ? register(change) : deregister(change));
      return undefined;
    }
  }
}

/** Always by interface and private address: by instance id EC2 accepts only instances with a single interface. */
async function associateAddress(client: EC2Client, change: AssociateAddress): Promise<WrittenAssociation> {
  const { allocationId, networkInterfaceId, privateIp } = change;
  const doing = `AssociateAddress ${allocationId} with ${change.instanceId}`;
  const { AssociationId } = await callAws(doing, () =>
    client.send(
      new AssociateAddressCommand({
        AllocationId: allocationId,
        NetworkInterfaceId: networkInterfaceId,
        PrivateIpAddress: privateIp,
        AllowReassociation: change.allowReassociation,
      }),
    ),
  );
  const associationId = associationIdSchema.safeParse(AssociationId);
  if (associationId.success)
    return { allocationId, associationId: associationId.data, networkInterfaceId, privateIp };
  throw new ControllerError(`${doing}: EC2 answered without the id of an association`, {
    code: 'UnclassifiedAwsError',
    disposition: 'retryable',
  });
}

/**
 * AWS looks the forward record up and then takes its time; a later read tells what came of it. A record that was written a
 * moment ago takes up to a minute until everybody sees it, so a name that AWS does not take is tried again.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-elastic-addressing-reverse-dns.html
 */
async function setReverseName(client: EC2Client, { allocationId, name }: SetReverseName): Promise<void> {
  try {
    await callAws(`ModifyAddressAttribute ${allocationId} to ${name}`, () =>
      client.send(new ModifyAddressAttributeCommand({ AllocationId: allocationId, DomainName: name })),
    );
  } catch (error) {
    if (!isControllerError(error) || error.code !== 'InvalidParameterValue') throw error;
    throw new ControllerError(error.message, {
      code: 'ForwardRecordNotSeen',
      disposition: 'retryable',
      cause: error,
    });
  }
}

async function disableSourceDestCheck(
  client: EC2Client,
  { networkInterfaceId }: DisableSourceDestCheck,
): Promise<void> {
  await callAws(`ModifyNetworkInterfaceAttribute ${networkInterfaceId}`, () =>
    client.send(
      new ModifyNetworkInterfaceAttributeCommand({
        NetworkInterfaceId: networkInterfaceId,
        SourceDestCheck: { Value: false },
      }),
    ),
  );
}
