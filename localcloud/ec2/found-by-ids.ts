import { exactValues, type Filters } from './filters.ts';
import { expectWellFormedId, notFound, type ResourceKind } from './state/ids.ts';
import type { Resource } from './state/resources.ts';
import type { Shelf } from './state/shelf.ts';

/**
 * What a Describe call starts from, in order of creation: the resources asked for by id, of which each must be
 * visible; or those that a filter on the id names exactly; or all. Throws the kind's Malformed or NotFound error,
 * naming every id that is missing.
 */
export function foundByIds<T extends Resource>(
  shelf: Shelf<T>,
  kind: ResourceKind,
  ids: readonly string[] | undefined,
  filters?: Filters,
  idFilter?: string,
): T[] {
  if (ids !== undefined) {
    const distinct = [...new Set(ids)];
    for (const id of distinct) expectWellFormedId(kind, id);
    const missing = distinct.filter((id) => shelf.seen(id) === undefined);
    if (missing.length > 0) throw notFound(kind, missing);
    return seenInOrder(shelf, distinct);
  }
  const named = idFilter === undefined ? undefined : exactValues(filters, idFilter);
  return named === undefined ? [...shelf.allSeen()] : seenInOrder(shelf, [...new Set(named)]);
}

function seenInOrder<T extends Resource>(shelf: Shelf<T>, ids: readonly string[]): T[] {
  return ids
    .flatMap((id) => shelf.seen(id) ?? [])
    .sort((a, b) => shelf.serialOf(a.id) - shelf.serialOf(b.id));
}
