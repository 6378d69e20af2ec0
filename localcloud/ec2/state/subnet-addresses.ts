import type { Random } from '../../core/random.ts';
import { AddressPool } from './address-pool.ts';
import { formatIpv4, parseIpv4, parseIpv4Block } from './ipv4.ts';

// AWS keeps the first four addresses and the last one of every subnet.
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
const reservedFirst = 4;
const reservedLast = 1;

/** Why an address of a subnet cannot be taken. */
export type Refusal = 'outside' | 'reserved' | 'taken';

/** Which private IPv4 addresses of each subnet are free. */
export class SubnetAddresses {
  readonly #random: Random;
  readonly #bySubnet = new Map<string, { readonly first: number; readonly pool: AddressPool }>();

  constructor(random: Random) {
    this.#random = random;
  }

  open(subnetId: string, cidrBlock: string): void {
    const block = parseIpv4Block(cidrBlock);
    if (block === undefined) throw new Error(`${cidrBlock} is not a CIDR block`);
    const pool = new AddressPool(block.size - reservedFirst - reservedLast, this.#random);
    this.#bySubnet.set(subnetId, { first: block.first + reservedFirst, pool });
  }

  close(subnetId: string): void {
    this.#bySubnet.delete(subnetId);
  }

  freeCount(subnetId: string): number {
    return this.#of(subnetId).pool.freeCount;
  }

  takenCount(subnetId: string): number {
    const { pool } = this.#of(subnetId);
    return pool.size - pool.freeCount;
  }

  /** Takes some free address; undefined when the subnet is full. */
  takeAny(subnetId: string): string | undefined {
    const { first, pool } = this.#of(subnetId);
    const number = pool.takeAny();
    return number === undefined ? undefined : formatIpv4(first + number);
  }

  /** Why this address cannot be taken now; undefined when it can. */
  refusal(subnetId: string, address: string): Refusal | undefined {
    const { first, pool } = this.#of(subnetId);
    const number = (parseIpv4(address) ?? Number.NaN) - first;
    if (number >= 0 && number < pool.size) return pool.isFree(number) ? undefined : 'taken';
    return number >= -reservedFirst && number < pool.size + reservedLast ? 'reserved' : 'outside';
  }

  take(subnetId: string, address: string): void {
    const { first, pool } = this.#of(subnetId);
    pool.take((parseIpv4(address) ?? Number.NaN) - first);
  }

  give(subnetId: string, address: string): void {
    const { first, pool } = this.#of(subnetId);
    pool.give((parseIpv4(address) ?? Number.NaN) - first);
  }

  #of(subnetId: string): { readonly first: number; readonly pool: AddressPool } {
    const addresses = this.#bySubnet.get(subnetId);
    if (addresses === undefined) throw new Error(`subnet ${subnetId} is not open`);
    return addresses;
  }
}
