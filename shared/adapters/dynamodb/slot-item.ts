import * as z from 'zod';
import type { Change } from '../../model/change.ts';
import type { DnsName } from '../../model/dns-name.ts';
import {
  allocationIdSchema,
  associationIdSchema,
  attachmentIdSchema,
  hostedZoneIdSchema,
  instanceIdSchema,
  ipv4CidrSchema,
  ipv4Schema,
  ipv6Schema,
  networkInterfaceIdSchema,
  routeTableIdSchema,
  targetGroupArnSchema,
} from '../../model/ids.ts';
import { momentMsSchema } from '../../model/moment.ts';
import type { RecordSet } from '../../model/record-set.ts';
import { recordTypes } from '../../model/record-type.ts';
import type { SlotState } from '../../model/role-state.ts';

const wholeNumber = z.number().int().nonnegative();
const momentMs = momentMsSchema.int().nonnegative();
const dnsName = z.string().transform((name) => name as DnsName);
const kind = <Kind extends string>(value: Kind) => ({ kind: z.literal(value) });

const recordSetSchema = z.object({
  zoneId: hostedZoneIdSchema,
  name: dnsName,
  type: z.enum(recordTypes),
  routing: z
    .discriminatedUnion('policy', [
      z.object({ policy: z.literal('multivalue'), setIdentifier: z.string() }),
      z.object({ policy: z.literal('weighted'), setIdentifier: z.string(), weight: wholeNumber }),
    ])
    .exactOptional(),
  content: z.discriminatedUnion('kind', [
    z.object({ ...kind('values'), ttlSeconds: wholeNumber, values: z.array(z.string()).min(1) }),
    z.object({ ...kind('alias'), zoneId: z.string(), target: dnsName, evaluatesHealth: z.boolean() }),
  ]),
}) satisfies z.ZodType<RecordSet>;

/** Where a change puts something. */
const at = { networkInterfaceId: networkInterfaceIdSchema, instanceId: instanceIdSchema };
const target = {
  targetGroupArn: targetGroupArnSchema,
  instanceId: instanceIdSchema,
  port: wholeNumber.exactOptional(),
};

const changeSchema = z.discriminatedUnion('kind', [
  z.object({
    ...kind('associate-address'),
    ...at,
    allocationId: allocationIdSchema,
    publicIp: ipv4Schema,
    privateIp: ipv4Schema,
    allowReassociation: z.boolean(),
    replaces: associationIdSchema.exactOptional(),
  }),
  z.object({
    ...kind('set-reverse-name'),
    allocationId: allocationIdSchema,
    publicIp: ipv4Schema,
    name: dnsName,
  }),
  z.object({ ...kind('assign-private-ip'), ...at, privateIp: ipv4Schema, allowReassignment: z.boolean() }),
  z.object({
    ...kind('assign-ipv6'),
    ...at,
    ipv6: ipv6Schema,
    from: networkInterfaceIdSchema.exactOptional(),
  }),
  z.object({
    ...kind('attach-network-interface'),
    ...at,
    deviceIndex: wholeNumber,
    from: attachmentIdSchema.exactOptional(),
  }),
  z.object({ ...kind('disable-source-dest-check'), ...at }),
  z.object({
    ...kind('replace-route'),
    ...at,
    routeTableId: routeTableIdSchema,
    cidr: ipv4CidrSchema,
    exists: z.boolean(),
  }),
  z.object({ ...kind('register-target'), ...target }),
  z.object({ ...kind('deregister-target'), ...target }),
  z.object({
    ...kind('change-record'),
    before: recordSetSchema.exactOptional(),
    after: recordSetSchema.exactOptional(),
  }),
]) satisfies z.ZodType<Change>;

/** One slot in the state of a role, as the table keeps it. */
export const slotSchema = z.object({
  slot: wholeNumber,
  holder: instanceIdSchema.exactOptional(),
  generation: wholeNumber,
  claimedAtMs: momentMs,
  written: z.object({
    associations: z.array(
      z.object({
        allocationId: allocationIdSchema,
        associationId: associationIdSchema,
        networkInterfaceId: networkInterfaceIdSchema,
        privateIp: ipv4Schema,
      }),
    ),
    placements: z.array(z.object({ resource: z.string(), at: z.string() })).default([]),
    records: z.array(recordSetSchema),
  }),
  intent: z.array(changeSchema),
  late: z.array(changeSchema).exactOptional(),
  move: z
    .object({
      from: instanceIdSchema.exactOptional(),
      cause: z.string(),
      replaced: z
        .array(
          z.object({
            generation: wholeNumber,
            claimedAtMs: momentMs,
            from: instanceIdSchema.exactOptional(),
            to: instanceIdSchema.exactOptional(),
            cause: z.string(),
          }),
        )
        .exactOptional(),
    })
    .exactOptional(),
  settledAtMs: momentMs,
}) satisfies z.ZodType<SlotState>;
