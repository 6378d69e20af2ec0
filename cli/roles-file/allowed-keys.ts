import { z } from 'zod';

interface JsonSchemaNode {
  readonly properties?: Readonly<Record<string, JsonSchemaNode>>;
  readonly items?: JsonSchemaNode;
  readonly anyOf?: readonly JsonSchemaNode[];
}

/** The keys that an object at that path may have, in the order of the schema. */
export function allowedKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchemaNode;
  const nodes = path.reduce<readonly JsonSchemaNode[]>(
    (parents, key) => parents.flatMap((parent) => alternatives(childOf(parent, key))),
    alternatives(root),
  );
  return nodes.flatMap(({ properties }) => Object.keys(properties ?? {}));
}

function childOf(parent: JsonSchemaNode, key: PropertyKey): JsonSchemaNode | undefined {
  return typeof key === 'number' ? parent.items : parent.properties?.[String(key)];
}

function alternatives(node: JsonSchemaNode | undefined): readonly JsonSchemaNode[] {
  return node === undefined ? [] : (node.anyOf ?? [node]);
}
