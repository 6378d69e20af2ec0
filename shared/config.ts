import * as z from 'zod';
import { ControllerError } from './model/errors.ts';

const seconds = (max: number) => z.coerce.number().int().min(1).max(max);

/** Every environment variable that the functions read, with what it means and what it is when it is not set. */
export const environmentSchema = z.object({
  TABLE_NAME: z.string().min(3).max(255).describe('DynamoDB table of roles and their state'),
  AWS_REGION: z.string().min(1).describe('region of the instances and Elastic IPs; Lambda sets it'),
  ROLE_TAG_KEY: z
    .string()
    .min(1)
    .max(128)
    .default('role')
    .describe('key of the tag by which instances ask for roles'),
  LEASE_DURATION_SECONDS: seconds(300)
    .default(30)
    .describe('how long a claim may take to apply; must be shorter than the visibility timeout of the queue'),
  HISTORY_RETENTION_DAYS: seconds(3_650).default(90).describe('how long the history of a role is kept'),
  GONE_INSTANCE_RETENTION_DAYS: seconds(365)
    .default(7)
    .describe('how long the roles of a terminated instance are remembered, for its late events'),
});

export interface Config {
  readonly tableName: string;
  readonly region: string;
  readonly roleTagKey: string;
  readonly leaseDurationMs: number;
  readonly retention: { readonly historyDays: number; readonly goneInstanceDays: number };
}

/**
 * The only reader of the environment.
 * @throws ControllerError `InvalidConfiguration`, permanent, that names every variable that is wrong.
 */
// biome-ignore lint/style/noProcessEnv: this is the one place that reads it
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const result = environmentSchema.safeParse(environment);
  if (!result.success) {
    const problems = result.error.issues
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ');
    throw new ControllerError(`the environment of the function is wrong: ${problems}`, {
      code: 'InvalidConfiguration',
      disposition: 'permanent',
    });
  }
  const { data } = result;
  return {
    tableName: data.TABLE_NAME,
    region: data.AWS_REGION,
    roleTagKey: data.ROLE_TAG_KEY,
    leaseDurationMs: data.LEASE_DURATION_SECONDS * 1_000,
    retention: {
      historyDays: data.HISTORY_RETENTION_DAYS,
      goneInstanceDays: data.GONE_INSTANCE_RETENTION_DAYS,
    },
  };
}
