/** The first `size` of `items`, and the one after them if there is one. */
export function pageOf<Item>(
  items: Iterable<Item>,
  size: number,
): { readonly page: readonly Item[]; readonly next: Item | undefined } {
  const page: Item[] = [];
  for (const item of items) {
    if (page.length === size) return { page, next: item };
    page.push(item);
  }
  return { page, next: undefined };
}
