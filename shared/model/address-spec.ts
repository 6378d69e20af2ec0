import * as z from 'zod';
import { dnsNameSchema } from './dns-name.ts';
import {
  allocationIdSchema,
  ipv4CidrSchema,
  ipv4Schema,
  ipv6Schema,
  networkInterfaceIdSchema,
  routeTableIdSchema,
  targetGroupArnSchema,
} from './ids.ts';

/** Tag keys and values as EC2 allows them. */
const tagsSchema = z
  .record(z.string().min(1).max(128), z.string().max(256))
  .refine((tags) => Object.keys(tags).length > 0, 'must name at least one tag');

/** Take the thing over even from an instance that is no candidate for this role. */
const adopt = z.boolean().default(false);

/** One for a role with one slot, or a list with one for each slot. */
const perSlot = <Schema extends z.ZodType>(one: Schema) => z.union([one, z.array(one).min(1).max(200)]);

const elasticIpSchema = z.strictObject({
  /**
   * The Elastic IP, by its allocation id or by tags that exactly one Elastic IP of the region carries; for a group a pool,
   * by tags that many carry, of which each slot keeps one for good.
   */
  elasticIp: z.union(
    [
      allocationIdSchema,
      z.strictObject({ tags: tagsSchema }),
      z.strictObject({ pool: z.strictObject({ tags: tagsSchema }) }),
    ],
    {
      error:
        'must be an allocation id such as eipalloc-0123456789abcdef0, { tags: { KEY: VALUE } }, or { pool: { tags: { KEY: VALUE } } }',
    },
  ),
  /** Which private address it goes on: the primary one, or the role's own; the role's own where it has one. */
  on: z.enum(['primary', 'privateIp']).optional(),
  /** The name that a reverse lookup of the address gives. */
  reverseName: dnsNameSchema.optional(),
  adopt,
});
export type ElasticIpSpec = Readonly<z.infer<typeof elasticIpSchema>>;

const privateIpSchema = z.strictObject({ privateIp: perSlot(ipv4Schema), adopt });
export type PrivateIpSpec = Readonly<z.infer<typeof privateIpSchema>>;

const networkInterfaceSchema = z.strictObject({ networkInterface: perSlot(networkInterfaceIdSchema), adopt });
export type NetworkInterfaceSpec = Readonly<z.infer<typeof networkInterfaceSchema>>;

const routeSchema = z.strictObject({
  /** The overlay range, outside the VPC; `10.99.0.1/32` for one address. */
  route: ipv4CidrSchema,
  routeTables: z.array(routeTableIdSchema).min(1).max(50),
  adopt,
});
export type RouteSpec = Readonly<z.infer<typeof routeSchema>>;

const ipv6SpecSchema = z.strictObject({ ipv6: perSlot(ipv6Schema), adopt });
export type Ipv6Spec = Readonly<z.infer<typeof ipv6SpecSchema>>;

const targetGroupSchema = z.strictObject({
  targetGroup: targetGroupArnSchema,
  port: z.int().min(1).max(65_535).optional(),
});
export type TargetGroupSpec = Readonly<z.infer<typeof targetGroupSchema>>;

export type AddressSpec =
  | ElasticIpSpec
  | PrivateIpSpec
  | NetworkInterfaceSpec
  | RouteSpec
  | Ipv6Spec
  | TargetGroupSpec;

/** By the key that tells each kind from the others. */
export const addressSchemas = {
  elasticIp: elasticIpSchema,
  privateIp: privateIpSchema,
  networkInterface: networkInterfaceSchema,
  route: routeSchema,
  ipv6: ipv6SpecSchema,
  targetGroup: targetGroupSchema,
} as const;

/** The kinds of address, each named by the key that tells it from the others. */
export type AddressKind = keyof typeof addressSchemas;
export const addressKinds = Object.keys(addressSchemas) as AddressKind[];

/** The key by which an address of a spec is told from the others. */
export function addressKind(spec: AddressSpec): AddressKind {
  // The schema lets nothing through without exactly one of them.
  return addressKinds.find((kind) => kind in spec) ?? 'elasticIp';
}

/** One address: the key says its kind, and errors are those of that kind. */
export const addressSpecSchema = z
  .looseObject({}, 'must be an address such as { elasticIp: eipalloc-0123456789abcdef0 }')
  .transform((value, context): AddressSpec => {
    const [kind, second] = addressKinds.filter((each) => each in value);
    if (kind === undefined || second !== undefined) {
      context.addIssue(`must have exactly one of ${addressKinds.join(', ')}`);
      return z.NEVER;
    }
    const result = addressSchemas[kind].safeParse(value);
    if (result.success) return result.data;
    // zod's own way of passing issues on; a spread of its union is no longer one for the compiler.
    context.issues.push(...(result.error.issues as z.core.$ZodRawIssue[]));
    return z.NEVER;
  });

/** The address of one slot, where a group lists them. */
export function ofSlot<One extends string>(value: One | readonly One[], slot: number): One | undefined {
  return typeof value === 'string' ? value : value[slot];
}
