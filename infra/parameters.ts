import * as z from 'zod';

/** What a value may look like, and what it is for: in every refusal, and in the documentation. */
type Meaning = { readonly description: string; readonly allowed: string };

const meaning = (description: string, allowed: string): Meaning => ({ description, allowed });

/** On a command line a list is one text with commas; in `cdk.json` it may be a list. */
const listOf = (pattern: RegExp) =>
  z.preprocess(
    (given) => (typeof given === 'string' ? given.split(',').map((item) => item.trim()) : given),
    z.array(z.string().regex(pattern)).min(1),
  );

/** A command line gives texts. */
const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288,
  3_653,
];

/**
 * What may be said about a stack, as CDK context: `-c name=value`, or under `context` in `cdk.json`. Everything has a
 * default that works; what is narrower is safer.
 */
export const parametersSchema = z.object({
  name: z
    .string()
    // The longest name that is made of it is a rule's, of at most 64 characters.
    .regex(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/)
    .default('understudy')
    .meta(
      meaning(
        'name of the stack; the names of its parts begin with it, so that an account may have several',
        '3 to 32 lower-case letters, digits and hyphens, a letter first, no hyphen last',
      ),
    ),
  roleTagKey: z
    .string()
    .regex(/^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/u)
    .default('role')
    .meta(
      meaning(
        'key of the tag by which instances ask for roles',
        '1 to 128 letters, digits, spaces or _.:/=+-@, not beginning with aws:',
      ),
    ),
  zones: z
    .union([z.literal('*'), listOf(/^Z[A-Z0-9]{1,31}$/)])
    .default('*')
    .meta(
      meaning('hosted zones whose records may be changed', 'ids such as Z0123456789, or * for every zone'),
    ),
  recordNames: listOf(/^[a-z0-9_*?-]+(\.[a-z0-9_*?-]+)*$/)
    .optional()
    .meta(
      meaning(
        'names of records that may be changed',
        'lower-case names without the last dot; * and ? stand for any characters, as in *.roles.example.com',
      ),
    ),
  vpcs: listOf(/^vpc-[0-9a-f]{8,17}$/)
    .optional()
    .meta(
      meaning(
        'VPCs whose network interfaces and route tables may be changed',
        'ids such as vpc-0123456789abcdef0',
      ),
    ),
  elasticIpTag: z
    .string()
    .regex(/^[^=]+=.*$/)
    .transform((text) => {
      const [key = '', ...value] = text.split('=');
      return { key, value: value.join('=') };
    })
    .optional()
    .meta(meaning('tag that Elastic IPs must have to be moved', 'key=value')),
  alarmEmail: z
    .email()
    .optional()
    .meta(meaning('who gets the alarms; AWS asks them to confirm', 'an e-mail address')),
  resyncMinutes: wholeNumber(1, 60)
    .default(1)
    .meta(meaning('how often all roles are gone through, in minutes', 'a whole number from 1 to 60')),
  logRetentionDays: z.coerce
    .number()
    .refine((days) => logRetentionDays.includes(days))
    .default(30)
    .meta(meaning('how long logs are kept, in days', `one of ${logRetentionDays.join(', ')}`)),
  archiveRetentionDays: wholeNumber(1, 3_650)
    .default(14)
    .meta(meaning('how long events are kept for replays, in days', 'a whole number from 1 to 3650')),
  historyRetentionDays: wholeNumber(1, 3_650)
    .default(90)
    .meta(meaning('how long the history of a role is kept, in days', 'a whole number from 1 to 3650')),
  goneInstanceRetentionDays: wholeNumber(1, 365)
    .default(7)
    .meta(
      meaning(
        'how long the roles of a terminated instance are remembered, in days',
        'a whole number from 1 to 365',
      ),
    ),
  leaseDurationSeconds: wholeNumber(5, 55)
    .default(30)
    .meta(
      meaning(
        'how long a claim may take to apply, in seconds; shorter than a message stays hidden',
        'a whole number from 5 to 55',
      ),
    ),
});
export type Parameters = z.output<typeof parametersSchema>;

/** Says every parameter that is wrong: its name, what was found, what is allowed. */
export class InvalidParameters extends Error {
  override readonly name = 'InvalidParameters';
}

/** Keys of CDK's own, and of its feature flags, have a colon, slash or hyphen; what has none is meant for us. */
const looksLikeOurs = (key: string): boolean => /^[A-Za-z_]+$/.test(key);

/**
 * Reads the CDK context.
 * @throws InvalidParameters that names each value that is not allowed and each parameter that does not exist.
 */
export function readParameters(context: Readonly<Record<string, unknown>>): Parameters {
  const { shape } = parametersSchema;
  const unknown = Object.keys(context)
    .filter((key) => looksLikeOurs(key) && !(key in shape))
    .map((key) => `${key}: no such parameter; allowed: ${Object.keys(shape).join(', ')}`);
  const result = parametersSchema.safeParse(context);
  const fields = new Set(result.error?.issues.map(({ path }) => String(path[0])));
  const wrong = [...fields].map((field) => {
    const allowed = shape[field as keyof typeof shape].meta()?.['allowed'];
    return `${field}: found ${JSON.stringify(context[field])}; allowed: ${allowed}`;
  });
  if (result.success && unknown.length === 0) return result.data;
  throw new InvalidParameters([...wrong, ...unknown].join('\n'));
}
