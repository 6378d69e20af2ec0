/** Each of them once, in the order in which they first come. */
export function distinct<Each>(all: readonly Each[]): readonly Each[] {
  return [...new Set(all)];
}
