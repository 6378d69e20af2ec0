import * as z from 'zod';
import { instanceIdSchema, subnetIdSchema, vpcIdSchema } from './ids.ts';

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A duration such as `60s`, `10m`, `2h`, `1d`. Kept as it is written; `durationMs` reads it. */
const durationSchema = z.string().regex(/^\d{1,6}[smhd]$/, 'must be a duration such as 60s, 10m, 2h or 1d');

/** Milliseconds of a duration that the schema let through. */
export function durationMs(duration: string): number {
  return Number.parseInt(duration, 10) * unitsMs[duration.slice(-1) as keyof typeof unitsMs];
}

/** Who among several candidates holds the role. */
export const electionSpecSchema = z
  .strictObject({
    /** Whom to take: the incumbent while it can, or the one of highest priority, launched last, or launched first. */
    prefer: z.enum(['incumbent', 'priority', 'newest', 'oldest']).default('incumbent'),
    /** Whether a better candidate takes the role from a healthy incumbent; only with another `prefer` than incumbent. */
    failback: z.boolean().default(false),
    /** When a running instance counts as ready. `hook`: in or past a launch hook whose name begins with `understudy`. */
    ready: z
      .union(
        [
          z.enum(['running', 'status-checks', 'hook', 'alarm']),
          z.strictObject({ tag: z.string().regex(/^[^=]{1,128}=.{0,256}$/, 'must be KEY=VALUE') }),
        ],
        { error: 'must be running, status-checks, hook, alarm or { tag: KEY=VALUE }' },
      )
      .default('running'),
    /** How long a holder stays at least, unless it dies or leaves. */
    cooldown: durationSchema.default('60s'),
    /** Availability Zones in the order of preference; others come after. */
    zones: z.array(z.string().min(1)).max(20).default([]),
    /** How long a terminate hook may wait for a successor. */
    handover: durationSchema.default('10m'),
  })
  .readonly();
export type ElectionSpec = z.infer<typeof electionSpecSchema>;

const oneOrMore = <Schema extends z.ZodType>(one: Schema) => z.union([one, z.array(one).min(1).max(50)]);

/** Who may hold the role. Everything that is given must hold; of a list one must. */
export const allowSpecSchema = z
  .strictObject({
    instanceProfile: oneOrMore(
      z
        .string()
        .regex(/^arn:aws[a-z-]*:iam::\d{12}:instance-profile\/.+$/, 'must be the ARN of an instance profile'),
    ),
    autoScalingGroup: oneOrMore(z.string().min(1).max(255)),
    launchTemplate: oneOrMore(
      z.string().regex(/^lt-[0-9a-f]{8}(?:[0-9a-f]{9})?$/, 'must be a launch template id'),
    ),
    vpc: oneOrMore(vpcIdSchema),
    subnets: oneOrMore(subnetIdSchema),
    image: oneOrMore(z.string().regex(/^ami-[0-9a-f]{8}(?:[0-9a-f]{9})?$/, 'must be an image id')),
    /** The account that owns the image, or its alias such as amazon. */
    imageOwner: oneOrMore(z.string().min(1)),
    securityGroup: oneOrMore(
      z.string().regex(/^sg-[0-9a-f]{8}(?:[0-9a-f]{9})?$/, 'must be a security group id'),
    ),
    account: oneOrMore(z.string().regex(/^\d{12}$/, 'must be an account id of 12 digits')),
    instances: oneOrMore(instanceIdSchema),
    tags: z
      .record(z.string().min(1).max(128), oneOrMore(z.string().max(256)))
      .refine((tags) => Object.keys(tags).length > 0, 'must name at least one tag'),
  })
  .partial()
  .refine((allow) => Object.keys(allow).length > 0, 'must name at least one condition')
  .readonly();
export type AllowSpec = z.infer<typeof allowSpecSchema>;
