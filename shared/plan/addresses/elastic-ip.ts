import type { ElasticIpSpec } from '../../model/address-spec.ts';
import type { AddressChange } from '../../model/change.ts';
import type { Ipv4 } from '../../model/ids.ts';
import type { ObservedElasticIp, ObservedInstance } from '../../model/observed.ts';
import type { Refusal } from '../../model/role-plan.ts';
import type { AddressContext, AddressPlan, AddressPlanner } from './address-planner.ts';
import type { PlacedElasticIp } from './elastic-ip-place.ts';
import { isInPlace, placeOf } from './elastic-ip-place.ts';
import { isLeftOver, matchesOf, resolveElasticIp } from './elastic-ip-resolution.ts';
import { isOnPrivateIp, ownPrivateIp, ownPrivateIpSpec } from './own-private-ip.ts';
import { privateIpPlanner } from './private-ip.ts';
import { take, takenKey } from './taken.ts';

/** An Elastic IP, by its id, by tags, or out of a pool, on one private address of the holder. */
export const elasticIpPlanner: AddressPlanner<ElasticIpSpec> = {
  refusalOf(context, spec) {
    const resolution = resolveElasticIp(context, spec);
    if (resolution.kind === 'refused') return resolution.refusal;
    return ownPrivateIpRefusal(context, resolution.elasticIp);
  },

  obstacleTo(context, spec, instance) {
    if (placeOf(context, instance) !== undefined) return undefined;
    const own = ownPrivateIp(context);
    // Why not is said by the private address.
    if (own !== undefined) return `it cannot take ${own}`;
    return spec.on === 'primary'
      ? 'its primary address already carries another Elastic IP'
      : 'each of its private addresses already carries another Elastic IP';
  },

  planFor(context, spec, holder) {
    const source = placeOf(context, holder);
    if (source === undefined) return { changes: [] };
    const { elasticIp, place } = source;
    take(context, takenKey.elasticIp(elasticIp.allocationId));
    take(context, takenKey.carrier(place));
    const { changes, associations = [] } = associationPlan(context, source, holder);
    return { changes: [...changes, ...reverseNameChanges(context, spec, elasticIp)], associations };
  },

  resourcesOf(context, spec) {
    const resolution = resolveElasticIp(context, spec);
    if (resolution.kind === 'found') return [resolution.elasticIp.allocationId];
    return matchesOf(context.observed, spec).map(({ allocationId }) => allocationId);
  },
};

/** The Elastic IP and where it will be when the instance holds the role; undefined when it cannot be used there. */
export function elasticIpSourceOf(
  context: AddressContext,
  _: ElasticIpSpec,
  instance: ObservedInstance,
): PlacedElasticIp | undefined {
  return placeOf(context, instance);
}

/** Why the role's own private address cannot carry the Elastic IP, where it goes with one. */
function ownPrivateIpRefusal(context: AddressContext, elasticIp: ObservedElasticIp): Refusal | undefined {
  const name = `Elastic IP ${elasticIp.publicIp} (${elasticIp.allocationId})`;
  const refused = (words: string): Refusal => ({ code: 'NoFreePrivateIp', words });
  const spec = ownPrivateIpSpec(context);
  if (spec === undefined) return undefined;
  const own = ownPrivateIp(context);
  if (own === undefined) return refused(`the role has no private address of its own for ${name}`);
  if (privateIpPlanner.refusalOf(context, spec) !== undefined) {
    return refused(`${name} goes with ${own}, which cannot be used`);
  }
  const intruder = intruderOn(context, own);
  if (intruder === undefined) return undefined;
  return refused(
    `${own} already carries Elastic IP ${intruder.publicIp} (${intruder.allocationId}), so ${name} cannot go on it`,
  );
}

/** Another Elastic IP, not one of the slot's, on the role's own private address: associating ours would evict it. */
function intruderOn(context: AddressContext, privateIp: Ipv4): ObservedElasticIp | undefined {
  const { observed } = context;
  const ours = observed.role.spec.addresses.flatMap((spec, index) => {
    const resolution = 'elasticIp' in spec ? resolveElasticIp({ ...context, index }, spec) : undefined;
    return resolution?.kind === 'found' ? [resolution.elasticIp.allocationId] : [];
  });
  return observed.elasticIps.find(
    (each) =>
      !ours.includes(each.allocationId) &&
      isOnPrivateIp(observed, each, privateIp) &&
      !isLeftOver(observed, each),
  );
}

/** The one call that brings the Elastic IP to its place; none when it is there, or comes along with it. */
function associationPlan(
  context: AddressContext,
  placed: PlacedElasticIp,
  { instanceId }: ObservedInstance,
): AddressPlan {
  const { allocationId, publicIp, association } = placed.elasticIp;
  const { networkInterfaceId, privateIp } = placed.place;
  if (association !== undefined && isInPlace(context, placed)) {
    const { associationId } = association;
    return { changes: [], associations: [{ allocationId, associationId, networkInterfaceId, privateIp }] };
  }
  const allowReassociation = association !== undefined;
  const change: AddressChange = {
    kind: 'associate-address',
    allocationId,
    publicIp,
    networkInterfaceId,
    privateIp,
    instanceId,
    allowReassociation,
    ...(association === undefined ? {} : { replaces: association.associationId }),
  };
  return { changes: [change] };
}

/** None where the reverse name was not read: it is set once, not at every failover. */
function reverseNameChanges(
  { observed }: AddressContext,
  { reverseName: name }: ElasticIpSpec,
  { allocationId, publicIp }: ObservedElasticIp,
): readonly AddressChange[] {
  const present = observed.network.reverseNames[allocationId];
  if (name === undefined || present === undefined || present === name) return [];
  return [{ kind: 'set-reverse-name', allocationId, publicIp, name }];
}
