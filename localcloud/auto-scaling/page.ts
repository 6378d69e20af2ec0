import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';

/** The paging parameters of a Describe action that answers at most `max` items at once. */
export function pagingInput(max: number) {
  return {
    MaxRecords: z
      .number()
      .int()
      .min(1, 'Member must have value greater than or equal to 1')
      .max(max, `Member must have value less than or equal to ${max}`)
      .optional(),
    NextToken: z.string().optional(),
  };
}

/**
 * One page of items in ascending order of their keys. The token remembers the last key shown, so that what comes and
 * goes between pages neither repeats nor hides others. Throws InvalidNextToken.
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  {
    NextToken,
    MaxRecords,
  }: { readonly NextToken?: string | undefined; readonly MaxRecords?: number | undefined },
  defaultCount: number,
): { readonly page: readonly Item[]; readonly NextToken: string | undefined } {
  const after = NextToken === undefined ? undefined : keyOfToken(NextToken);
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, MaxRecords ?? defaultCount);
  const last = page.at(-1);
  const hasMore = last !== undefined && rest.length > page.length;
  return { page, NextToken: hasMore ? Buffer.from(`after ${keyOf(last)}`).toString('base64') : undefined };
}

/** In the order that {@link pageOf} asks for. */
export function inOrder<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Item[] {
  return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b))));
}

function keyOfToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('after ')) throw new AwsError('InvalidNextToken', `The token '${token}' is invalid.`);
  return text.slice('after '.length);
}
