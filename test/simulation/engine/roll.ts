/**
 * A number in [0, 1) that depends on nothing but the seed and the words. Unlike a stream of random numbers it does not
 * shift when something else of a run is left out, so that a failing run can be shrunk.
 */
export function roll(seed: number, ...words: readonly (string | number)[]): number {
  // FNV-1a, then the finalizer of MurmurHash3.
  let hash = 0x811c9dc5 ^ seed;
  for (const character of words.join(' ')) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}
