import { AwsError, notModelled } from '../core/aws-error.ts';
import { arityOf, type Context } from './condition-keys.ts';
import { arnPattern, wildcardPattern } from './pattern.ts';

/** One operator with one key, ready to be asked. */
export interface Condition {
  /** In lower case. */
  readonly key: string;
  readonly holds: (context: Context) => boolean;
}

interface Comparison {
  /** Makes one value of the policy ready to be compared. */
  readonly compile: (value: string) => (found: string) => boolean;
  /** True for `…Not…` operators: no value of the policy may match. */
  readonly isNegated: boolean;
}

const equals: Comparison['compile'] = (value) => (found) => found === value;
const equalsIgnoringCase: Comparison['compile'] = (value) => (found) =>
  found.toLowerCase() === value.toLowerCase();
const like: Comparison['compile'] = (value) => wildcardPattern(value).matches;
const arnLike: Comparison['compile'] = (value) => arnPattern(value).matches;
const numeric =
  (isMet: (found: number, wanted: number) => boolean): Comparison['compile'] =>
  (value) =>
  (found) =>
    isMet(Number(found), Number(value));

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const comparisons: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['StringEquals', { compile: equals, isNegated: false }],
  ['StringNotEquals', { compile: equals, isNegated: true }],
  ['StringEqualsIgnoreCase', { compile: equalsIgnoringCase, isNegated: false }],
  ['StringNotEqualsIgnoreCase', { compile: equalsIgnoringCase, isNegated: true }],
  ['StringLike', { compile: like, isNegated: false }],
  ['StringNotLike', { compile: like, isNegated: true }],
  // AWS compares ArnEquals with wildcards too.
  ['ArnEquals', { compile: arnLike, isNegated: false }],
  ['ArnLike', { compile: arnLike, isNegated: false }],
  ['ArnNotEquals', { compile: arnLike, isNegated: true }],
  ['ArnNotLike', { compile: arnLike, isNegated: true }],
  ['Bool', { compile: equalsIgnoringCase, isNegated: false }],
  ['NumericEquals', { compile: numeric((found, wanted) => found === wanted), isNegated: false }],
  ['NumericNotEquals', { compile: numeric((found, wanted) => found === wanted), isNegated: true }],
  ['NumericLessThan', { compile: numeric((found, wanted) => found < wanted), isNegated: false }],
  ['NumericLessThanEquals', { compile: numeric((found, wanted) => found <= wanted), isNegated: false }],
  ['NumericGreaterThan', { compile: numeric((found, wanted) => found > wanted), isNegated: false }],
  ['NumericGreaterThanEquals', { compile: numeric((found, wanted) => found >= wanted), isNegated: false }],
]);

const operatorForm = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** Throws by name for an operator or key that localcloud does not judge by. */
export function compileCondition(operator: string, key: string, values: readonly string[]): Condition {
  const [, quantifier, name = operator, ifExists] = operatorForm.exec(operator) ?? [];
  const arity = arityOf(key);
  const variable = values.find((value) => value.includes('${'));
  if (variable !== undefined) throw notModelled(`the policy variable in ${variable}`);
  const contextKey = key.toLowerCase();
  if (operator === 'Null') {
    const isAbsenceWanted = values.some((value) => value.toLowerCase() === 'true');
    return { key: contextKey, holds: (context) => isAbsent(context.get(contextKey)) === isAbsenceWanted };
  }
  const comparison = comparisons.get(name);
  if (comparison === undefined) throw notModelled(`the condition operator ${operator}`);
  // AWS takes it, and decides by one value or none: never what was meant.
  if (arity === 'multi' && quantifier === undefined)
    throw new AwsError(
      'MalformedPolicyDocument',
      `The condition key ${key} has several values: ${operator} must be ForAllValues:${operator} or ForAnyValue:${operator}`,
    );
  const tests = values.map(comparison.compile);
  const isMet = (found: string): boolean => tests.some((test) => test(found)) !== comparison.isNegated;
  return {
    key: contextKey,
    holds: (context) => {
      const found = context.get(contextKey);
      if (isAbsent(found)) return isMetByAbsence(quantifier, ifExists !== undefined, comparison);
      return quantifier === 'ForAllValues' ? found.every(isMet) : found.some(isMet);
    },
  };
}

/** A request that has no value for a key has not the key, such as a DeleteTags that names no tag. */
function isAbsent(found: readonly string[] | undefined): found is undefined | readonly [] {
  return found === undefined || found.length === 0;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function isMetByAbsence(quantifier: string | undefined, ifExists: boolean, comparison: Comparison): boolean {
  if (ifExists || quantifier === 'ForAllValues') return true;
  return quantifier === undefined && comparison.isNegated;
}
