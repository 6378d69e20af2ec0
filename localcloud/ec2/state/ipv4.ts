/** An IPv4 block: first address as an unsigned number, and how many addresses it holds. */
export interface Ipv4Block {
  readonly first: number;
  readonly size: number;
  readonly prefixLength: number;
}

const octetPattern = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

/** The address as an unsigned 32-bit number; undefined when it is not dotted-quad. */
export function parseIpv4(text: string): number | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => octetPattern.test(octet))) return undefined;
  return octets.reduce((number, octet) => number * 256 + Number(octet), 0);
}

export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}

/** The block of a CIDR; undefined when it is malformed. Host bits are cleared, as EC2 does with `100.68.0.18/18`. */
export function parseIpv4Block(cidr: string): Ipv4Block | undefined {
  const [text = '', length = '', ...rest] = cidr.split('/');
  const address = parseIpv4(text);
  if (address === undefined || rest.length > 0 || !/^(?:3[0-2]|[12]?\d)$/.test(length)) return undefined;
  const prefixLength = Number(length);
  const size = 2 ** (32 - prefixLength);
  return { first: address - (address % size), size, prefixLength };
}

export function formatIpv4Block(block: Ipv4Block): string {
  return `${formatIpv4(block.first)}/${block.prefixLength}`;
}

/** True when every address of `inner` is in `outer`. */
export function isWithin(inner: Ipv4Block, outer: Ipv4Block): boolean {
  return inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;
}

export function overlaps(a: Ipv4Block, b: Ipv4Block): boolean {
  return a.first < b.first + b.size && b.first < a.first + a.size;
}
