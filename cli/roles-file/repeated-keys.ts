import type { Document, Scalar } from 'yaml';
import { isScalar, visit } from 'yaml';

/**
 * Keys that stand in their map a second time. The YAML library can look for them too, but compares each key with every one
 * before it: a long file would take hours.
 */
export function repeatedKeys(document: Document): readonly Scalar[] {
  const repeated: Scalar[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) repeated.push(key);
        seen.add(key.value);
      }
    },
  });
  return repeated;
}
