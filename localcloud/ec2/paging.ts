import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { invalidParameterValue } from './errors.ts';

/** The paging parameters of Describe calls. */
export const pagingInput = {
  MaxResults: z.number().int().optional(),
  NextToken: z.string().optional(),
};

export interface Paging {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: { readonly NextToken: string } | undefined;
}

/** What a page may hold, as the API reference of each action says. */
export interface PageLimits {
  readonly min: number;
  readonly max: number;
}

/**
 * One page of items that come in the order of their serial. The token remembers the last serial shown, so that
 * resources that come and go between pages neither repeat nor hide others. Without `MaxResults` all items are
 * one page, as AWS answers unpaginated calls.
 */
export function cutPage<Item>(
  items: Iterable<Item>,
  serialOf: (item: Item) => number,
  paging: Paging,
  limits: PageLimits,
): Page<Item> {
  const { MaxResults, NextToken } = paging;
  expectWithin(MaxResults, limits);
  const after = NextToken === undefined ? 0 : serialOfToken(NextToken);
  const rest = after === 0 ? [...items] : [...items].filter((item) => serialOf(item) > after);
  if (MaxResults === undefined || rest.length <= MaxResults) return { items: rest, nextToken: undefined };
  const page = rest.slice(0, MaxResults);
  const last = page.at(-1);
  return {
    items: page,
    nextToken: last === undefined ? undefined : { NextToken: tokenOfSerial(serialOf(last)) },
  };
}

/** Some actions refuse `MaxResults` together with a list of ids. `ids` is the parameter's name in the message. */
export function expectNoPagingWithIds(ids: string, hasIds: boolean, paging: Paging): void {
  if (hasIds && paging.MaxResults !== undefined)
    throw new AwsError(
      'InvalidParameterCombination',
      `The parameter ${ids} cannot be used with the parameter maxResults`,
    );
}

function expectWithin(maxResults: number | undefined, { min, max }: PageLimits): void {
  if (maxResults === undefined) return;
  if (maxResults < min)
    throw invalidParameterValue(
      `Value ( ${maxResults} ) for parameter maxResults is invalid. Expecting a value greater than ${min}.`,
    );
  if (maxResults > max)
    throw invalidParameterValue(
      `Value ( ${maxResults} ) for parameter maxResults is invalid. Expecting a value less than ${max}.`,
    );
}

function tokenOfSerial(serial: number): string {
  return Buffer.from(`after ${serial}`).toString('base64url');
}

function serialOfToken(token: string): number {
  const serial = /^after (\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (serial === undefined) throw new AwsError('InvalidNextToken', `The token '${token}' is invalid`);
  return Number(serial);
}
