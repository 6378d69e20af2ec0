import { InvalidPattern } from './invalid-pattern.ts';
import { compileValue, type Leaf, type ValuePattern } from './value-pattern.ts';

/** A compiled event pattern. */
export interface EventPattern {
  matches(event: object): boolean;
}

/** A field that must hold one of some values, an object whose fields must all match, or alternatives of those. */
type Node =
  | { readonly kind: 'values'; readonly patterns: readonly ValuePattern[] }
  | {
      readonly kind: 'fields';
      readonly fields: ReadonlyMap<string, Node>;
      readonly either: readonly Node[][];
    };

const reservedInOr: ReadonlySet<string> = new Set([
  'exactly',
  'prefix',
  'suffix',
  'anything-but',
  'exists',
  'numeric',
  'cidr',
  'equals-ignore-case',
  'wildcard',
]);

/**
 * Compiles the JSON text of an event pattern. Throws InvalidPattern with Event Ruler's reason.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function compileEventPattern(text: string): EventPattern {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch (error) {
    throw new InvalidPattern((error as Error).message);
  }
  if (!isObject(pattern)) throw new InvalidPattern('Filter is not an object');
  const root = compileFields(pattern, false);
  return { matches: (event) => matches(root, event) };
}

function compileFields(pattern: object, isInsideOr: boolean): Node {
  const entries = Object.entries(pattern) as [string, unknown][];
  if (entries.length === 0) throw new InvalidPattern('Empty objects are not allowed');
  const fields = new Map<string, Node>();
  const either: Node[][] = [];
  for (const [name, value] of entries) {
    if (name === '$or') either.push(compileOr(value));
    else if (isInsideOr && reservedInOr.has(name))
      throw new InvalidPattern(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    else if (Array.isArray(value)) fields.set(name, compileValues(value));
    else if (isObject(value)) fields.set(name, compileFields(value, isInsideOr));
    else throw new InvalidPattern(`"${name}" must be an object or an array`);
  }
  return { kind: 'fields', fields, either };
}

function compileOr(alternatives: unknown): Node[] {
  if (!Array.isArray(alternatives)) throw new InvalidPattern('It must be an Array followed with $or.');
  if (!alternatives.every(isObject))
    throw new InvalidPattern('Only JSON object is allowed in array of $or relationship.');
  if (alternatives.length < 2)
    throw new InvalidPattern('There must have at least 2 Objects in $or relationship.');
  return alternatives.map((each) => compileFields(each, true));
}

function compileValues(list: readonly unknown[]): Node {
  if (list.length === 0) throw new InvalidPattern('Empty arrays are not allowed');
  return { kind: 'values', patterns: list.map(compileValue) };
}

/** An array matches when one of its elements does; for objects that means all fields within the same element. */
function matches(node: Node, value: unknown): boolean {
  if (node.kind === 'values') return matchesValues(node.patterns, value);
  if (Array.isArray(value) && value.length > 0) return value.some((element) => matches(node, element));
  const object = isObject(value) ? (value as Readonly<Record<string, unknown>>) : {};
  for (const [name, field] of node.fields)
    if (!matches(field, Object.hasOwn(object, name) ? object[name] : undefined)) return false;
  return node.either.every((alternatives) => alternatives.some((each) => matches(each, object)));
}

/** Objects are no values: `exists` works on leaves only, so that an object counts as absent. */
function matchesValues(patterns: readonly ValuePattern[], value: unknown): boolean {
  const leaves = leavesOf(value);
  return patterns.some((pattern) =>
    pattern.kind === 'absent' ? leaves.length === 0 : leaves.some((leaf) => pattern.test(leaf)),
  );
}

function leavesOf(value: unknown): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return value === undefined || isObject(value) ? [] : [value as Leaf];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
