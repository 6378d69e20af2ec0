import * as z from 'zod';
import type { Change } from '../../model/change.ts';
import type { DnsName } from '../../model/dns-name.ts';
import { ControllerError } from '../../model/errors.ts';
import type { HistoryEntry } from '../../model/history-entry.ts';
import {
  allocationIdSchema,
  associationIdSchema,
  hostedZoneIdSchema,
  instanceIdSchema,
  ipv4Schema,
  networkInterfaceIdSchema,
  roleNameSchema,
} from '../../model/ids.ts';
import type { Role } from '../../model/observed.ts';
import type { RecordSet } from '../../model/record-set.ts';
import { roleSpecSchema } from '../../model/role-spec.ts';
import type { RoleState } from '../../model/role-state.ts';

const wholeNumber = z.number().int().nonnegative();

const recordSetSchema = z.object({
  zoneId: hostedZoneIdSchema,
  name: z.string().transform((name) => name as DnsName),
  type: z.enum(['A', 'CNAME']),
  ttlSeconds: wholeNumber,
  values: z.array(z.string()).min(1),
}) satisfies z.ZodType<RecordSet>;

const changeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('associate-address'),
    allocationId: allocationIdSchema,
    publicIp: ipv4Schema,
    networkInterfaceId: networkInterfaceIdSchema,
    privateIp: ipv4Schema,
    instanceId: instanceIdSchema,
    allowReassociation: z.boolean(),
  }),
  z.object({
    kind: z.literal('change-record'),
    before: recordSetSchema.exactOptional(),
    after: recordSetSchema.exactOptional(),
  }),
]) satisfies z.ZodType<Change>;

const slotSchema = z.object({
  slot: wholeNumber,
  holder: instanceIdSchema.exactOptional(),
  generation: wholeNumber,
  claimedAtMs: wholeNumber,
  written: z.object({
    associations: z.array(
      z.object({
        allocationId: allocationIdSchema,
        associationId: associationIdSchema,
        networkInterfaceId: networkInterfaceIdSchema,
        privateIp: ipv4Schema,
      }),
    ),
    records: z.array(recordSetSchema),
  }),
  intent: z.array(changeSchema),
  move: z.object({ from: instanceIdSchema.exactOptional(), cause: z.string() }).exactOptional(),
  settledAtMs: wholeNumber,
});

const stateSchema = z.object({
  slots: z.array(slotSchema),
  lease: z.object({ owner: z.string(), expiresAtMs: wholeNumber }).exactOptional(),
  askedAgain: wholeNumber,
  revision: wholeNumber,
}) satisfies z.ZodType<RoleState>;

const roleSchema = z.object({
  name: roleNameSchema,
  spec: roleSpecSchema,
  version: wholeNumber,
  zoneIds: z.record(z.string(), hostedZoneIdSchema),
}) satisfies z.ZodType<Role>;

const historySchema = z.object({
  role: roleNameSchema,
  slot: wholeNumber,
  timeMs: wholeNumber,
  generation: wholeNumber,
  outcome: z.enum(['converged', 'noop', 'ignored', 'waiting', 'superseded', 'refused', 'vacant', 'failed']),
  cause: z.string(),
  from: instanceIdSchema.optional(),
  to: instanceIdSchema.optional(),
  changes: z.array(z.string()),
  refusals: z.array(z.string()),
  steps: z.object({ observeMs: z.number(), claimMs: z.number(), applyMs: z.number() }),
});

type Item = Readonly<Record<string, unknown>>;

/** @throws ControllerError `CorruptItem`, permanent: somebody else wrote into the table. */
export const parseState = (item: Item): RoleState => parse(stateSchema, item);
export const parseRole = (item: Item): Role => parse(roleSchema, item);
export const parseHistory = (item: Item): HistoryEntry => {
  const { from, to, ...entry } = parse(historySchema, item);
  return { ...entry, from, to };
};

function parse<Output>(schema: z.ZodType<Output>, item: Item): Output {
  const result = schema.safeParse(item);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new ControllerError(
    `the item ${String(item['pk'])} ${String(item['sk'])} is not as Understudy writes it: ${problems}`,
    {
      code: 'CorruptItem',
      disposition: 'permanent',
    },
  );
}
