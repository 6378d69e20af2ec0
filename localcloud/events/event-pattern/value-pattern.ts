import { isIP } from 'node:net';
import { cidrPattern } from './cidr-pattern.ts';
import { InvalidPattern } from './invalid-pattern.ts';
import { numericPattern, patternNumber } from './numeric-pattern.ts';
import { wildcardPattern } from './wildcard-pattern.ts';

/** A value in an event that is neither object nor array. */
export type Leaf = string | number | boolean | null;

/** One alternative of a field's list: a test of the value, or that there is none. */
export type ValuePattern =
  | { readonly kind: 'value'; readonly test: (value: Leaf) => boolean }
  | { readonly kind: 'absent' };

type Test = (value: Leaf) => boolean;

/**
 * Compiles one element of a field's list. Throws InvalidPattern.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function compileValue(element: unknown): ValuePattern {
  if (Array.isArray(element))
    throw new InvalidPattern('Match value must be String, number, true, false, or null');
  if (typeof element !== 'object' || element === null)
    return { kind: 'value', test: exactly(element as Leaf) };
  const [name, argument] = onlyEntry(element);
  if (name === 'exists') {
    if (typeof argument !== 'boolean')
      throw new InvalidPattern('exists match pattern must be either true or false.');
    return argument ? { kind: 'value', test: () => true } : { kind: 'absent' };
  }
  return { kind: 'value', test: compileOperator(name, argument) };
}

function compileOperator(name: string, argument: unknown): Test {
  switch (name) {
    case 'prefix':
    case 'suffix':
      return affix(name, argument);
    case 'equals-ignore-case':
      return equalsIgnoreCase(textOf(argument, name));
    case 'wildcard':
      return wildcardPattern(textOf(argument, name));
    case 'numeric':
      return numericPattern(argument);
    case 'cidr':
      return cidrPattern(textOf(argument, name));
    case 'anything-but':
      return anythingBut(argument);
    default:
      throw new InvalidPattern(`Unrecognized match type ${name}`);
  }
}

function exactly(expected: Leaf): Test {
  // Different spellings of one IPv6 address are one address, as Event Ruler sees it.
  if (typeof expected === 'string' && isIP(expected) === 6) return cidrPattern(`${expected}/128`);
  return (value) => value === expected;
}

function affix(name: 'prefix' | 'suffix', argument: unknown): Test {
  const isAffix = (text: string, part: string): boolean =>
    name === 'prefix' ? text.startsWith(part) : text.endsWith(part);
  if (typeof argument === 'object' && argument !== null && !Array.isArray(argument)) {
    const [inner, innerArgument] = onlyEntry(argument);
    if (inner !== 'equals-ignore-case') throw new InvalidPattern(`Unsupported ${name} pattern: ${inner}`);
    const part = textOf(innerArgument, inner).toLowerCase();
    return (value) => typeof value === 'string' && isAffix(value.toLowerCase(), part);
  }
  const part = textOf(argument, name);
  return (value) => typeof value === 'string' && isAffix(value, part);
}

function equalsIgnoreCase(expected: string): Test {
  const lower = expected.toLowerCase();
  return (value) => typeof value === 'string' && value.toLowerCase() === lower;
}

function anythingBut(argument: unknown): Test {
  if (typeof argument === 'object' && argument !== null && !Array.isArray(argument)) {
    const [name, refused] = onlyEntry(argument);
    if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name))
      throw new InvalidPattern(`Unsupported anything-but pattern: ${name}`);
    const list = Array.isArray(refused) ? refused : [refused];
    if (list.length === 0 || list.includes('')) throw new InvalidPattern('Null prefix/suffix not allowed');
    return noneOf(list.map((each) => compileOperator(name, textOf(each, name))));
  }
  const list: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  const isText = list.every((each) => typeof each === 'string');
  const isNumeric = list.every((each) => typeof each === 'number');
  if (list.length === 0 || (!isText && !isNumeric))
    throw new InvalidPattern(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  if (isNumeric) list.forEach(patternNumber);
  return noneOf(list.map((each) => exactly(each as Leaf)));
}

function noneOf(tests: readonly Test[]): Test {
  return (value) => !tests.some((test) => test(value));
}

function textOf(argument: unknown, name: string): string {
  if (typeof argument === 'string') return argument;
  throw new InvalidPattern(`${name} match pattern must be a string`);
}

function onlyEntry(object: object): readonly [string, unknown] {
  const [first, ...rest] = Object.entries(object);
  if (first === undefined) throw new InvalidPattern('Match expression name not found');
  if (rest.length > 0) throw new InvalidPattern('Only one key allowed in match expression');
  return first as [string, unknown];
}
