import type { Random } from '../../core/random.ts';
import { AddressPool } from './address-pool.ts';
import { formatIpv4, parseIpv4, parseIpv4Block } from './ipv4.ts';

// Documentation ranges of RFC 5737 first, then the benchmarking range of RFC 2544: none is routed on the internet.
const publicRanges = ['203.0.113.0/24', '198.51.100.0/24', '198.18.0.0/15'];

/** The public IPv4 addresses that localcloud's Amazon owns. */
export class PublicAddresses {
  readonly #ranges: readonly { readonly first: number; readonly pool: AddressPool }[];

  constructor(random: Random) {
    this.#ranges = publicRanges.flatMap((cidr) => {
      const block = parseIpv4Block(cidr);
      // Network and broadcast address are left out: they look wrong as a host's address.
      return block === undefined
        ? []
        : [{ first: block.first + 1, pool: new AddressPool(block.size - 2, random) }];
    });
  }

  take(): string {
    for (const { first, pool } of this.#ranges) {
      const number = pool.takeAny();
      if (number !== undefined) return formatIpv4(first + number);
    }
    throw new Error('all public addresses are taken');
  }

  give(publicIp: string): void {
    const address = parseIpv4(publicIp) ?? Number.NaN;
    const range = this.#ranges.find(({ first, pool }) => address >= first && address < first + pool.size);
    if (range === undefined) throw new Error(`${publicIp} is not one of the public addresses`);
    range.pool.give(address - range.first);
  }
}
