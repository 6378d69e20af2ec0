import { z } from 'zod';
import { addressKinds, addressSchemas } from '../../shared/model/address-spec.ts';

interface JsonSchemaNode {
  readonly properties?: Readonly<Record<string, JsonSchemaNode>>;
  readonly items?: JsonSchemaNode;
  readonly anyOf?: readonly JsonSchemaNode[];
}

/** The keys that an object at that path of the input may have, in the order of the schema. */
export function allowedKeys(
  schema: z.ZodType,
  input: unknown,
  path: readonly PropertyKey[],
): readonly string[] {
  let nodes = alternatives(jsonSchema(schema));
  let value = input;
  for (const key of path) {
    value = isObject(value) ? Reflect.get(value, key) : undefined;
    const children = nodes.flatMap((parent) => alternatives(childOf(parent, key)));
    nodes = children.some(hasProperties) || !isAddress(value) ? children : addressNodes(value);
  }
  return nodes.flatMap(({ properties }) => Object.keys(properties ?? {}));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function hasProperties({ properties = {} }: JsonSchemaNode): boolean {
  return Object.keys(properties).length > 0;
}

function isAddress(value: unknown): value is object {
  return isObject(value) && addressKinds.some((kind) => kind in value);
}

/** An address has the schema of its kind, which the JSON schema of the whole cannot tell. */
function addressNodes(address: object): readonly JsonSchemaNode[] {
  const kind = addressKinds.find((each) => each in address);
  return kind === undefined ? [] : alternatives(jsonSchema(addressSchemas[kind]));
}

function jsonSchema(schema: z.ZodType): JsonSchemaNode {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchemaNode;
}

function childOf(parent: JsonSchemaNode, key: PropertyKey): JsonSchemaNode | undefined {
  return typeof key === 'number' ? parent.items : parent.properties?.[String(key)];
}

function alternatives(node: JsonSchemaNode | undefined): readonly JsonSchemaNode[] {
  return node === undefined ? [] : (node.anyOf ?? [node]);
}
