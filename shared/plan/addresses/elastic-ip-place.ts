import type { ElasticIpSpec } from '../../model/address-spec.ts';
import type { ObservedElasticIp, ObservedInstance, ObservedPrivateIp } from '../../model/observed.ts';
import type { AddressContext } from './address-planner.ts';
import { isLeftOver, resolveElasticIp } from './elastic-ip-resolution.ts';
import { ownInterfaces } from './own-interfaces.ts';
import { isOnPrivateIp, ownPrivateIp } from './own-private-ip.ts';
import { privateIpTarget } from './private-ip.ts';
import { isTakenByAnotherSlot, privateIpKey, takenKey } from './taken.ts';

/** An Elastic IP, and the private address that it is on or will be on. */
export interface PlacedElasticIp {
  readonly elasticIp: ObservedElasticIp;
  readonly place: ObservedPrivateIp;
}

interface Wish {
  readonly context: AddressContext;
  readonly spec: ElasticIpSpec;
  readonly elasticIp: ObservedElasticIp;
}

/**
 * Where this Elastic IP of the slot will be when the instance holds the role; undefined when there is no place for it.
 *
 * One that goes with a private address of the role is on that. One that is `on: primary` is on the primary address. The others
 * stay where they are on this instance, and else get the first address that is left. A private address carries one, and
 * associating a second silently evicts the first: nobody gets a place that carries what the slot does not move.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html
 */
export function placeOf(context: AddressContext, instance: ObservedInstance): PlacedElasticIp | undefined {
  const wishes = wishesOf(context);
  const siblings = new Set(wishes.map(({ elasticIp }) => elasticIp.allocationId));
  const places = new Map<number, ObservedPrivateIp>();
  const isLeft = (wish: Wish, place: ObservedPrivateIp): boolean =>
    ![...places.values()].some((each) => privateIpKey(each) === privateIpKey(place)) &&
    !isOccupied(wish.context, siblings, place);
  for (const choose of [fixedPlace, presentPlace, openPlace]) {
    for (const wish of wishes.filter(({ context: { index } }) => !places.has(index))) {
      const place = choose(wish, instance).find((each) => isLeft(wish, each));
      if (place !== undefined) places.set(wish.context.index, place);
    }
  }
  const elasticIp = wishes.find((wish) => wish.context.index === context.index)?.elasticIp;
  const place = places.get(context.index);
  return elasticIp && place && { elasticIp, place };
}

/** Whether the Elastic IP is in its place, or will be because that place comes along. */
export function isInPlace(context: AddressContext, { elasticIp, place }: PlacedElasticIp): boolean {
  const isOnOwn = place.privateIp === ownPrivateIp(context);
  return isAt(elasticIp, place) || (isOnOwn && isOnPrivateIp(context.observed, elasticIp, place.privateIp));
}

/** The Elastic IPs of the slot that can be used. */
function wishesOf(context: AddressContext): readonly Wish[] {
  return context.observed.role.spec.addresses.flatMap((spec, index) => {
    if (!('elasticIp' in spec)) return [];
    const its = { ...context, index };
    const resolution = resolveElasticIp(its, spec);
    return resolution.kind === 'found' ? [{ context: its, spec, elasticIp: resolution.elasticIp }] : [];
  });
}

/** The one place that the spec says. */
function fixedPlace({ context, spec }: Wish, instance: ObservedInstance): readonly ObservedPrivateIp[] {
  const own = ownPrivateIp(context);
  if (own === undefined) {
    return spec.on === 'primary' ? instance.privateIps.filter(({ isPrimary }) => isPrimary) : [];
  }
  const networkInterfaceId = privateIpTarget(context, own, instance);
  return networkInterfaceId === undefined ? [] : [{ networkInterfaceId, privateIp: own, isPrimary: false }];
}

/** Where one without fixed place is already, on the instance or on an interface that the slot moves as a whole. */
function presentPlace(wish: Wish, { privateIps }: ObservedInstance): readonly ObservedPrivateIp[] {
  const { association } = wish.elasticIp;
  if (hasFixedPlace(wish) || association === undefined) return [];
  if (ownInterfaces(wish.context).has(association.networkInterfaceId)) {
    const { networkInterfaceId, privateIp } = association;
    return [{ networkInterfaceId, privateIp, isPrimary: false }];
  }
  return privateIps.filter((each) => isAt(wish.elasticIp, each));
}

/** Addresses that stay with the instance: what a role moves takes its Elastic IP along. */
function openPlace(wish: Wish, { privateIps }: ObservedInstance): readonly ObservedPrivateIp[] {
  if (hasFixedPlace(wish)) return [];
  const { context } = wish;
  const interfaces = ownInterfaces(context);
  const moved = context.observed.role.spec.addresses.flatMap((spec) =>
    'privateIp' in spec ? [spec.privateIp].flat() : [],
  );
  return privateIps.filter(
    ({ networkInterfaceId, privateIp }) =>
      !interfaces.has(networkInterfaceId) &&
      !moved.includes(privateIp) &&
      !isTakenByAnotherSlot(context, takenKey.onInterface(networkInterfaceId, privateIp)),
  );
}

function hasFixedPlace({ context, spec }: Wish): boolean {
  return spec.on === 'primary' || ownPrivateIp(context) !== undefined;
}

function isAt({ association }: ObservedElasticIp, place: ObservedPrivateIp): boolean {
  return association !== undefined && privateIpKey(association) === privateIpKey(place);
}

/** Whether the place has an Elastic IP that the slot does not move, or was given one in this pass. */
function isOccupied(
  context: AddressContext,
  siblings: ReadonlySet<string>,
  place: ObservedPrivateIp,
): boolean {
  return (
    isTakenByAnotherSlot(context, takenKey.carrier(place)) ||
    context.observed.elasticIps.some(
      (each) => !siblings.has(each.allocationId) && isAt(each, place) && !isLeftOver(context.observed, each),
    )
  );
}
