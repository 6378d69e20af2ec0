import type { RouteSpec } from '../../model/address-spec.ts';
import type { AddressChange } from '../../model/change.ts';
import { canonicalCidr } from '../../model/cidr.ts';
import type { RouteTableId } from '../../model/ids.ts';
import type {
  ObservedAttachment,
  ObservedInstance,
  ObservedRoute,
  ObservedRouteTable,
} from '../../model/observed.ts';
import type { Placement } from '../../model/placement.ts';
import { resourceOf } from '../../model/placement.ts';
import type { Refusal } from '../../model/role-plan.ts';
import type { AddressContext, AddressPlanner } from './address-planner.ts';
import { isPlacedByUs } from './ours.ts';

/**
 * An overlay range that every table of the spec routes to the holder's primary interface. One call a table: what a crash
 * leaves undone differs, and is done by the next pass.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export const routePlanner: AddressPlanner<RouteSpec> = {
  refusalOf(context, spec) {
    const missing = spec.routeTables.filter((id) => tableOf(context, id) === undefined);
    if (missing.length > 0) {
      const words = `route table ${missing.join(', ')} is not in this account and region`;
      return { code: 'RouteTableNotFound', words };
    }
    for (const { table, route } of placesOf(context, spec)) {
      const refusal = route && routeRefusal(context, spec, table, route);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  },

  obstacleTo(context, spec, instance) {
    if (targetOf(instance) === undefined) return 'it has no network interface';
    const { vpcId } = instance;
    const stranger = placesOf(context, spec).find(({ table }) => table.vpcId !== vpcId)?.table;
    return stranger && `it is in ${vpcId ?? 'no VPC'}, and ${stranger.routeTableId} in ${stranger.vpcId}`;
  },

  planFor(context, spec, holder) {
    const target = targetOf(holder);
    if (target === undefined) return { changes: [] };
    const { networkInterfaceId } = target;
    const { instanceId } = holder;
    const changes: AddressChange[] = target.checksSourceDest
      ? [{ kind: 'disable-source-dest-check', networkInterfaceId, instanceId }]
      : [];
    const placements: Placement[] = [];
    const cidr = canonicalCidr(spec.route);
    for (const { table, route } of placesOf(context, spec)) {
      const { routeTableId } = table;
      if (route?.networkInterfaceId === networkInterfaceId) {
        placements.push({ resource: resourceOf.route(routeTableId, cidr), at: networkInterfaceId });
      } else {
        const exists = route !== undefined;
        changes.push({ kind: 'replace-route', routeTableId, cidr, networkInterfaceId, instanceId, exists });
      }
    }
    return { changes, placements };
  },

  resourcesOf(_, { route, routeTables }) {
    return routeTables.map((id) => resourceOf.route(id, canonicalCidr(route)));
  },
};

function tableOf({ observed }: AddressContext, id: RouteTableId): ObservedRouteTable | undefined {
  return observed.network.routeTables.find(({ routeTableId }) => routeTableId === id);
}

/** Each table of the spec that there is, once, with its route for the range. */
function placesOf(
  context: AddressContext,
  spec: RouteSpec,
): readonly { readonly table: ObservedRouteTable; readonly route: ObservedRoute | undefined }[] {
  const wanted = canonicalCidr(spec.route);
  const tables = [...new Set(spec.routeTables)].flatMap((id) => tableOf(context, id) ?? []);
  return tables.map((table) => ({ table, route: table.routes.find(({ cidr }) => cidr === wanted) }));
}

/** The primary interface: secondary ones may be moved away. */
function targetOf({ attachments }: ObservedInstance): ObservedAttachment | undefined {
  return attachments.find(({ deviceIndex }) => deviceIndex === 0);
}

function routeRefusal(
  { observed, slot }: AddressContext,
  { adopt }: RouteSpec,
  { routeTableId }: ObservedRouteTable,
  { cidr, networkInterfaceId, target }: ObservedRoute,
): Refusal | undefined {
  const where = `the route ${cidr} of ${routeTableId}`;
  if (target === 'local') {
    return { code: 'RouteNotOurs', words: `${where} is the local one of its VPC, which cannot be moved` };
  }
  const isCandidate = observed.instances.some(({ attachments }) =>
    attachments.some((each) => each.networkInterfaceId === networkInterfaceId),
  );
  const isPlaced =
    networkInterfaceId !== undefined &&
    isPlacedByUs(slot, { resource: resourceOf.route(routeTableId, cidr), at: networkInterfaceId });
  if (adopt || isCandidate || isPlaced) return undefined;
  return {
    code: 'RouteNotOurs',
    words: `${where} points at ${target}, which is no candidate for this role; adopt: true would take it over`,
  };
}
