import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { type FilterFields, filtersInput } from './filters.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { pagingInput } from './paging.ts';
import { routeState, routeView } from './route-view.ts';
import { selectPage } from './select-page.ts';
import type { Route, RouteTable, Vpc } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';
import {
  announceInitialTags,
  initialTags,
  tagList,
  tagSpecificationsInput,
  tagsFor,
  untagged,
} from './tag-rules.ts';

/** CreateRouteTable, DescribeRouteTables, AssociateRouteTable and DisassociateRouteTable. */
export function routeTableOperations(world: World): readonly Operation[] {
  return [
    createRouteTable(world),
    describeRouteTables(world),
    associateRouteTable(world),
    disassociateRouteTable(world),
  ];
}

/** The table that routes for all subnets of the VPC that have none of their own. */
export function createMainRouteTable(world: World, vpc: Vpc): void {
  world.routeTables.put({
    id: world.newResourceId('route-table'),
    ...untagged,
    vpcId: vpc.id,
    routes: localRoutes(vpc),
    associations: [{ id: world.newId('rtbassoc'), subnetId: undefined }],
  });
}

function localRoutes(vpc: Vpc): Route[] {
  const blocks = vpc.ipv6CidrBlock === undefined ? [vpc.cidrBlock] : [vpc.cidrBlock, vpc.ipv6CidrBlock];
  return blocks.map((destination) => ({
    destination,
    target: { kind: 'local' },
    origin: 'CreateRouteTable',
  }));
}

function createRouteTable(world: World): Operation {
  return ec2Operation({
    name: 'CreateRouteTable',
    effect: 'write',
    input: {
      VpcId: z.string(),
      TagSpecifications: tagSpecificationsInput,
      ClientToken: z.string().optional(),
    },
    honesty: {
      modelled: ['A table with the local routes of its VPC; idempotent by ClientToken.'],
      notModelled: ['Propagating gateways'],
      sources: [ec2Page('CreateRouteTable')],
    },
    run: ({ ClientToken, ...request }) => {
      const [knownId] = world.clientTokens.recall('CreateRouteTable', ClientToken, request) ?? [];
      const known = world.routeTables.get(knownId ?? '');
      if (known !== undefined) return { RouteTable: routeTableView(world, known), ClientToken };
      const { VpcId, TagSpecifications } = request;
      const vpc = expectResource(world.vpcs, 'vpc', VpcId);
      const table: RouteTable = {
        id: world.newResourceId('route-table'),
        ...initialTags(tagsFor('route-table', TagSpecifications)),
        vpcId: vpc.id,
        routes: localRoutes(vpc),
        associations: [],
      };
      world.routeTables.put(table);
      announceInitialTags(world, table);
      world.clientTokens.remember('CreateRouteTable', ClientToken, request, [table.id]);
      return { RouteTable: routeTableView(world, table), ClientToken };
    },
  });
}

function associateRouteTable(world: World): Operation {
  return ec2Operation({
    name: 'AssociateRouteTable',
    effect: 'write',
    input: { RouteTableId: z.string(), SubnetId: z.string() },
    honesty: {
      modelled: ['One table of its own a subnet; the same association again answers the same id.'],
      notModelled: ['Gateway route tables'],
      sources: [ec2Page('AssociateRouteTable')],
    },
    run: ({ RouteTableId, SubnetId }) => {
      const table = expectResource(world.routeTables, 'route-table', RouteTableId);
      const subnet = expectResource(world.subnets, 'subnet', SubnetId);
      if (table.vpcId !== subnet.vpcId)
        throw new AwsError(
          'InvalidParameterValue',
          `Route table ${table.id} and subnet ${subnet.id} belong to different networks`,
        );
      const existing = table.associations.find(({ subnetId }) => subnetId === subnet.id);
      if (existing !== undefined) return associationAnswer(existing.id);
      if (world.routeTableBySubnet.has(subnet.id))
        throw new AwsError(
          'Resource.AlreadyAssociated',
          `the specified association for route table ${table.id} conflicts with an existing association`,
        );
      const id = world.newId('rtbassoc');
      world.routeTables.put({
        ...table,
        associations: [...table.associations, { id, subnetId: subnet.id }],
      });
      return associationAnswer(id);
    },
  });
}

function associationAnswer(id: string): object {
  return { AssociationId: id, AssociationState: { State: 'associated' } };
}

