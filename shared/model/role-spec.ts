import * as z from 'zod';
import { addressSpecSchema } from './address-spec.ts';
import { allowSpecSchema, electionSpecSchema } from './election-spec.ts';
import { recordSpecSchema } from './record-spec.ts';
import { specCombinationProblems } from './spec-combinations.ts';

/**
 * A role as its operator writes it. Unknown keys are errors, and so are combinations that could never work: they are
 * refused when the spec is applied, not at the failover.
 */
export const roleSpecSchema = z
  .strictObject({
    /** Places in the role; more than one makes it a group. */
    slots: z.int().min(1).max(200).default(1),
    addresses: z.array(addressSpecSchema).max(50).default([]),
    records: z.array(recordSpecSchema).max(50).default([]),
    allow: allowSpecSchema.optional(),
    election: electionSpecSchema.prefault({}),
    /** What becomes of the records when nobody can hold the role. */
    vacant: z.enum(['keep', 'park']).default('keep'),
  })
  .readonly()
  .superRefine((spec, context) => {
    for (const { path, message } of specCombinationProblems(spec)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });
export type RoleSpec = z.infer<typeof roleSpecSchema>;
