import * as z from 'zod';
import type { DnsName } from './dns-name.ts';
import { dnsNameProblem, dnsNameSchema, normalizeDnsName } from './dns-name.ts';
import { hostedZoneIdSchema, vpcIdSchema } from './ids.ts';
import type { RecordType } from './record-type.ts';
import { recordTypes } from './record-type.ts';

/** What a record points at; each kind implies the record's type. */
export const recordValueTypes = {
  /** The role's Elastic IP. */
  elasticIp: 'A',
  /** The public DNS name of the role's Elastic IP: private inside the VPC, public outside. */
  elasticIpName: 'CNAME',
  /** The holder's public address, whatever it is at the time. */
  publicIp: 'A',
  /** The public DNS name of the holder. */
  publicName: 'CNAME',
  /** The role's private address, that of its interface, or else the holder's primary one. */
  privateIp: 'A',
  /** The private DNS name of the holder. */
  privateName: 'CNAME',
  /** The role's IPv6 address, that of its interface, or else the holder's first. */
  ipv6: 'AAAA',
} as const satisfies Record<string, RecordType>;
export type RecordValue = keyof typeof recordValueTypes;

/** What may stand in braces in `values`; `{tag:KEY}` beside them, and `{slot}` in names too. */
export const templateVariables = [
  'instanceId',
  'zone',
  'slot',
  'role',
  'elasticIp',
  'publicIp',
  'privateIp',
  'ipv6',
] as const;
export type TemplateVariable = (typeof templateVariables)[number];

const zoneSchema = z.union(
  [
    hostedZoneIdSchema,
    dnsNameSchema,
    z.strictObject({ name: dnsNameSchema, vpc: vpcIdSchema }),
    z.strictObject({ name: dnsNameSchema, public: z.literal(true) }),
  ],
  {
    error:
      'must be a hosted zone id, a domain name, { name: NAME, vpc: VPC-ID } for the private zone of a VPC, or { name: NAME, public: true }',
  },
);
export type ZoneSpec = z.infer<typeof zoneSchema>;

/** A name that may hold `{slot}`, normalised. */
const recordNameSchema = z.string().transform((text, context): string => {
  const problem = dnsNameProblem(text.replaceAll('{slot}', '0'));
  if (problem !== undefined) context.addIssue(problem);
  return normalizeDnsName(text);
});

export const recordSpecSchema = z
  .strictObject({
    /** Hosted zone, by id or by name; names are resolved when the role is applied. */
    zone: zoneSchema,
    /** In a group `{slot}` stands for the number of the slot. */
    name: recordNameSchema,
    /** What it points at; the type follows from it. */
    value: z.enum(Object.keys(recordValueTypes) as [RecordValue, ...RecordValue[]]).optional(),
    /** Literal values or templates such as `0 5 5432 {slot}.db.example.com`; they want a type. */
    values: z.array(z.string().min(1).max(4_000)).min(1).max(400).optional(),
    /** An AWS resource that stands behind the name while the role is held, such as a load balancer. */
    alias: z
      .strictObject({
        target: dnsNameSchema,
        /** The hosted zone of the target: that of the load balancer, not of the record. */
        zone: z.string().regex(/^Z[A-Z0-9]{1,31}$/, 'must be a hosted zone id'),
        evaluateHealth: z.boolean().default(false),
      })
      .optional(),
    type: z.enum(recordTypes).optional(),
    /** Seconds; 60 unless given. Failover records want 60 or less: a client keeps the old answer that long. */
    ttl: z.int().min(0).max(172_800).optional(),
    /** How the record sets of a group's slots stand together at one name. */
    routing: z
      .union([z.literal('multivalue'), z.strictObject({ weight: z.int().min(0).max(255) })], {
        error: 'must be multivalue or { weight: 0 to 255 }',
      })
      .optional(),
    /** Keep the PTR of the address in its reverse zone too, so that forward and reverse agree. */
    reverse: z.boolean().default(false),
    /** What a vacant role answers, when the role says `vacant: park`. */
    parking: z.array(z.string().min(1)).min(1).max(400).optional(),
    /** Take over a record of this name that Understudy did not write. */
    adopt: z.boolean().default(false),
  })
  .readonly();
export type RecordSpec = z.infer<typeof recordSpecSchema>;

/** The type of the record that a spec means; A for an alias that names none. */
export function recordTypeOf({ value, type }: RecordSpec): RecordType {
  return value === undefined ? (type ?? 'A') : recordValueTypes[value];
}

/** Seconds that a record of this spec may be kept by its clients. */
export function ttlSecondsOf({ ttl }: RecordSpec): number {
  return ttl ?? 60;
}

/** How a zone of a spec is called in `Role.zoneIds`, and for people. */
export function zoneKey(zone: ZoneSpec): string {
  if (typeof zone === 'string') return zone;
  return 'vpc' in zone ? `${zone.name} in ${zone.vpc}` : `${zone.name} (public)`;
}

/** The name of a zone, where the spec says it. */
export function zoneNameOf(zone: ZoneSpec): DnsName | undefined {
  if (typeof zone !== 'string') return zone.name;
  return hostedZoneIdSchema.safeParse(zone).success ? undefined : normalizeDnsName(zone);
}

/** The name of a record in one slot. */
export function recordNameOf({ name }: Pick<RecordSpec, 'name'>, slot: number): DnsName {
  return normalizeDnsName(name.replaceAll('{slot}', String(slot)));
}
