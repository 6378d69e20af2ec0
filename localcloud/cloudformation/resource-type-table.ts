import { resourceTypes } from './resource-types.ts';

/** A Markdown table of the resource types that can be deployed: what has a behaviour, and what is accepted only. */
export function resourceTypeTable(): string {
  const rows = [...resourceTypes.values()].map(({ name, propertyNames, withoutEffect, attributeNames }) =>
    [code([name]), code(propertyNames), code(withoutEffect), code(attributeNames)].join(' | '),
  );
  return [
    '| type | properties | accepted without effect | attributes |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
