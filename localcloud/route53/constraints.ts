import { z } from 'zod';

// Constraints on single parameters, refused in the words of AWS's validation.

/** A text of `minimum` to `maximum` characters. */
export function text(maximum: number, minimum = 0) {
  return z.string().min(minimum, longerThan(minimum)).max(maximum, shorterThan(maximum));
}

/** One of these texts. */
export function oneOf<const Value extends string>(values: readonly Value[]) {
  return z.enum(values, { error: `Member must satisfy enum value set: [${values.join(', ')}]` });
}

/** A whole number from `minimum` to `maximum`. */
export function wholeNumber(minimum: number, maximum: number) {
  return z
    .int('Member must be a whole number')
    .min(minimum, `Member must have value greater than or equal to ${minimum}`)
    .max(maximum, `Member must have value less than or equal to ${maximum}`);
}

/** A list of at least one and at most `maximum` items. */
export function listOf<Item extends z.ZodType>(item: Item, maximum = Number.POSITIVE_INFINITY) {
  const items = z.array(item).min(1, longerThan(1));
  return Number.isFinite(maximum) ? items.max(maximum, shorterThan(maximum)) : items;
}

/** The id of a zone or a change, without its prefix. */
export const resourceId = text(32);

/** A domain name as sent. */
export const dnsName = text(1024);

/** Both fields are needed to name a VPC. */
export const vpc = z.strictObject({ VPCRegion: text(64, 1), VPCId: text(1024) });

/** How many items a page may have; more than the operation allows is as much as it allows. */
export const maxItems = wholeNumber(1, Number.MAX_SAFE_INTEGER).optional();

function longerThan(length: number): string {
  return `Member must have length greater than or equal to ${length}`;
}

function shorterThan(length: number): string {
  return `Member must have length less than or equal to ${length}`;
}
