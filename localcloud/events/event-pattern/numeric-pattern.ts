import { InvalidPattern } from './invalid-pattern.ts';

const largest = 5e9;

const comparisons: ReadonlyMap<unknown, (value: number, bound: number) => boolean> = new Map([
  ['=', (value: number, bound: number) => value === bound],
  ['<', (value: number, bound: number) => value < bound],
  ['<=', (value: number, bound: number) => value <= bound],
  ['>', (value: number, bound: number) => value > bound],
  ['>=', (value: number, bound: number) => value >= bound],
]);

/**
 * Compiles `[">", 0, "<=", 5]`: one comparison, or a range whose lower bound comes first. Throws InvalidPattern.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#filtering-numeric-matching
 */
export function numericPattern(argument: unknown): (value: unknown) => boolean {
  if (!Array.isArray(argument)) throw new InvalidPattern('Value of numeric must be an array.');
  const [operator, first, upperOperator, second, ...rest] = argument as unknown[];
  const compare = comparisons.get(operator);
  if (typeof operator !== 'string') throw new InvalidPattern(`Invalid member in numeric match: ${operator}`);
  if (compare === undefined) throw new InvalidPattern(`Unrecognized numeric range operator: ${operator}`);
  const bound = patternNumber(first, operator);
  if (upperOperator === undefined) return (value) => typeof value === 'number' && compare(value, bound);
  if (!operator.startsWith('>') || rest.length > 0)
    throw new InvalidPattern('Too many elements in numeric expression');
  const compareUpper = comparisons.get(upperOperator);
  if (compareUpper === undefined || !String(upperOperator).startsWith('<'))
    throw new InvalidPattern(`Bad numeric range operator: ${upperOperator}`);
  const upperBound = patternNumber(second, String(upperOperator));
  if (bound >= upperBound) throw new InvalidPattern('Bottom must be less than top');
  return (value) => typeof value === 'number' && compare(value, bound) && compareUpper(value, upperBound);
}

/** A number as patterns take it: from -5.0e9 to 5.0e9. Throws InvalidPattern. */
export function patternNumber(value: unknown, operator: unknown = 'equals'): number {
  if (typeof value !== 'number')
    throw new InvalidPattern(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`);
  if (Math.abs(value) > largest)
    throw new InvalidPattern('Value must be between -5.0E9 and 5.0E9, inclusive');
  return value;
}
