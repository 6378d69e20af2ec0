import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { invalidParameterValue } from './errors.ts';
import { type FilterFields, filtersInput } from './filters.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { pagingInput } from './paging.ts';
import { selectPage } from './select-page.ts';
import type { InternetGateway } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';
import { announceInitialTags, initialTags, tagList, tagSpecificationsInput, tagsFor } from './tag-rules.ts';

/** CreateInternetGateway, AttachInternetGateway and DescribeInternetGateways. */
export function internetGatewayOperations(world: World): readonly Operation[] {
  return [createInternetGateway(world), attachInternetGateway(world), describeInternetGateways(world)];
}

/** Throws Gateway.NotAttached unless the VPC has an internet gateway: without one there are no public addresses. */
export function expectGateway(world: World, vpcId: string): void {
  if (!world.gatewayByVpc.has(vpcId))
    throw new AwsError('Gateway.NotAttached', `Network ${vpcId} is not attached to any internet gateway`);
}

function createInternetGateway(world: World): Operation {
  return ec2Operation({
    name: 'CreateInternetGateway',
    effect: 'write',
    input: { TagSpecifications: tagSpecificationsInput },
    honesty: {
      modelled: ['A gateway that is attached to nothing yet.'],
      sources: [ec2Page('CreateInternetGateway')],
    },
    run: ({ TagSpecifications }) => {
      const gateway: InternetGateway = {
        id: world.newResourceId('internet-gateway'),
        ...initialTags(tagsFor('internet-gateway', TagSpecifications)),
        vpcId: undefined,
      };
      world.internetGateways.put(gateway);
      announceInitialTags(world, gateway);
      return { InternetGateway: gatewayView(world, gateway) };
    },
  });
}

function attachInternetGateway(world: World): Operation {
  return ec2Operation({
    name: 'AttachInternetGateway',
    effect: 'write',
    input: { InternetGatewayId: z.string(), VpcId: z.string() },
    honesty: {
      modelled: ['One gateway a VPC, one VPC a gateway.'],
      sources: [ec2Page('AttachInternetGateway')],
    },
    run: ({ InternetGatewayId, VpcId }) => {
      const gateway = expectResource(world.internetGateways, 'internet-gateway', InternetGatewayId);
      const vpc = expectResource(world.vpcs, 'vpc', VpcId);
      if (gateway.vpcId !== undefined)
        throw new AwsError(
          'Resource.AlreadyAssociated',
          `resource ${gateway.id} is already attached to network ${gateway.vpcId}`,
        );
      if (world.gatewayByVpc.has(vpc.id))
        throw invalidParameterValue(`Network ${vpc.id} already has an internet gateway attached`);
      world.internetGateways.put({ ...gateway, vpcId: vpc.id });
      return {};
    },
  });
}

function gatewayView(world: World, gateway: InternetGateway): object {
  return {
    InternetGatewayId: gateway.id,
    OwnerId: world.surroundings.accountId,
    // AWS's word for an attached gateway is `available`.
    Attachments: gateway.vpcId === undefined ? [] : [{ State: 'available', VpcId: gateway.vpcId }],
    Tags: tagList(gateway.tags) ?? [],
  };
}

function gatewayFields(world: World): FilterFields<InternetGateway> {
  return {
    'attachment.state': ({ vpcId }) => (vpcId === undefined ? undefined : 'available'),
    'attachment.vpc-id': ({ vpcId }) => vpcId,
    'internet-gateway-id': ({ id }) => id,
    'owner-id': () => world.surroundings.accountId,
  };
}

function describeInternetGateways(world: World): Operation {
  return ec2Operation({
    name: 'DescribeInternetGateways',
    effect: 'read',
    input: { InternetGatewayIds: z.array(z.string()).optional(), Filters: filtersInput, ...pagingInput },
    honesty: {
      modelled: ['Ids, all documented filters, MaxResults 5 to 1000 with NextToken.'],
      sources: [ec2Page('DescribeInternetGateways')],
    },
    run: ({ InternetGatewayIds, Filters, ...paging }) => {
      const { items, nextToken } = selectPage(world.internetGateways, {
        kind: 'internet-gateway',
        ids: InternetGatewayIds,
        Filters,
        paging,
        fields: gatewayFields(world),
        idFilter: 'internet-gateway-id',
        idsAloneParameter: 'internetGatewayIdSet',
      });
      return { InternetGateways: items.map((gateway) => gatewayView(world, gateway)), ...nextToken };
    },
  });
}
