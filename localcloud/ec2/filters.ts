import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { invalidParameterValue } from './errors.ts';
import type { Tags } from './state/resources.ts';

/** The `Filters` parameter of Describe calls. */
export const filtersInput = z
  .array(z.strictObject({ Name: z.string().optional(), Values: z.array(z.string()).optional() }))
  .optional();

export type Filters = z.infer<typeof filtersInput>;

type FilterValue = string | number | boolean | undefined;

/** The values of one filter for one item: it matches when any of them matches any wanted value. */
export type FilterField<Item> = (item: Item) => FilterValue | readonly FilterValue[];

/** By filter name, as the SDK documents them. */
export type FilterFields<Item> = Readonly<Record<string, FilterField<Item>>>;

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
const valuesMax = 200;

/**
 * What a request's filters let through: all filters must match, each by any of its values. Matching is
 * case-sensitive; `*` and `?` are wildcards unless escaped by a backslash. Throws InvalidParameterValue for a
 * filter that is not in `fields`.
 */
export function compileFilters<Item>(
  filters: Filters,
  fields: FilterFields<Item>,
  tagsOf: (item: Item) => Tags,
): (item: Item) => boolean {
  const tests = (filters ?? []).map(({ Name, Values }) => {
    if (Name === undefined) throw invalidParameterValue("The filter 'null' is invalid");
    if (Values === undefined || Values.length === 0)
      throw invalidParameterValue(`The filter '${Name}' must have at least one value`);
    if (Values.length > valuesMax)
      throw new AwsError(
        'FilterLimitExceeded',
        `The maximum number of filter values specified on a single call is ${valuesMax}`,
      );
    return itemTest(fieldOf(Name, fields, tagsOf), compileValues(Values));
  });
  return (item) => tests.every((test) => test(item));
}

/** The values of a filter that names exact ids, if the request has it: lets a read use an index. */
export function exactValues(filters: Filters, name: string): readonly string[] | undefined {
  const values = filters?.find((filter) => filter.Name === name)?.Values;
  return values?.some((value) => /[*?\\]/.test(value)) ? undefined : values;
}

function fieldOf<Item>(
  name: string,
  fields: FilterFields<Item>,
  tagsOf: (item: Item) => Tags,
): FilterField<Item> {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field !== undefined) return field;
  if (name === 'tag-key') return (item) => [...tagsOf(item).keys()];
  if (name.startsWith('tag:') && name.length > 4) return (item) => tagsOf(item).get(name.slice(4));
  throw invalidParameterValue(`The filter '${name}' is invalid`);
}

function itemTest<Item>(
  field: FilterField<Item>,
  isWanted: (value: string) => boolean,
): (item: Item) => boolean {
  return (item) => {
    const found = field(item);
    const values = Array.isArray(found) ? (found as readonly FilterValue[]) : [found as FilterValue];
    return values.some((value) => value !== undefined && isWanted(String(value)));
  };
}

function compileValues(values: readonly string[]): (value: string) => boolean {
  const exact = new Set(values.filter((value) => !/[*?\\]/.test(value)));
  const patterns = values.filter((value) => !exact.has(value)).map(wildcardPattern);
  return (value) => exact.has(value) || patterns.some((pattern) => pattern.test(value));
}

function wildcardPattern(value: string): RegExp {
  const source = value.replaceAll(/\\(.)|[*?]|[^*?\\]+|\\$/gs, (part, escaped: string | undefined) => {
    if (escaped !== undefined) return literal(escaped);
    if (part === '*') return '.*';
    return part === '?' ? '.' : literal(part);
  });
  return new RegExp(`^${source}$`, 's');
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