function disassociateRouteTable(world: World): Operation {
  return ec2Operation({
    name: 'DisassociateRouteTable',
    effect: 'write',
    input: { AssociationId: z.string() },
    honesty: {
      modelled: ["The subnet goes back to the VPC's main table, which itself cannot be disassociated."],
      sources: [ec2Page('DisassociateRouteTable')],
    },
    run: ({ AssociationId }) => {
      const table = world.routeTables.get(world.routeTableByAssociation.get(AssociationId) ?? '');
      if (table === undefined)
        throw new AwsError(
          'InvalidAssociationID.NotFound',
          `The association ID '${AssociationId}' does not exist`,
        );
      const kept = table.associations.filter(({ id }) => id !== AssociationId);
      if (kept.some(({ subnetId }) => subnetId === undefined) !== hasMain(table))
        throw new AwsError(
          'InvalidParameterValue',
          `cannot disassociate the main route table association ${AssociationId}`,
        );
      world.routeTables.put({ ...table, associations: kept });
      return {};
    },
  });
}

function hasMain({ associations }: RouteTable): boolean {
  return associations.some(({ subnetId }) => subnetId === undefined);
}

function routeTableView(world: World, table: RouteTable): object {
  return {
    RouteTableId: table.id,
    VpcId: table.vpcId,
    OwnerId: world.surroundings.accountId,
    Routes: table.routes.map((route) => routeView(world, route)),
    Associations: table.associations.map(({ id, subnetId }) => ({
      Main: subnetId === undefined,
      RouteTableAssociationId: id,
      RouteTableId: table.id,
      SubnetId: subnetId,
      AssociationState: { State: 'associated' },
    })),
    PropagatingVgws: [],
    Tags: tagList(table.tags) ?? [],
  };
}

function routeTableFields(world: World): FilterFields<RouteTable> {
  return {
    'association.main': ({ associations }) => associations.map(({ subnetId }) => subnetId === undefined),
    'association.route-table-association-id': ({ associations }) => associations.map(({ id }) => id),
    'association.route-table-id': ({ id, associations }) => associations.map(() => id),
    'association.subnet-id': ({ associations }) => associations.map(({ subnetId }) => subnetId),
    'owner-id': () => world.surroundings.accountId,
    'route-table-id': ({ id }) => id,
    'route.destination-cidr-block': ({ routes }) => destinations(routes, false),
    'route.destination-ipv6-cidr-block': ({ routes }) => destinations(routes, true),
    'route.gateway-id': ({ routes }) =>
      routes.map(({ target }) => {
        if (target.kind === 'local') return 'local';
        return target.kind === 'internet-gateway' ? target.internetGatewayId : undefined;
      }),
    'route.instance-id': ({ routes }) =>
      routes.map(({ target }) =>
        target.kind === 'network-interface'
          ? world.networkInterfaces.seen(target.networkInterfaceId)?.attachment?.instanceId
          : undefined,
      ),
    'route.origin': ({ routes }) => routes.map(({ origin }) => origin),
    'route.state': ({ routes }) => routes.map((route) => routeState(world, route)),
    'vpc-id': ({ vpcId }) => vpcId,
  };
}

function destinations(routes: readonly Route[], isIpv6: boolean): string[] {
  return routes.flatMap(({ destination }) => (destination.includes(':') === isIpv6 ? destination : []));
}

function describeRouteTables(world: World): Operation {
  return ec2Operation({
    name: 'DescribeRouteTables',
    effect: 'read',
    input: { RouteTableIds: z.array(z.string()).optional(), Filters: filtersInput, ...pagingInput },
    honesty: {
      modelled: [
        'Ids, filters on all fields that are kept, MaxResults 5 to 100 with NextToken.',
        'A route whose interface is gone, unattached or on a stopped instance is a blackhole.',
      ],
      sources: [ec2Page('DescribeRouteTables'), ec2Page('Route')],
    },
    run: ({ RouteTableIds, Filters, ...paging }) => {
      const { items, nextToken } = selectPage(world.routeTables, {
        kind: 'route-table',
        ids: RouteTableIds,
        Filters,
        paging,
        fields: routeTableFields(world),
        idFilter: 'route-table-id',
        idsAloneParameter: 'routeTableIdSet',
        limits: { min: 5, max: 100 },
      });
      return { RouteTables: items.map((table) => routeTableView(world, table)), ...nextToken };
    },
  });
}
