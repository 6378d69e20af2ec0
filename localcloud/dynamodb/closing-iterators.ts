import { createRequire } from 'node:module';

/** What abstract-level's iterators have, and what dynalite takes them for. */
interface Iterator {
  close(): Promise<void>;
  return?: () => Promise<void>;
}

interface AbstractLevel {
  readonly AbstractKeyIterator: { readonly prototype: Iterator };
  readonly AbstractValueIterator: { readonly prototype: Iterator };
}

/**
 * Lets dynalite's streams close their iterators. They would do so by `return`, which iterators of abstract-level do not
 * have; its word is `close`. An open iterator stays in its store for ever, with the keys that it was made of: one for
 * each Query and Scan.
 * @see https://github.com/Level/abstract-level#iteratorclose
 */
export function letIteratorsClose(): void {
  const { AbstractKeyIterator, AbstractValueIterator } = abstractLevelOfDynalite();
  for (const { prototype } of [AbstractKeyIterator, AbstractValueIterator]) {
    prototype.return ??= function (this: Iterator) {
      return this.close();
    };
  }
}

/** The one that dynalite's store is made of, wherever it is installed. */
function abstractLevelOfDynalite(): AbstractLevel {
  const require = createRequire(import.meta.url);
  const requireOfDynalite = createRequire(require.resolve('dynalite'));
  const requireOfStore = createRequire(requireOfDynalite.resolve('memory-level'));
  return requireOfStore('abstract-level') as AbstractLevel;
}
