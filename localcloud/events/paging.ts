import { AwsError } from '../core/aws-error.ts';

/** One page of a list that is in order of name. Throws InvalidToken for a token that is not one. */
export function pageOf<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  {
    NextToken,
    Limit = 100,
  }: { readonly NextToken?: string | undefined; readonly Limit?: number | undefined },
): { readonly page: readonly Item[]; readonly NextToken: string | undefined } {
  const after = NextToken === undefined ? '' : decode(NextToken);
  const rest = items.filter((item) => nameOf(item) > after);
  const page = rest.slice(0, Limit);
  const last = page.at(-1);
  const hasMore = rest.length > page.length && last !== undefined;
  return { page, NextToken: hasMore ? Buffer.from(`after ${nameOf(last)}`).toString('base64') : undefined };
}

function decode(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('after '))
    throw new AwsError('ValidationException', 'Parameter NextToken is not valid.');
  return text.slice('after '.length);
}
