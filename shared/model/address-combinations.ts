import { addressClaims } from './address-claims.ts';
import type { AddressSpec, ElasticIpSpec } from './address-spec.ts';
import { addressKind } from './address-spec.ts';
import { isInZone } from './dns-name.ts';
import { recordNameOf, recordTypeOf, zoneNameOf } from './record-spec.ts';
import type { CombinationProblem, SpecParts } from './spec-parts.ts';

/** What is impossible among the addresses of a role, and between them and the rest of it. */
export function addressCombinationProblems(spec: SpecParts): readonly CombinationProblem[] {
  return [
    ...spec.addresses.flatMap((address, index) => [
      ...groupProblems(spec, address, index),
      ...subnetProblems(spec, address, index),
      ...('elasticIp' in address ? elasticIpProblems(spec, address, index) : []),
    ]),
    ...repetitions(spec.addresses),
  ];
}

/** One address for each slot, each slot its own. */
function groupProblems({ slots }: SpecParts, address: AddressSpec, index: number): CombinationProblem[] {
  const kind = addressKind(address);
  const problem = (message: string) => [{ path: ['addresses', index, kind], message }];
  if ('route' in address && slots > 1) {
    return problem('must not be in a group: a route has one target, and the slots have many');
  }
  if ('elasticIp' in address) {
    const isPool = typeof address.elasticIp === 'object' && 'pool' in address.elasticIp;
    if (slots === 1 || isPool) return [];
    return problem('must be { pool: { tags: { KEY: VALUE } } } in a group, so that each slot keeps one');
  }
  const listed = perSlotOf(address);
  if (listed === undefined) return [];
  const count = typeof listed === 'string' ? 1 : listed.length;
  if (count === slots) return [];
  return problem(
    slots === 1 ? 'must be one for the one slot' : `must be a list of ${slots}, one for each slot`,
  );
}

function perSlotOf(address: AddressSpec): string | readonly string[] | undefined {
  if ('privateIp' in address) return address.privateIp;
  if ('networkInterface' in address) return address.networkInterface;
  return 'ipv6' in address ? address.ipv6 : undefined;
}

/** An address of a subnet goes nowhere else; the slots of a group may be in several. */
function subnetProblems(
  { slots, allow }: SpecParts,
  address: AddressSpec,
  index: number,
): CombinationProblem[] {
  const { subnets = [] } = allow ?? {};
  const isOfSubnet = 'privateIp' in address || 'ipv6' in address;
  if (!isOfSubnet || slots > 1 || typeof subnets === 'string' || new Set(subnets).size < 2) return [];
  return [
    {
      path: ['allow', 'subnets'],
      message: `must be the one subnet of ${perSlotOf(address)} (addresses[${index}]): it cannot leave it; a route or an Elastic IP can`,
    },
  ];
}

function elasticIpProblems(spec: SpecParts, address: ElasticIpSpec, index: number): CombinationProblem[] {
  return [...placeProblems(spec, address, index), ...reverseNameProblems(spec, address, index)];
}

/** A private address carries one Elastic IP. */
function placeProblems({ addresses }: SpecParts, { on }: ElasticIpSpec, index: number): CombinationProblem[] {
  const before = addresses.slice(0, index).filter((each) => 'elasticIp' in each);
  const privateIps = addresses.filter((each) => 'privateIp' in each).length;
  const path = ['addresses', index, 'on'];
  if (on === 'primary' && before.some((each) => each.on === 'primary')) {
    return [{ path, message: 'must be primary once at most: an address carries one Elastic IP' }];
  }
  if (on === 'privateIp' && before.filter((each) => each.on !== 'primary').length >= privateIps) {
    const message =
      'must have a privateIp of its own among the addresses of the role: one carries one Elastic IP';
    return [{ path, message }];
  }
  if (on === undefined && privateIps === 0 && addresses.some((each) => 'networkInterface' in each)) {
    const message =
      'must not be the one that the interface of the role carries, which comes along with it; on: primary says that it is another';
    return [{ path: ['addresses', index, 'elasticIp'], message }];
  }
  return [];
}

/**
 * AWS takes a reverse name only once a forward record of that name points at the Elastic IP. One in a zone of the role has to
 * be a record of the role, or the two would come in any order; one elsewhere is the operator's.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Elastic_Addressing_Reverse_DNS.html
 */
function reverseNameProblems(
  { slots, records }: SpecParts,
  { reverseName }: ElasticIpSpec,
  index: number,
): CombinationProblem[] {
  if (reverseName === undefined) return [];
  const path = ['addresses', index, 'reverseName'];
  if (slots > 1) {
    return [{ path, message: 'must not be in a group: its Elastic IPs would share one name' }];
  }
  const named = records.filter((record) => recordNameOf(record, 0) === reverseName);
  const pointsAtElasticIp = named.some(
    (record) =>
      record.value === 'elasticIp' ||
      (recordTypeOf(record) === 'A' && record.values?.includes('{elasticIp}') === true),
  );
  const zones = records.flatMap(({ zone }) => zoneNameOf(zone) ?? []);
  const isOurs = named.length > 0 || zones.some((zone) => isInZone(reverseName, zone));
  if (pointsAtElasticIp || !isOurs) return [];
  const message = 'must be the name of a record of the role with value: elasticIp, which AWS asks for first';
  return [{ path, message }];
}

function repetitions(addresses: readonly AddressSpec[]): CombinationProblem[] {
  const seen = new Set<string>();
  return addresses.flatMap((address, index) =>
    addressClaims(address).flatMap(({ key, field }) => {
      if (!seen.has(key)) {
        seen.add(key);
        return [];
      }
      const message = 'must be there once: the role has it already';
      return [{ path: ['addresses', index, field], message }];
    }),
  );
}
