import * as z from 'zod';

/**
 * A name in an event, as long as AWS makes it at the most: it is kept in the table and written into logs. Half a character
 * is no text, and could not be kept.
 */
export const eventTextSchema = (lengthMax: number) =>
  z
    .string()
    .min(1)
    .max(lengthMax)
    .refine((text) => text.isWellFormed(), 'must be text without half characters');
