import type { AssociateAddress } from '../model/change.ts';
import type { Observed, ObservedElasticIp, ObservedInstance, ObservedPrivateIp } from '../model/observed.ts';
import type { Refusal } from '../model/role-plan.ts';
import type { ElasticIpSpec } from '../model/role-spec.ts';
import type { SlotState, WrittenAssociation } from '../model/role-state.ts';

/** Private addresses that this pass has already given to another Elastic IP, as `privateIpKey`. */
export type TakenPrivateIps = Set<string>;

export type ElasticIpResolution =
  | { readonly kind: 'found'; readonly elasticIp: ObservedElasticIp }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Finds the one Elastic IP that the spec means and checks that it is ours to move. */
export function resolveElasticIp(
  observed: Observed,
  spec: ElasticIpSpec,
  slot: SlotState,
): ElasticIpResolution {
  const wanted = spec.elasticIp;
  const matches = observed.elasticIps.filter((each) =>
    typeof wanted === 'string' ? each.allocationId === wanted : hasTags(each, wanted.tags),
  );
  const name = typeof wanted === 'string' ? wanted : `with tags ${JSON.stringify(wanted.tags)}`;
  const [elasticIp, second] = matches;
  if (elasticIp === undefined)
    return refused('ElasticIpNotFound', `Elastic IP ${name} is not in this account and region`);
  if (second !== undefined) {
    const ids = matches
      .map((each) => each.allocationId)
      .toSorted()
      .join(', ');
    return refused(
      'ElasticIpAmbiguous',
      `Elastic IP ${name} could be any of ${ids}; tags must name exactly one`,
    );
  }
  if (!spec.adopt && !isOurs(observed, elasticIp, slot)) {
    const { instanceId, networkInterfaceId } = elasticIp.association ?? {};
    return refused(
      'ElasticIpNotOurs',
      `Elastic IP ${elasticIp.publicIp} (${elasticIp.allocationId}) is associated with ${instanceId ?? networkInterfaceId}, ` +
        'which is no candidate for this role; adopt: true would take it over',
    );
  }
  return { kind: 'found', elasticIp };
}

function refused(code: Refusal['code'], words: string): ElasticIpResolution {
  return { kind: 'refused', refusal: { code, words } };
}

function hasTags(elasticIp: ObservedElasticIp, tags: Readonly<Record<string, string>>): boolean {
  return Object.entries(tags).every(([key, value]) => elasticIp.tags[key] === value);
}

/** Free, written by us, meant by an unsettled claim of ours, or with somebody who has to do with this role. */
function isOurs(observed: Observed, elasticIp: ObservedElasticIp, slot: SlotState): boolean {
  if (elasticIp.association === undefined) return true;
  const { associationId, instanceId } = elasticIp.association;
  const ours = [...slot.written.associations, ...associationsThere(slot, [elasticIp])];
  return (
    ours.some((each) => each.associationId === associationId) ||
    (instanceId !== undefined && observed.instances.some((each) => each.instanceId === instanceId))
  );
}

/** Associations that stand just as a claim that nobody settled meant to make them. */
export function associationsThere(
  { intent }: SlotState,
  elasticIps: readonly ObservedElasticIp[],
): readonly WrittenAssociation[] {
  return intent.flatMap((change) => {
    if (change.kind !== 'associate-address') return [];
    const { allocationId, networkInterfaceId, privateIp } = change;
    const { association } = elasticIps.find((each) => each.allocationId === allocationId) ?? {};
    return association?.networkInterfaceId === networkInterfaceId && association.privateIp === privateIp
      ? [{ allocationId, associationId: association.associationId, networkInterfaceId, privateIp }]
      : [];
  });
}

/** The private address of the instance that carries the Elastic IP, if one does. */
export function carrierOf(
  elasticIp: ObservedElasticIp,
  instance: ObservedInstance,
): ObservedPrivateIp | undefined {
  const { association } = elasticIp;
  return instance.privateIps.find(
    (each) =>
      each.privateIp === association?.privateIp && each.networkInterfaceId === association.networkInterfaceId,
  );
}

/**
 * Where the Elastic IP would go: where it is already, else the first private address without another Elastic IP. A
 * private address carries one, and associating a second silently evicts the first, whosever it is.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html
 */
export function landingPlace(
  observed: Observed,
  elasticIp: ObservedElasticIp,
  instance: ObservedInstance,
  taken: ReadonlySet<string>,
): ObservedPrivateIp | undefined {
  const occupied = new Set(
    observed.elasticIps.flatMap(({ allocationId, association }) =>
      association !== undefined && allocationId !== elasticIp.allocationId ? [privateIpKey(association)] : [],
    ),
  );
  return (
    carrierOf(elasticIp, instance) ??
    instance.privateIps.find((each) => !occupied.has(privateIpKey(each)) && !taken.has(privateIpKey(each)))
  );
}

/** An address is unique only within its VPC; with its interface it is unique everywhere. */
export function privateIpKey(place: Pick<ObservedPrivateIp, 'networkInterfaceId' | 'privateIp'>): string {
  return `${place.networkInterfaceId}/${place.privateIp}`;
}

export type ElasticIpPlan =
  | { readonly kind: 'standing'; readonly association: WrittenAssociation }
  | { readonly kind: 'change'; readonly change: AssociateAddress };

/** The one call that brings the Elastic IP to its place; none when it is there. */
export function planElasticIp(
  { allocationId, publicIp, association }: ObservedElasticIp,
  { instanceId }: ObservedInstance,
  { networkInterfaceId, privateIp }: ObservedPrivateIp,
): ElasticIpPlan {
  if (association?.networkInterfaceId === networkInterfaceId && association.privateIp === privateIp) {
    const { associationId } = association;
    return { kind: 'standing', association: { allocationId, associationId, networkInterfaceId, privateIp } };
  }
  const allowReassociation = association !== undefined;
  return {
    kind: 'change',
    change: {
      kind: 'associate-address',
      allocationId,
      publicIp,
      networkInterfaceId,
      privateIp,
      instanceId,
      allowReassociation,
    },
  };
}
