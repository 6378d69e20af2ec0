import * as z from 'zod';

/** A date takes 8.64e15 milliseconds before and after 1970; this leaves room for every duration that a spec can name. */
const farthestMs = 8e15;

/** A time in milliseconds since the epoch that can be added to and be written as a date. */
export const momentMsSchema = z.number().min(-farthestMs).max(farthestMs);
