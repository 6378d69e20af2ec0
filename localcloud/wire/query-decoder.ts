import { z } from 'zod';

/** How the text of one parameter, or the tree of a nested one, becomes what an operation's schema describes. */
export type Decoder =
  | { readonly kind: 'structure'; readonly members: ReadonlyMap<string, readonly [string, Decoder]> }
  | { readonly kind: 'list'; readonly item: Decoder; readonly isWrapped: boolean }
  | { readonly kind: 'scalar'; readonly parse: (text: string) => unknown };

/** Parameters by their dotted names, as a tree. */
export interface ParameterTree {
  text?: string;
  readonly children: Map<string, ParameterTree>;
}

/** What one service's query protocol does its own way. */
export interface QueryDialect {
  /** The wire name of a parameter: `owner` is the operation for its own parameters, undefined for nested ones. */
  readonly parameterName: (owner: string | undefined, member: string) => string;
  /** Whether items are numbered below a `member`: `Tags.member.1.Key` rather than `Tag.1.Key`. */
  readonly hasWrappedLists: boolean;
}

/** The decoder of an operation's parameters, made once from its schema. */
export function compileDecoder(operation: string, schema: z.core.$ZodType, dialect: QueryDialect): Decoder {
  return compile(operation, schema, dialect);
}

function compile(owner: string | undefined, schema: z.core.$ZodType, dialect: QueryDialect): Decoder {
  if (schema instanceof z.ZodOptional) return compile(owner, schema.unwrap(), dialect);
  if (schema instanceof z.ZodArray) {
    const item = compile(undefined, schema.element, dialect);
    return { kind: 'list', item, isWrapped: dialect.hasWrappedLists };
  }
  if (schema instanceof z.ZodObject) {
    const members = Object.entries(schema.shape as Record<string, z.core.$ZodType>).map(
      ([member, each]) =>
        [dialect.parameterName(owner, member), [member, compile(undefined, each, dialect)]] as const,
    );
    return { kind: 'structure', members: new Map(members) };
  }
  return { kind: 'scalar', parse: scalarParser(schema) };
}

/** Text that is no value of its type stays text: the schema then refuses it, naming the parameter. */
function scalarParser(schema: z.core.$ZodType): (text: string) => unknown {
  if (schema instanceof z.ZodBoolean) return parseBoolean;
  if (schema instanceof z.ZodNumber) return parseNumber;
  if (schema instanceof z.ZodLiteral && typeof schema.value === 'number') return parseNumber;
  if (schema instanceof z.ZodDate) return parseDate;
  return (text) => text;
}

function parseBoolean(text: string): unknown {
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  return text;
}

function parseNumber(text: string): unknown {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/** ISO 8601, as Smithy's date-time; without a zone it is UTC. */
function parseDate(text: string): unknown {
  const isZoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const time = new Date(isZoned ? text : `${text}Z`);
  return /^\d{4}-/.test(text) && !Number.isNaN(time.getTime()) ? time : text;
}

/** Sorts parameters into a tree by the dots in their names. */
export function parameterTree(parameters: Iterable<readonly [string, string]>): ParameterTree {
  const root: ParameterTree = { children: new Map() };
  for (const [name, text] of parameters) {
    let node = root;
    for (const part of name.split('.')) {
      let child = node.children.get(part);
      if (child === undefined) {
        child = { children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.text = text;
  }
  return root;
}

/**
 * The value of a tree. A parameter that the decoder does not know keeps its wire name and text, so that the
 * operation's strict schema refuses it by that name.
 */
export function decodeTree(decoder: Decoder | undefined, tree: ParameterTree): unknown {
  if (decoder === undefined || decoder.kind === 'scalar') {
    if (tree.children.size > 0) return rawTree(tree);
    return decoder === undefined ? tree.text : decoder.parse(tree.text ?? '');
  }
  // An empty list has to be said somehow: by its name alone.
  if (tree.text === '' && decoder.kind === 'list' && decoder.isWrapped) return [];
  if (tree.text !== undefined) return tree.text;
  if (decoder.kind === 'list') return decodeList(decoder, tree);
  // Not by assignment: a parameter may be called `__proto__`.
  return Object.fromEntries(
    [...tree.children].map(([wireName, child]) => {
      const [member, memberDecoder] = decoder.members.get(wireName) ?? [wireName, undefined];
      return [member, decodeTree(memberDecoder, child)];
    }),
  );
}

function decodeList({ item, isWrapped }: Extract<Decoder, { kind: 'list' }>, tree: ParameterTree): unknown {
  const items = isWrapped ? tree.children.get('member') : tree;
  const positions = [...(items?.children.keys() ?? [])].sort((a, b) => Number(a) - Number(b));
  if (items === undefined || positions.some((position) => !/^\d+$/.test(position))) return rawTree(tree);
  return positions.flatMap((position) => {
    const child = items.children.get(position);
    return child === undefined ? [] : [decodeTree(item, child)];
  });
}

function rawTree(tree: ParameterTree): unknown {
  return Object.fromEntries([...tree.children].map(([name, child]) => [name, decodeTree(undefined, child)]));
}
