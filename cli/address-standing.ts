import type { AddressKind, AddressSpec, RouteSpec, TargetGroupSpec } from '../shared/model/address-spec.ts';
import { addressKind, ofSlot } from '../shared/model/address-spec.ts';
import { canonicalCidr } from '../shared/model/cidr.ts';
import type { AllocationId, Ipv4 } from '../shared/model/ids.ts';
import type { Observed, ObservedNetworkInterface } from '../shared/model/observed.ts';
import type { Refusal } from '../shared/model/role-plan.ts';
import type { SlotState } from '../shared/model/role-state.ts';
import { plannerOf } from '../shared/plan/addresses/planner-of.ts';

/** Where one address of a slot is now. */
export interface AddressStanding {
  readonly kind: AddressKind;
  /** As the spec names it. */
  readonly wanted: AddressSpec;
  /** What is meant, such as `203.0.113.10`; undefined when there is no such thing, or several that could be meant. */
  readonly thing: string | undefined;
  readonly allocationId: AllocationId | undefined;
  /** The instance that has it, or the bare interface or other target; undefined when nobody has. */
  readonly on: string | undefined;
  /** The private address that an Elastic IP is on. */
  readonly privateIp: Ipv4 | undefined;
}

type Place = Omit<AddressStanding, 'kind' | 'wanted'>;

const nowhere: Place = { thing: undefined, allocationId: undefined, on: undefined, privateIp: undefined };

/** One per address of the spec, or per route table of a route. */
export function addressStandings(observed: Observed, slot: SlotState): readonly AddressStanding[] {
  return observed.role.spec.addresses.flatMap((wanted, index) =>
    placesOf(observed, slot, wanted, index).map((place) => ({ kind: addressKind(wanted), wanted, ...place })),
  );
}

function placesOf(observed: Observed, slot: SlotState, spec: AddressSpec, index: number): readonly Place[] {
  if ('elasticIp' in spec) return [elasticIpPlace(observed, slot, spec, index)];
  if ('route' in spec) return routePlaces(observed, spec);
  if ('targetGroup' in spec) return [targetPlace(observed, slot, spec)];
  if ('networkInterface' in spec) {
    const id = ofSlot(spec.networkInterface, slot.slot);
    const isIt = ({ networkInterfaceId }: ObservedNetworkInterface) => networkInterfaceId === id;
    const found = observed.network.interfaces.find(isIt);
    return [{ ...nowhere, thing: found && id, on: found?.attachment?.instanceId }];
  }
  if ('ipv6' in spec) {
    const ipv6 = ofSlot(spec.ipv6, slot.slot);
    return [
      {
        ...nowhere,
        thing: ipv6,
        on: carrierOf(observed, ({ ipv6s }) => ipv6s.some((each) => each === ipv6)),
      },
    ];
  }
  const ip = ofSlot(spec.privateIp, slot.slot);
  return [
    {
      ...nowhere,
      thing: ip,
      on: carrierOf(observed, ({ privateIps }) => privateIps.some((each) => each === ip)),
    },
  ];
}

/** What keeps a slot from having one Elastic IP that is meant. */
const unresolved: ReadonlySet<Refusal['code']> = new Set([
  'ElasticIpNotFound',
  'ElasticIpAmbiguous',
  'PoolExhausted',
]);

function elasticIpPlace(observed: Observed, slot: SlotState, spec: AddressSpec, index: number): Place {
  // Adopting, because it is to be shown whosever it is.
  const planner = plannerOf({ ...spec, adopt: true });
  const context = { observed, slot, index, taken: new Set<string>() };
  const refusal = planner.refusalOf(context);
  if (refusal !== undefined && unresolved.has(refusal.code)) return nowhere;
  const [id] = planner.resourcesOf(context);
  const found = observed.elasticIps.find(({ allocationId }) => allocationId === id);
  return {
    thing: found?.publicIp,
    allocationId: found?.allocationId,
    on: found?.association?.instanceId ?? found?.association?.networkInterfaceId,
    privateIp: found?.association?.privateIp,
  };
}

/** The interface with an address: that of a candidate rather than of a stranger in another VPC. */
function carrierOf(
  { network, instances }: Observed,
  hasIt: (carrier: ObservedNetworkInterface) => boolean,
): string | undefined {
  const carriers = network.interfaces.filter(hasIt);
  const isOfCandidate = ({ attachment }: ObservedNetworkInterface) =>
    instances.some(({ instanceId }) => instanceId === attachment?.instanceId);
  const carrier = carriers.find(isOfCandidate) ?? carriers[0];
  return carrier?.attachment?.instanceId ?? carrier?.networkInterfaceId;
}

function routePlaces({ network, instances }: Observed, { route, routeTables }: RouteSpec): readonly Place[] {
  const wanted = canonicalCidr(route);
  return routeTables.map((id) => {
    const table = network.routeTables.find(({ routeTableId }) => routeTableId === id);
    if (table === undefined) return nowhere;
    const found = table.routes.find(({ cidr }) => cidr === wanted);
    const carrier = instances.find(({ attachments }) =>
      attachments.some(({ networkInterfaceId }) => networkInterfaceId === found?.networkInterfaceId),
    );
    return { ...nowhere, thing: `${wanted} in ${id}`, on: carrier?.instanceId ?? found?.target };
  });
}

/** Others may be registered beside the holder: they are no business of the slot. */
function targetPlace(
  { network }: Observed,
  { holder }: SlotState,
  { targetGroup, port }: TargetGroupSpec,
): Place {
  const [, name = targetGroup] = targetGroup.split('/');
  const isRegistered = network.targets.some(
    (each) =>
      each.targetGroupArn === targetGroup &&
      each.instanceId === holder &&
      (port === undefined || each.port === port),
  );
  return { ...nowhere, thing: `target group ${name}`, on: isRegistered ? holder : undefined };
}
