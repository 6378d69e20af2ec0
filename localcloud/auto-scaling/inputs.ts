import { z } from 'zod';

/*
 * Parameters that several actions have, with the words of AWS's constraints: they are the end of
 * `Value '…' at '…' failed to satisfy constraint: `.
 */

/** Text of a length. */
export function text(min: number, max: number): z.ZodString {
  return z
    .string()
    .min(min, `Member must have length greater than or equal to ${min}`)
    .max(max, `Member must have length less than or equal to ${max}`);
}

/** A number that is not negative. */
export const size = z.number().int().min(0, 'Member must have value greater than or equal to 0');

export const groupName = text(1, 255);

/** A group's name or ARN. */
export const groupResourceName = text(1, 1_600);

export const instanceId = text(1, 19);

export const hookName = text(1, 255).regex(
  /^[A-Za-z0-9\-_/]+$/,
  'Member must satisfy regular expression pattern: [A-Za-z0-9\\-_\\/]+',
);

/** One of a fixed set of words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, `Member must satisfy enum value set: [${words.join(', ')}]`);
}
