import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import {
  invalidParameterCombination,
  invalidParameterValue,
  missingParameter,
  severalInterfaces,
} from './errors.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { formatIpv4Block, isWithin, parseIpv4Block } from './state/ipv4.ts';
import { formatIpv6Block, holdsIpv6, parseIpv6Block } from './state/ipv6.ts';
import type { RouteTable, RouteTarget } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';

const destinationInput = {
  RouteTableId: z.string(),
  DestinationCidrBlock: z.string().optional(),
  DestinationIpv6CidrBlock: z.string().optional(),
};

const routeInput = {
  ...destinationInput,
  GatewayId: z.string().optional(),
  InstanceId: z.string().optional(),
  NetworkInterfaceId: z.string().optional(),
};

type Destination = z.infer<z.ZodObject<typeof destinationInput>>;
type RouteRequest = z.infer<z.ZodObject<typeof routeInput>>;

const routeTablesPage = 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html';
const otherTargets =
  'Targets other than internet gateways, instances and interfaces; prefix lists; the quota for routes';

/** CreateRoute, ReplaceRoute and DeleteRoute. */
export function routeOperations(world: World): readonly Operation[] {
  return [createRoute(world), replaceRoute(world), deleteRoute(world)];
}

function createRoute(world: World): Operation {
  return ec2Operation({
    name: 'CreateRoute',
    effect: 'write',
    input: routeInput,
    honesty: {
      modelled: [
        'A destination outside the VPC, or exactly the block of one of its subnets; one route a destination.',
        'An internet gateway, an interface, or an instance with exactly one interface, all of the same VPC.',
      ],
      notModelled: [otherTargets],
      sources: [ec2Page('CreateRoute'), routeTablesPage],
    },
    run: (request) => {
      const table = expectResource(world.routeTables, 'route-table', request.RouteTableId);
      const destination = expectDestination(request);
      const target = expectTarget(world, table, request);
      if (table.routes.some((route) => route.destination === destination))
        throw new AwsError('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
      expectRoutable(world, table, destination);
      world.routeTables.put({
        ...table,
        routes: [...table.routes, { destination, target, origin: 'CreateRoute' }],
      });
      return { Return: true };
    },
  });
}

function replaceRoute(world: World): Operation {
  return ec2Operation({
    name: 'ReplaceRoute',
    effect: 'write',
    input: routeInput,
    honesty: {
      modelled: [
        'The target of an existing route; a destination without a route is an InvalidParameterValue that says so.',
      ],
      notModelled: [otherTargets, 'Other targets for local routes'],
      sources: [ec2Page('ReplaceRoute'), routeTablesPage],
    },
    run: (request) => {
      const table = expectResource(world.routeTables, 'route-table', request.RouteTableId);
      const destination = expectDestination(request);
      const target = expectTarget(world, table, request);
      const route = table.routes.find((each) => each.destination === destination);
      if (route === undefined)
        throw invalidParameterValue(
          `There is no route defined for '${destination}' in the route table. Use CreateRoute instead.`,
        );
      if (route.target.kind === 'local')
        throw invalidParameterValue(`cannot replace local route ${destination} in route table ${table.id}`);
      world.routeTables.put({
        ...table,
        routes: table.routes.map((each) => (each === route ? { ...route, target } : each)),
      });
      return {};
    },
  });
}

function deleteRoute(world: World): Operation {
  return ec2Operation({
    name: 'DeleteRoute',
    effect: 'write',
    input: destinationInput,
    honesty: {
      modelled: ['Any route but the local ones.'],
      notModelled: ['Prefix lists'],
      sources: [ec2Page('DeleteRoute')],
    },
    run: (request) => {
      const table = expectResource(world.routeTables, 'route-table', request.RouteTableId);
      const destination = expectDestination(request);
      const route = table.routes.find((each) => each.destination === destination);
      if (route === undefined)
        throw new AwsError(
          'InvalidRoute.NotFound',
          `no route with destination-cidr-block ${destination} in route table ${table.id}`,
        );
      if (route.target.kind === 'local')
        throw invalidParameterValue(`cannot remove local route ${destination} in route table ${table.id}`);
      world.routeTables.put({ ...table, routes: table.routes.filter((each) => each !== route) });
      return {};
    },
  });
}

function expectDestination({ DestinationCidrBlock, DestinationIpv6CidrBlock }: Destination): string {
  if (DestinationCidrBlock !== undefined && DestinationIpv6CidrBlock !== undefined)
    throw invalidParameterCombination(
      'You may specify only one of destinationCidrBlock and destinationIpv6CidrBlock',
    );
  if (DestinationCidrBlock !== undefined) {
    const block = parseIpv4Block(DestinationCidrBlock);
    if (block === undefined)
      throw invalidParameterValue(
        `Value (${DestinationCidrBlock}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
      );
    return formatIpv4Block(block);
  }
  if (DestinationIpv6CidrBlock === undefined) throw missingParameter('destinationCidrBlock');
  const block = parseIpv6Block(DestinationIpv6CidrBlock);
  if (block === undefined)
    throw invalidParameterValue(
      `Value (${DestinationIpv6CidrBlock}) for parameter destinationIpv6CidrBlock is invalid. This is not a valid IPv6 CIDR block.`,
    );
  return formatIpv6Block(block);
}

/** A route inside the VPC must be exactly a subnet's block: nothing else is more specific than the local route. */
function expectRoutable(world: World, table: RouteTable, destination: string): void {
  const vpc = expectResource(world.vpcs, 'vpc', table.vpcId);
  if (!isInside(destination, destination.includes(':') ? vpc.ipv6CidrBlock : vpc.cidrBlock)) return;
  for (const subnet of world.subnets.all())
    if (subnet.vpcId === vpc.id && (subnet.cidrBlock === destination || subnet.ipv6CidrBlock === destination))
      return;
  throw invalidParameterValue("Route destination doesn't match any subnet CIDR blocks.");
}

function isInside(destination: string, vpcBlock: string | undefined): boolean {
  if (vpcBlock === undefined) return false;
  if (!destination.includes(':')) {
    const [inner, outer] = [parseIpv4Block(destination), parseIpv4Block(vpcBlock)];
    return inner !== undefined && outer !== undefined && isWithin(inner, outer);
  }
  const [inner, outer] = [parseIpv6Block(destination), parseIpv6Block(vpcBlock)];
  return (
    inner !== undefined &&
    outer !== undefined &&
    inner.prefixLength >= outer.prefixLength &&
    holdsIpv6(outer, inner.first)
  );
}

function expectTarget(world: World, table: RouteTable, request: RouteRequest): RouteTarget {
  const { GatewayId, InstanceId, NetworkInterfaceId } = request;
  const given = [GatewayId, InstanceId, NetworkInterfaceId].filter((each) => each !== undefined);
  if (given.length === 0)
    throw new AwsError(
      'MissingParameter',
      'The request must contain exactly one of gatewayId, instanceId, networkInterfaceId',
    );
  if (given.length > 1)
    throw invalidParameterCombination(
      'The request must contain exactly one of gatewayId, instanceId, networkInterfaceId',
    );
  if (GatewayId !== undefined) {
    const gateway = world.internetGateways.get(GatewayId);
    if (gateway === undefined)
      throw new AwsError('InvalidGatewayID.NotFound', `The gateway ID '${GatewayId}' does not exist`);
    expectSameNetwork(table, `network gateway ${gateway.id}`, gateway.vpcId);
    return { kind: 'internet-gateway', internetGatewayId: gateway.id };
  }
  const networkInterfaceId = NetworkInterfaceId ?? onlyInterfaceOf(world, InstanceId ?? '');
  const eni = expectResource(world.networkInterfaces, 'network-interface', networkInterfaceId);
  expectSameNetwork(table, `interface ${eni.id}`, eni.vpcId);
  return { kind: 'network-interface', networkInterfaceId: eni.id };
}

function expectSameNetwork(table: RouteTable, target: string, vpcId: string | undefined): void {
  if (vpcId !== table.vpcId)
    throw invalidParameterValue(`route table ${table.id} and ${target} belong to different networks`);
}

function onlyInterfaceOf(world: World, instanceId: string): string {
  const instance = expectResource(world.instances, 'instance', instanceId);
  const [id, ...others] = instance.networkInterfaceIds;
  if (id === undefined || others.length > 0) throw severalInterfaces(instance.id);
  return id;
}
