import fc from 'fast-check';

/** Text of ASCII in all its kinds, and some of what is beyond. */
export const arbitraryText = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)),
    fc.constantFrom('{', '"', ',', 'ä', '\u2028', '\ud800', '😀'),
  ),
  maxLength: 60,
});

/** A good value with something else, of any kind, in one of its places. */
export function mutated(good: unknown): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...pathsIn(good)), fc.oneof(fc.jsonValue(), fc.constant(undefined)))
    .map(([path, by]) => replaced(good, path, by));
}

/** A copy of a value of JSON with something else in one place, named by keys and indexes; all of it for no path. */
export function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((each, index) => (String(index) === key ? replaced(each, rest, by) : each));
  const entries = Object.entries(value as object);
  return Object.fromEntries(
    entries.map(([name, each]) => [name, name === key ? replaced(each, rest, by) : each]),
  );
}

/** Every place inside a value. */
function pathsIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    [key],
    ...pathsIn(each).map((path) => [key, ...path]),
  ]);
}
