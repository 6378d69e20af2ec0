import type { Ipv4Cidr } from './ids.ts';

interface Bits {
  readonly value: bigint;
  readonly width: 32 | 128;
}

/** Whether the address is in the range; false for an address of the other IP version. Both as EC2 writes them. */
export function holdsIp(cidr: string, ip: string): boolean {
  const [base, length] = halvesOf(cidr);
  const [range, address] = [bitsOf(base), bitsOf(ip)];
  if (range.width !== address.width) return false;
  const free = BigInt(range.width - Number(length));
  return range.value >> free === address.value >> free;
}

/** The range with its host bits cleared, as EC2 shows it: `10.99.0.5/24` is `10.99.0.0/24`. */
export function canonicalCidr(cidr: Ipv4Cidr): Ipv4Cidr {
  const [base, length] = halvesOf(cidr);
  const free = BigInt(32 - Number(length));
  const first = (bitsOf(base).value >> free) << free;
  const octets = [24n, 16n, 8n, 0n].map((shift) => (first >> shift) & 0xffn);
  return `${octets.join('.')}/${length}` as Ipv4Cidr;
}

function halvesOf(cidr: string): readonly [base: string, length: string] {
  const slash = cidr.indexOf('/');
  return [cidr.slice(0, slash), cidr.slice(slash + 1)];
}

function bitsOf(ip: string): Bits {
  if (!ip.includes(':')) return { value: joined(ip.split('.'), 8n, 10), width: 32 };
  const [head = '', tail] = ip.split('::');
  const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [left, right] = [groupsOf(head), groupsOf(tail ?? '')];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return { value: joined([...left, ...zeros, ...right], 16n, 16), width: 128 };
}

function joined(parts: readonly string[], bits: bigint, radix: number): bigint {
  return parts.reduce((value, part) => (value << bits) | BigInt(Number.parseInt(part, radix)), 0n);
}
