import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import {
  incorrectInstanceState,
  invalidParameterCombination,
  invalidParameterValue,
  missingParameter,
  severalInterfaces,
} from './errors.ts';
import { expectGateway } from './internet-gateways.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { primaryIpOf } from './private-addresses.ts';
import { link, unlink } from './public-association.ts';
import type { NetworkInterface } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';

/** AssociateAddress and DisassociateAddress. */
export function addressAssociationOperations(world: World): readonly Operation[] {
  return [associateAddress(world), disassociateAddress(world)];
}

function associateAddress(world: World): Operation {
  return ec2Operation({
    name: 'AssociateAddress',
    effect: 'write',
    input: {
      AllocationId: z.string().optional(),
      PublicIp: z.string().optional(),
      InstanceId: z.string().optional(),
      NetworkInterfaceId: z.string().optional(),
      PrivateIpAddress: z.string().optional(),
      AllowReassociation: z.boolean().optional(),
    },
    honesty: {
      modelled: [
        'Reassociation is automatic; only AllowReassociation=false refuses an address that is associated elsewhere.',
        'An Elastic IP already on the private address is disassociated and stays allocated; an auto-assigned public IP is lost.',
        'The same target again changes nothing and answers the same association id; a move makes a new one.',
        'InstanceId needs exactly one interface; a pending instance is refused, by code InvalidInstanceID for InstanceId and IncorrectInstanceState for an interface.',
        'The VPC needs an internet gateway.',
      ],
      notModelled: ['EC2-Classic', 'Network border groups'],
      sources: [
        ec2Page('AssociateAddress'),
        'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
        'unverified: the codes for instances that are shutting down, and whether AllowReassociation=false also guards the target private address (here it does not)',
      ],
    },
    run: ({
      AllocationId,
      PublicIp,
      InstanceId,
      NetworkInterfaceId,
      PrivateIpAddress,
      AllowReassociation,
    }) => {
      if (AllocationId !== undefined && PublicIp !== undefined)
        throw invalidParameterCombination(
          'You may specify public IP or allocation id, but not both in the same call',
        );
      if (PublicIp !== undefined)
        throw invalidParameterValue(
          'You must specify an allocation id when mapping an address to a VPC instance',
        );
      if (AllocationId === undefined) throw missingParameter('AllocationId');
      if (InstanceId !== undefined && NetworkInterfaceId !== undefined)
        throw invalidParameterCombination(
          'You may specify instance id or network interface id, but not both in the same call',
        );
      const address = expectResource(world.addresses, 'elastic-ip', AllocationId);
      const eni = expectTarget(world, InstanceId, NetworkInterfaceId);
      const privateIp = PrivateIpAddress ?? primaryIpOf(eni).address;
      if (!eni.privateIps.some((each) => each.address === privateIp))
        throw invalidParameterValue(
          `The private IP address ${privateIp} is not assigned to network interface ${eni.id}`,
        );
      expectGateway(world, eni.vpcId);
      const { association } = address;
      if (association?.networkInterfaceId === eni.id && association.privateIpAddress === privateIp)
        return { AssociationId: association.id };
      if (association !== undefined && AllowReassociation === false)
        throw new AwsError(
          'Resource.AlreadyAssociated',
          `resource ${address.id} is already associated with associate-id ${association.id}`,
        );
      return { AssociationId: link(world, address.id, eni.id, privateIp) };
    },
  });
}

function expectTarget(
  world: World,
  instanceId: string | undefined,
  networkInterfaceId: string | undefined,
): NetworkInterface {
  if (instanceId !== undefined) return expectOnlyInterface(world, instanceId);
  if (networkInterfaceId === undefined)
    throw new AwsError('MissingParameter', 'Either instance ID or network interface id must be specified');
  const eni = expectResource(world.networkInterfaces, 'network-interface', networkInterfaceId);
  const instance = eni.attachment === undefined ? undefined : world.instances.get(eni.attachment.instanceId);
  if (instance?.state === 'pending' || instance?.state === 'shutting-down')
    throw incorrectInstanceState(
      `The instance '${instance.id}' to which '${eni.id}' is attached is not in a valid state for this operation: ${instance.state}`,
    );
  return eni;
}

function expectOnlyInterface(world: World, instanceId: string): NetworkInterface {
  const instance = expectResource(world.instances, 'instance', instanceId);
  if (instance.state === 'pending')
    throw new AwsError(
      'InvalidInstanceID',
      `The pending instance '${instance.id}' is not in a valid state for this operation`,
    );
  if (instance.state === 'shutting-down' || instance.state === 'terminated')
    throw incorrectInstanceState(
      `The instance '${instance.id}' is not in a valid state for this operation: ${instance.state}`,
    );
  const [networkInterfaceId, ...others] = instance.networkInterfaceIds;
  if (networkInterfaceId === undefined || others.length > 0) throw severalInterfaces(instance.id);
  return expectResource(world.networkInterfaces, 'network-interface', networkInterfaceId);
}

function disassociateAddress(world: World): Operation {
  return ec2Operation({
    name: 'DisassociateAddress',
    effect: 'write',
    input: { AssociationId: z.string().optional(), PublicIp: z.string().optional() },
    honesty: {
      modelled: [
        'By association id only: an id of an earlier association is InvalidAssociationID.NotFound and touches nothing.',
        'The instance gets an auto-assigned public IP again if it was launched with one and is due one.',
      ],
      notModelled: ['EC2-Classic'],
      sources: [
        ec2Page('DisassociateAddress'),
        'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html',
      ],
    },
    run: ({ AssociationId, PublicIp }) => {
      if (AssociationId === undefined && PublicIp !== undefined)
        throw invalidParameterValue(
          'You must specify an association id when unmapping an address from a VPC instance',
        );
      if (AssociationId === undefined) throw missingParameter('AssociationId');
      const allocationId = world.addressByAssociation.get(AssociationId);
      if (allocationId === undefined)
        throw new AwsError(
          'InvalidAssociationID.NotFound',
          `The association ID '${AssociationId}' does not exist`,
        );
      unlink(world, allocationId);
      return {};
    },
  });
}
