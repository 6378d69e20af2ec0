import type { AddressSpec, ElasticIpSpec } from './address-spec.ts';
import { canonicalCidr } from './cidr.ts';

/** Something that only one role can have. */
export interface AddressClaim {
  /** Equal for the same thing. */
  readonly key: string;
  /** The field of the address that names it. */
  readonly field: string;
  /** As it was written. */
  readonly text: unknown;
  /** What it is, for people. */
  readonly what: string;
}

/** What an address of a spec takes for its role alone; a target group is shared by many. */
export function addressClaims(address: AddressSpec): readonly AddressClaim[] {
  if ('elasticIp' in address) {
    const { elasticIp } = address;
    return [
      {
        key: `elastic-ip ${elasticIpText(elasticIp)}`,
        field: 'elasticIp',
        text: elasticIp,
        what: 'an Elastic IP',
      },
    ];
  }
  if ('privateIp' in address) {
    return each(address.privateIp, 'privateIp', 'a private address');
  }
  if ('networkInterface' in address) {
    return each(address.networkInterface, 'networkInterface', 'a network interface');
  }
  if ('ipv6' in address) return each(address.ipv6, 'ipv6', 'an IPv6 address');
  if ('route' in address) {
    return address.routeTables.map((table) => ({
      key: `route ${table} ${canonicalCidr(address.route)}`,
      field: 'route',
      text: `${address.route} in ${table}`,
      what: 'a route in a route table',
    }));
  }
  return [];
}

function each(values: string | readonly string[], field: string, what: string): readonly AddressClaim[] {
  return [values].flat().map((text) => ({ key: `${field} ${text}`, field, text, what }));
}

/** The same for the same tags in whatever order, whether they name one Elastic IP or a pool. */
function elasticIpText(elasticIp: ElasticIpSpec['elasticIp']): string {
  if (typeof elasticIp === 'string') return elasticIp;
  const { tags } = 'pool' in elasticIp ? elasticIp.pool : elasticIp;
  return JSON.stringify(Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
