/** Reads what is known of the keys; a key of which nothing is known is missing from the answer. */
export type FactReader<Fact> = (keys: readonly string[]) => Promise<Readonly<Record<string, Fact>>>;

/** Facts that never change: each is read once, and what was not found is asked again. */
export function lastingFacts<Fact>(
  read: (keys: readonly string[]) => Promise<readonly (readonly [key: string, fact: Fact])[]>,
): FactReader<Fact> {
  const known = new Map<string, Fact>();
  return async (keys) => {
    const unknown = keys.filter((key) => !known.has(key));
    const found = unknown.length === 0 ? [] : await read(unknown);
    for (const [key, fact] of found) known.set(key, fact);
    const wanted = new Set(keys);
    return Object.fromEntries([...known].filter(([key]) => wanted.has(key)));
  };
}
