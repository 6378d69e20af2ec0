import { z } from 'zod';

/*
 * Parameters that describe metrics.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Metric.html
 */

export const dimensionsInput = z
  .array(z.strictObject({ Name: z.string().min(1).max(255), Value: z.string().min(1).max(1_024) }))
  .max(30, 'Member must have length less than or equal to 30');

export const namespaceInput = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^:].*/, 'Member must satisfy regular expression pattern: [^:].*');

/** In seconds: 10, 20, 30, or whole minutes. */
export const periodInput = z
  .number()
  .int()
  .refine(
    (seconds) => [10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0),
    'Period must be 10, 20, 30 or a multiple of 60',
  );

export const metricDataQueriesInput = z
  .array(
    z.strictObject({
      Id: z
        .string()
        .max(255)
        .regex(/^[a-z][a-zA-Z0-9_]*$/, 'Member must satisfy regular expression pattern: [a-z][a-zA-Z0-9_]*'),
      MetricStat: z
        .strictObject({
          Metric: z.strictObject({
            Namespace: namespaceInput.optional(),
            MetricName: z.string().min(1).max(255).optional(),
            Dimensions: dimensionsInput.optional(),
          }),
          Period: periodInput,
          Stat: z.string(),
          Unit: z.string().optional(),
        })
        .optional(),
      Expression: z.string().min(1).max(2_048).optional(),
      Label: z.string().optional(),
      ReturnData: z.boolean().optional(),
      Period: periodInput.optional(),
    }),
  )
  .min(1)
  .max(20);

export type Dimensions = z.output<typeof dimensionsInput>;
export type MetricDataQuery = z.output<typeof metricDataQueriesInput>[number];
