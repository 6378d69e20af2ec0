import * as z from 'zod';
import { dnsNameSchema, isInZone, normalizeDnsName } from './dns-name.ts';
import { allocationIdSchema, hostedZoneIdSchema } from './ids.ts';
import type { RecordType } from './record-set.ts';

/** Tag keys and values as EC2 allows them. */
const tagsSchema = z
  .record(z.string().min(1).max(128), z.string().max(256))
  .refine((tags) => Object.keys(tags).length > 0, 'must name at least one tag');

const elasticIpSchema = z
  .strictObject({
    /** The Elastic IP, by its allocation id or by tags that exactly one Elastic IP of the region carries. */
    elasticIp: z.union([allocationIdSchema, z.strictObject({ tags: tagsSchema })], {
      error: 'must be an allocation id such as eipalloc-0123456789abcdef0, or { tags: { KEY: VALUE } }',
    }),
    /** Take the address over even from an instance that is no candidate for this role. */
    adopt: z.boolean().default(false),
  })
  .readonly();
export type ElasticIpSpec = z.infer<typeof elasticIpSchema>;

/** What a record points at; each kind implies the record's type. */
export const recordValueTypes = {
  /** The role's Elastic IP. */
  elasticIp: 'A',
  /** The public DNS name of the role's Elastic IP: private inside the VPC, public outside. */
  elasticIpName: 'CNAME',
  /** The holder's public address, whatever it is at the time. */
  publicIp: 'A',
  /** The holder's primary private address. */
  privateIp: 'A',
} as const satisfies Record<string, RecordType>;
export type RecordValue = keyof typeof recordValueTypes;

const recordSchema = z
  .strictObject({
    /** Hosted zone, by id or by name; names are resolved when the role is applied. */
    zone: z.union([hostedZoneIdSchema, dnsNameSchema], {
      error: 'must be a hosted zone id or a domain name',
    }),
    name: dnsNameSchema,
    value: z.enum(Object.keys(recordValueTypes) as [RecordValue, ...RecordValue[]]),
    /** Seconds. Failover records want 60 or less: a client keeps the old answer that long. */
    ttl: z.int().min(0).max(172_800).default(60),
    /** Take over a record of this name that Understudy did not write. */
    adopt: z.boolean().default(false),
  })
  .readonly();
export type RecordSpec = z.infer<typeof recordSchema>;

/**
 * A role as its operator writes it. Unknown keys are errors, and so are combinations that could never work: they are
 * refused when the spec is applied, not at the failover.
 */
export const roleSpecSchema = z
  .strictObject({
    addresses: z.array(elasticIpSchema).max(1, 'a role has at most one Elastic IP').default([]),
    records: z.array(recordSchema).max(50).default([]),
  })
  .readonly()
  .superRefine((spec, context) => {
    if (spec.addresses.length === 0 && spec.records.length === 0) {
      context.addIssue({ code: 'custom', message: 'must have at least one address or record', input: spec });
    }
    spec.records.forEach((record, index) => {
      for (const [field, problem] of recordProblems(spec, record, index)) {
        context.addIssue({
          code: 'custom',
          path: ['records', index, field],
          message: problem,
          input: record[field],
        });
      }
    });
  });
export type RoleSpec = z.infer<typeof roleSpecSchema>;

type Problem = readonly [field: 'value' | 'name', problem: string];

function recordProblems(spec: RoleSpec, record: RecordSpec, index: number): readonly Problem[] {
  const problems: Problem[] = [];
  const type = recordValueTypes[record.value];
  const needsElasticIp = record.value === 'elasticIp' || record.value === 'elasticIpName';
  if (needsElasticIp && spec.addresses.length === 0) {
    problems.push(['value', 'needs an elasticIp among the addresses of the role']);
  }
  if (!hostedZoneIdSchema.safeParse(record.zone).success) {
    const zone = normalizeDnsName(record.zone);
    if (!isInZone(record.name, zone)) problems.push(['name', `must be ${zone} or end with .${zone}`]);
    if (record.name === zone && type === 'CNAME') {
      problems.push([
        'value',
        'makes a CNAME, and the apex of a zone cannot be one (RFC 1034); use elasticIp',
      ]);
    }
  }
  const earlier = spec.records
    .slice(0, index)
    .filter((each) => each.zone === record.zone && each.name === record.name);
  if (earlier.some((each) => recordValueTypes[each.value] === type)) {
    problems.push(['name', `already has a ${type} record in this zone`]);
  } else if (earlier.length > 0) {
    problems.push(['name', 'cannot have a CNAME beside other records (RFC 1034)']);
  }
  return problems;
}
