/** Seeded randomness: the same seed gives the same run. Nothing in localcloud uses `Math.random`. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  integer(below: number): number;
  /** `length` lower-case hexadecimal digits, as AWS ids use them. */
  hex(length: number): string;
  /** A version-4-shaped UUID. */
  uuid(): string;
  /** An independent stream, so that one room's draws do not shift another's. */
  fork(label: string): Random;
}

/** Mulberry32 by Tommy Ettinger (public domain): small, fast, good enough for choices that need no secrecy. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  const hex = (length: number): string => {
    let text = '';
    while (text.length < length)
      text += Math.floor(next() * 0x1_0000)
        .toString(16)
        .padStart(4, '0');
    return text.slice(0, length);
  };
  return {
    next,
    integer,
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'.charAt(integer(4))}${hex(3)}-${hex(12)}`,
    fork: (label) =>
      seededRandom([...label].reduce((hash, char) => Math.imul(hash, 31) + char.charCodeAt(0), seed)),
  };
}
