/** An IPv6 block: first address, and the length of its prefix in bits. */
export interface Ipv6Block {
  readonly first: bigint;
  readonly prefixLength: number;
}

/** The address as a 128-bit number; undefined when it is malformed. Embedded IPv4 notation is not accepted. */
export function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(Math.max(0, missing)).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((number, group) => number * 0x1_0000n + BigInt(Number.parseInt(group, 16)), 0n);
}

/** The canonical text of RFC 5952: lower case, the longest run of zero groups shortened. */
export function formatIpv6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const runs = [...groups.join(':').matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)];
  const longest = runs.reduce<RegExpExecArray | undefined>(
    (best, run) => (best === undefined || run[0].length > best[0].length ? run : best),
    undefined,
  );
  const text = groups.join(':');
  if (longest === undefined) return text;
  const before = text.slice(0, longest.index).replace(/:$/, '');
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}

/** The block of a CIDR with its host bits cleared; undefined when it is malformed. */
export function parseIpv6Block(cidr: string): Ipv6Block | undefined {
  const [text = '', length = '', ...rest] = cidr.split('/');
  const address = parseIpv6(text);
  if (address === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > 128)
    return undefined;
  const prefixLength = Number(length);
  const hostBits = BigInt(128 - prefixLength);
  return { first: (address >> hostBits) << hostBits, prefixLength };
}

export function formatIpv6Block(block: Ipv6Block): string {
  return `${formatIpv6(block.first)}/${block.prefixLength}`;
}

/** True when `address` is in `block`. */
export function holdsIpv6(block: Ipv6Block, address: bigint): boolean {
  const hostBits = BigInt(128 - block.prefixLength);
  return address >> hostBits === block.first >> hostBits;
}
