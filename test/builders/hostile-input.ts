import fc from 'fast-check';
import { arbitraryText, replaced } from './arbitrary-input.ts';

/** Longer than anything that may come back in a message, and long enough to overflow what is done with each character. */
export const longText = 'x'.repeat(2 ** 17);

const depth = 5_000;

/** Lists in lists, deeper than any recursion goes. */
export const deepList: unknown = Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 'bottom');

/** The same as JSON, which the parser of JSON reads and its writer does not. */
export const deepJson = `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Values that a good one never is, each of which broke a parser somewhere. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    longText,
    deepList,
    '',
    '\0',
    '\ud800',
    'constructor',
    '__proto__',
    'toString',
    'NaN',
    '1e999',
    '-0',
    '{tag:constructor}',
    '../../etc/passwd',
    '*',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.MAX_SAFE_INTEGER,
    Number.MAX_VALUE,
    8.64e15 + 1,
    -1,
    -0,
    0.5,
    null,
    undefined,
    true,
    [],
    {},
    [null],
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}'),
  ),
  arbitraryText,
  fc.jsonValue(),
);

/** A good value with something hostile in one of its places, without one of them, or with one more. */
export function spoilt(good: unknown): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...placesIn(good)), hostileValue, fc.constantFrom('replace', 'remove', 'add'))
    .map(([place, value, how]) => {
      if (how === 'replace') return replaced(good, place, value);
      if (how === 'remove') return replaced(good, place, undefined);
      const key = typeof value === 'string' ? value : '__proto__';
      return withKey(good, place, key, value);
    });
}

/** Text that was good before it was cut, doubled, or had some of it overwritten. */
export function spoiltText(good: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(good.length), fc.nat(good.length), fc.oneof(arbitraryText, fc.constant(longText)))
    .map(([from, to, text]) => `${good.slice(0, from)}${text}${good.slice(Math.max(from, to))}`);
}

/** The places in a value, from the whole on. */
function placesIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, part]) => placesIn(part).map((place) => [key, ...place])),
  ];
}

/** A copy with one key more in the object at the place, or around it. */
function withKey(value: unknown, place: readonly string[], key: string, part: unknown): unknown {
  const [step, ...rest] = place;
  if (typeof value !== 'object' || value === null) return value;
  if (step !== undefined && typeof Reflect.get(value, step) === 'object') {
    return replaced(value, [step], withKey(Reflect.get(value, step), rest, key, part));
  }
  if (Array.isArray(value)) return [...value, part];
  return Object.fromEntries([...Object.entries(value), [key, part]]);
}
