import { compileFilters, type FilterFields, type Filters } from './filters.ts';
import { foundByIds } from './found-by-ids.ts';
import { cutPage, expectNoPagingWithIds, type Page, type PageLimits, type Paging } from './paging.ts';
import type { ResourceKind } from './state/ids.ts';
import type { Resource } from './state/resources.ts';
import type { Shelf } from './state/shelf.ts';

/** What a Describe call asks for, and what its action allows. */
export interface Selection<T> {
  readonly kind: ResourceKind;
  readonly ids: readonly string[] | undefined;
  readonly Filters: Filters;
  readonly paging: Paging;
  readonly fields: FilterFields<T>;
  /** The filter that names ids: answered from the index when its values are exact. */
  readonly idFilter: string;
  /** The list of ids in the words of AWS's message, where the action refuses it together with MaxResults. */
  readonly idsAloneParameter?: string;
  readonly limits?: PageLimits;
}

const usualLimits: PageLimits = { min: 5, max: 1000 };

/** One page of the resources that a Describe call sees: by id, by filter, or all, in order of creation. */
export function selectPage<T extends Resource>(shelf: Shelf<T>, selection: Selection<T>): Page<T> {
  const { kind, ids, Filters, paging, fields, idFilter, idsAloneParameter, limits = usualLimits } = selection;
  if (idsAloneParameter !== undefined) expectNoPagingWithIds(idsAloneParameter, ids !== undefined, paging);
  const isWanted = compileFilters(Filters, fields, ({ tags }) => tags);
  const found = foundByIds(shelf, kind, ids, Filters, idFilter).filter(isWanted);
  return cutPage(found, ({ id }) => shelf.serialOf(id), paging, limits);
}
