import type { ElasticIpSpec } from '../../model/address-spec.ts';
import type { Observed, ObservedElasticIp } from '../../model/observed.ts';
import { resourceOf } from '../../model/placement.ts';
import type { Refusal } from '../../model/role-plan.ts';
import type { AddressContext } from './address-planner.ts';
import { associationsThere } from './associations-there.ts';
import { fromPool } from './elastic-ip-pool.ts';
import { concernsRole, isPlacedByUs } from './ours.ts';
import { ownInterfaces } from './own-interfaces.ts';

type Resolution =
  | { readonly kind: 'found'; readonly elasticIp: ObservedElasticIp }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Finds the one Elastic IP that the spec means for this slot and checks that it is ours to move. */
export function resolveElasticIp(context: AddressContext, spec: ElasticIpSpec): Resolution {
  const { elasticIp: wanted, adopt } = spec;
  const name = typeof wanted === 'string' ? wanted : `with tags ${JSON.stringify(tagsOf(wanted))}`;
  const matches = matchesOf(context.observed, spec);
  const isMovable = (each: ObservedElasticIp): boolean => adopt || isOurs(context, each);
  const isPool = typeof wanted !== 'string' && 'pool' in wanted;
  const [first, second] = matches;
  if (second !== undefined && !isPool) {
    const ids = matches.map(({ allocationId }) => allocationId).toSorted();
    const words = `Elastic IP ${name} could be any of ${ids.join(', ')}; tags must name exactly one`;
    return { kind: 'refused', refusal: { code: 'ElasticIpAmbiguous', words } };
  }
  const found = isPool ? fromPool(context, matches, isMovable) : first;
  if (found === undefined && isPool) {
    const { slot } = context.slot;
    const words = `no Elastic IP ${name} is left for slot ${slot}; the pool has ${matches.length}`;
    return { kind: 'refused', refusal: { code: 'PoolExhausted', words } };
  }
  if (found === undefined) {
    const words = `Elastic IP ${name} is not in this account and region`;
    return { kind: 'refused', refusal: { code: 'ElasticIpNotFound', words } };
  }
  if (!isMovable(found)) return { kind: 'refused', refusal: notOurs(found) };
  return { kind: 'found', elasticIp: found };
}

/** All that the spec could mean. */
export function matchesOf(
  { elasticIps }: Observed,
  { elasticIp: wanted }: ElasticIpSpec,
): readonly ObservedElasticIp[] {
  if (typeof wanted === 'string') return elasticIps.filter(({ allocationId }) => allocationId === wanted);
  const wantedTags = Object.entries(tagsOf(wanted));
  return elasticIps.filter(({ tags }) => wantedTags.every(([key, value]) => tags[key] === value));
}

/**
 * Whether the role put it where it is and has no use for it there: the slot is one that the spec no longer has, or the spec
 * means no such Elastic IP any more. It makes room for one that is wanted.
 */
export function isLeftOver(observed: Observed, elasticIp: ObservedElasticIp): boolean {
  const { state, role } = observed;
  const writer = state.slots.find(({ written }) =>
    written.associations.some(({ associationId }) => associationId === elasticIp.association?.associationId),
  );
  if (writer === undefined) return false;
  return (
    writer.slot >= role.spec.slots ||
    !role.spec.addresses.some((spec) => 'elasticIp' in spec && matchesOf(observed, spec).includes(elasticIp))
  );
}

type ByTags = Exclude<ElasticIpSpec['elasticIp'], string>;

function tagsOf(wanted: ByTags): Readonly<Record<string, string>> {
  return 'pool' in wanted ? wanted.pool.tags : wanted.tags;
}

/** Free, written by us, meant by an unsettled claim of ours, with somebody who has to do with the role, or on what we move. */
function isOurs(context: AddressContext, elasticIp: ObservedElasticIp): boolean {
  const { association } = elasticIp;
  if (association === undefined) return true;
  const { observed, slot } = context;
  const ours = [...slot.written.associations, ...associationsThere(slot, [elasticIp])];
  return (
    ours.some(({ associationId }) => associationId === association.associationId) ||
    concernsRole(observed, association.instanceId) ||
    ownInterfaces(context).has(association.networkInterfaceId) ||
    isPlacedByUs(slot, {
      resource: resourceOf.privateIp(association.privateIp),
      at: association.networkInterfaceId,
    })
  );
}

function notOurs({ publicIp, allocationId, association }: ObservedElasticIp): Refusal {
  const carrier = association?.instanceId ?? association?.networkInterfaceId;
  return {
    code: 'ElasticIpNotOurs',
    words:
      `Elastic IP ${publicIp} (${allocationId}) is associated with ${carrier}, ` +
      'which is no candidate for this role; adopt: true would take it over',
  };
}
