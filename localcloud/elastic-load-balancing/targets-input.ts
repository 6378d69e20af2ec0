import { z } from 'zod';

/** The `Targets` of requests. */
export const targetsInput = z.array(
  z.strictObject({
    Id: z.string(),
    Port: z.number().int().min(1).max(65_535).optional(),
    AvailabilityZone: z.string().optional(),
  }),
);

/** One of the `Targets` of a request. */
export type TargetInput = z.output<typeof targetsInput>[number];
