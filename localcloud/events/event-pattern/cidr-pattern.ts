import { BlockList, isIP } from 'node:net';
import { InvalidPattern } from './invalid-pattern.ts';

/** Tests whether a text is an address in the block. Throws InvalidPattern. */
export function cidrPattern(cidr: string): (value: unknown) => boolean {
  const [address = '', bits, ...rest] = cidr.split('/');
  if (bits === undefined || rest.length > 0) throw new InvalidPattern("Malformed CIDR, one '/' required");
  const version = isIP(address);
  if (version === 0) throw new InvalidPattern(`Malformed CIDR, invalid address: ${address}`);
  const maskBits = Number(bits);
  if (!/^\d+$/.test(bits) || maskBits > (version === 4 ? 32 : 128))
    throw new InvalidPattern('Malformed CIDR, mask bits must be an integer');
  const block = new BlockList();
  const family = version === 4 ? 'ipv4' : 'ipv6';
  block.addSubnet(address, maskBits, family);
  return (value) => typeof value === 'string' && isIP(value) === version && block.check(value, family);
}
