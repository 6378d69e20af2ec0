import type { EC2Client, Route, RouteTable } from '@aws-sdk/client-ec2';
import { DescribeRouteTablesCommand } from '@aws-sdk/client-ec2';
import type { RouteTableId } from '../../model/ids.ts';
import {
  ipv4CidrSchema,
  networkInterfaceIdSchema,
  routeTableIdSchema,
  vpcIdSchema,
} from '../../model/ids.ts';
import type { ObservedRoute, ObservedRouteTable } from '../../model/observed.ts';
import { callAws } from '../aws-error.ts';
import { everyPage, filteredBy } from './pages.ts';

/** Route tables of one page, at the most. */
const pageMax = 100;

/** Those of the route tables that EC2 knows. */
export async function readRouteTables(
  client: EC2Client,
  ids: readonly RouteTableId[],
): Promise<readonly ObservedRouteTable[]> {
  return filteredBy('route-table-id', ids, (filter) =>
    everyPage(
      (next) =>
        callAws('DescribeRouteTables', () =>
          client.send(new DescribeRouteTablesCommand({ Filters: [filter], MaxResults: pageMax, ...next })),
        ),
      ({ RouteTables = [] }) => RouteTables.flatMap((table) => toObservedRouteTable(table) ?? []),
    ),
  );
}

function toObservedRouteTable({
  RouteTableId,
  VpcId,
  Routes = [],
}: RouteTable): ObservedRouteTable | undefined {
  const id = routeTableIdSchema.safeParse(RouteTableId);
  const vpcId = vpcIdSchema.safeParse(VpcId);
  if (!id.success || !vpcId.success) return undefined;
  return {
    routeTableId: id.data,
    vpcId: vpcId.data,
    routes: Routes.flatMap((route) => toObservedRoute(route) ?? []),
  };
}

/** Undefined for routes of IPv6 ranges and of prefix lists, which no role has. */
function toObservedRoute(route: Route): ObservedRoute | undefined {
  const cidr = ipv4CidrSchema.safeParse(route.DestinationCidrBlock);
  if (!cidr.success) return undefined;
  const networkInterfaceId = networkInterfaceIdSchema.safeParse(route.NetworkInterfaceId);
  return {
    cidr: cidr.data,
    ...(networkInterfaceId.success ? { networkInterfaceId: networkInterfaceId.data } : {}),
    isBlackhole: route.State === 'blackhole',
    target: targetOf(route),
  };
}

/** An instance says more to people than its interface, which EC2 shows beside it. */
function targetOf(route: Route): string {
  return (
    route.InstanceId ??
    route.NetworkInterfaceId ??
    route.GatewayId ??
    route.NatGatewayId ??
    route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.LocalGatewayId ??
    route.CarrierGatewayId ??
    route.CoreNetworkArn ??
    route.EgressOnlyInternetGatewayId ??
    'a target of another kind'
  );
}
