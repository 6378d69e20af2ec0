const step = /\.([^.[\]]+)|\['([^']+)'\]|\[(\d+)\]/gy;

/** Whether a text is a path of the kind EventBridge takes: `$`, `.name`, `['name']`, `[0]`. */
export function isJsonPath(path: string): boolean {
  return path.startsWith('$') && path.slice(1).replace(step, '') === '';
}

/** The value at a path; undefined when there is none. */
export function valueAt(root: unknown, path: string): unknown {
  let value = root;
  for (const [, dotted, quoted, index] of path.slice(1).matchAll(step)) {
    const key = dotted ?? quoted ?? Number(index);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
