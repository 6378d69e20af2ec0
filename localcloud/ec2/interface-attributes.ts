import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { invalidParameterCombination, missingParameter } from './errors.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { expectGroupIds } from './security-groups.ts';
import type { NetworkInterface } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';

const input = {
  NetworkInterfaceId: z.string(),
  Description: z.strictObject({ Value: z.string().optional() }).optional(),
  SourceDestCheck: z.strictObject({ Value: z.boolean() }).optional(),
  Groups: z.array(z.string()).optional(),
  Attachment: z
    .strictObject({ AttachmentId: z.string().optional(), DeleteOnTermination: z.boolean().optional() })
    .optional(),
};

/** ModifyNetworkInterfaceAttribute. */
export function modifyNetworkInterfaceAttribute(world: World): Operation {
  return ec2Operation({
    name: 'ModifyNetworkInterfaceAttribute',
    effect: 'write',
    input,
    honesty: {
      modelled: [
        'Description, SourceDestCheck, Groups, or DeleteOnTermination of the attachment; one a call.',
      ],
      notModelled: ['All other attributes'],
      sources: [
        ec2Page('ModifyNetworkInterfaceAttribute'),
        'unverified: the errors for no attribute and for several',
      ],
    },
    run: ({ NetworkInterfaceId, ...changes }) => {
      const eni = expectResource(world.networkInterfaces, 'network-interface', NetworkInterfaceId);
      const given = Object.values(changes).filter((change) => change !== undefined);
      if (given.length === 0) throw missingParameter('attribute');
      if (given.length > 1) throw invalidParameterCombination('You can specify only one attribute at a time');
      world.networkInterfaces.put({ ...eni, ...changed(world, eni, changes) });
      return {};
    },
  });
}

function changed(
  world: World,
  eni: NetworkInterface,
  {
    Description,
    SourceDestCheck,
    Groups,
    Attachment,
  }: Omit<z.infer<z.ZodObject<typeof input>>, 'NetworkInterfaceId'>,
): Partial<NetworkInterface> {
  if (Description !== undefined) return { description: Description.Value ?? '' };
  if (SourceDestCheck !== undefined) return { isSourceDestChecked: SourceDestCheck.Value };
  if (Groups !== undefined) return { groupIds: expectGroupIds(world, eni.vpcId, Groups) };
  const { AttachmentId, DeleteOnTermination } = Attachment ?? {};
  if (AttachmentId === undefined) throw missingParameter('attachmentId');
  if (eni.attachment === undefined || eni.attachment.id !== AttachmentId)
    throw new AwsError('InvalidAttachmentID.NotFound', `The attachment '${AttachmentId}' does not exist`);
  if (DeleteOnTermination === undefined) return {};
  return { attachment: { ...eni.attachment, isDeletedOnTermination: DeleteOnTermination } };
}
