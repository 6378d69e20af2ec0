import type { Filter } from '@aws-sdk/client-ec2';
import { chunked } from '../../model/chunked.ts';
import { pagesRepeat } from '../aws-error.ts';

/** Values of one filter, at the most. */
const filterValuesMax = 200;

/** What asks for the next page; empty for the first. */
export interface NextPage {
  readonly NextToken?: string;
}

/**
 * All pages of one answer, one after the other.
 * @throws ControllerError `PagesRepeat`, retryable, when a page leads back to where it was: there would be no end to it.
 */
export async function everyPage<Output extends { readonly NextToken?: string | undefined }, Item>(
  read: (next: NextPage) => Promise<Output>,
  itemsOf: (output: Output) => readonly Item[],
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let next: NextPage = {};
  do {
    const output = await read(next);
    for (const item of itemsOf(output)) items.push(item);
    const { NextToken } = output;
    if (NextToken && seen.has(NextToken)) throw pagesRepeat('EC2');
    next = NextToken ? { NextToken } : {};
    seen.add(NextToken ?? '');
  } while (next.NextToken !== undefined);
  return items;
}

/**
 * What matches any of the values, in calls side by side of as many values as one filter takes; no values, no call.
 * Filters, never ids: an unknown id would fail the whole call.
 */
export async function filteredBy<Item>(
  Name: string,
  values: readonly string[],
  read: (filter: Filter) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  return (await Promise.all(chunked(values, filterValuesMax).map((Values) => read({ Name, Values })))).flat();
}
