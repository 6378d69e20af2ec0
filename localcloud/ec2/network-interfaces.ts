import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { filtersInput } from './filters.ts';
import { interfaceFields } from './interface-filters.ts';
import { createInterface, deleteInterface } from './interface-making.ts';
import { interfaceView } from './interface-view.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { pagingInput } from './paging.ts';
import { expectGroupIds } from './security-groups.ts';
import { selectPage } from './select-page.ts';
import { expectResource, type World } from './state/world.ts';
import { tagSpecificationsInput, tagsFor } from './tag-rules.ts';
import { wantedAddresses, wantedAddressesInput } from './wanted-addresses.ts';

/** CreateNetworkInterface, DeleteNetworkInterface and DescribeNetworkInterfaces. */
export function networkInterfaceOperations(world: World): readonly Operation[] {
  return [createNetworkInterface(world), deleteNetworkInterface(world), describeNetworkInterfaces(world)];
}

function createNetworkInterface(world: World): Operation {
  return ec2Operation({
    name: 'CreateNetworkInterface',
    effect: 'write',
    input: {
      SubnetId: z.string(),
      Description: z.string().optional(),
      Groups: z.array(z.string()).optional(),
      InterfaceType: z.literal('interface').optional(),
      ClientToken: z.string().optional(),
      TagSpecifications: tagSpecificationsInput,
      ...wantedAddressesInput,
    },
    honesty: {
      modelled: [
        'Fixed or random primary, secondary and IPv6 addresses, all or none; taken and reserved addresses and those of other subnets are refused.',
        'ClientToken: the same token and request answers the same interface.',
      ],
      notModelled: ['Prefixes', 'Interface types other than interface'],
      sources: [ec2Page('CreateNetworkInterface')],
    },
    run: ({ ClientToken, ...request }) => {
      const [knownId] = world.clientTokens.recall('CreateNetworkInterface', ClientToken, request) ?? [];
      const known = world.networkInterfaces.get(knownId ?? '');
      if (known !== undefined) return { NetworkInterface: interfaceView(world, known), ClientToken };
      const { SubnetId, Description = '', Groups, TagSpecifications } = request;
      const subnet = expectResource(world.subnets, 'subnet', SubnetId);
      const eni = createInterface(world, {
        subnet,
        description: Description,
        groupIds: expectGroupIds(world, subnet.vpcId, Groups),
        addresses: wantedAddresses(request),
        isPublicIpAutoAssigned: false,
        attachment: undefined,
        tags: tagsFor('network-interface', TagSpecifications),
      });
      world.clientTokens.remember('CreateNetworkInterface', ClientToken, request, [eni.id]);
      return { NetworkInterface: { ...interfaceView(world, eni), Status: 'pending' }, ClientToken };
    },
  });
}

function deleteNetworkInterface(world: World): Operation {
  return ec2Operation({
    name: 'DeleteNetworkInterface',
    effect: 'write',
    input: { NetworkInterfaceId: z.string() },
    honesty: {
      modelled: [
        'An attached interface is refused; its Elastic IPs are disassociated, its addresses go back.',
      ],
      sources: [
        ec2Page('DeleteNetworkInterface'),
        'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
      ],
    },
    run: ({ NetworkInterfaceId }) => {
      const eni = expectResource(world.networkInterfaces, 'network-interface', NetworkInterfaceId);
      if (eni.attachment !== undefined)
        throw new AwsError(
          'InvalidNetworkInterface.InUse',
          `Network interface '${eni.id}' is currently in use.`,
        );
      deleteInterface(world, eni.id);
      return {};
    },
  });
}

function describeNetworkInterfaces(world: World): Operation {
  const fields = interfaceFields(world);
  return ec2Operation({
    name: 'DescribeNetworkInterfaces',
    effect: 'read',
    input: { NetworkInterfaceIds: z.array(z.string()).optional(), Filters: filtersInput, ...pagingInput },
    honesty: {
      modelled: ['Ids, filters on all fields that are kept, MaxResults 5 to 1000 with NextToken.'],
      sources: [ec2Page('DescribeNetworkInterfaces')],
    },
    run: ({ NetworkInterfaceIds, Filters, ...paging }) => {
      const { items, nextToken } = selectPage(world.networkInterfaces, {
        kind: 'network-interface',
        ids: NetworkInterfaceIds,
        Filters,
        paging,
        fields,
        idFilter: 'network-interface-id',
        idsAloneParameter: 'networkInterfaceIdSet',
      });
      return { NetworkInterfaces: items.map((eni) => interfaceView(world, eni)), ...nextToken };
    },
  });
}
