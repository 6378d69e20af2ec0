import * as z from 'zod';
import type { DnsName } from '../../model/dns-name.ts';
import { ControllerError } from '../../model/errors.ts';
import { alarmFactSchema, instanceFactsSchema, operatorWordsSchema } from '../../model/facts.ts';
import type { HistoryEntry } from '../../model/history-entry.ts';
import { hostedZoneIdSchema, instanceIdSchema, roleNameSchema } from '../../model/ids.ts';
import type { Role } from '../../model/observed.ts';
import { roleSpecSchema } from '../../model/role-spec.ts';
import type { RoleState } from '../../model/role-state.ts';
import type { InstanceMemory } from '../../reconcile/ports.ts';
import { alarmAttribute, factsAttribute, wordAttribute } from './keys.ts';
import { slotSchema } from './slot-item.ts';

const wholeNumber = z.number().int().nonnegative();

const stateSchema = z.object({
  slots: z.array(slotSchema).default([]),
  lease: z.object({ owner: z.string(), expiresAtMs: wholeNumber }).exactOptional(),
  askedAgain: wholeNumber.default(0),
  revision: wholeNumber.default(0),
  unfit: z
    .array(
      z.object({
        instanceId: instanceIdSchema,
        words: z.string(),
        untilMs: wholeNumber,
        durationMs: wholeNumber.exactOptional(),
      }),
    )
    .default([]),
});

/** What is learnt of one candidate stands in an attribute of its own, so that writing it needs no claim. */
const learntFactsSchema = z.object({ facts: instanceFactsSchema, revision: wholeNumber });

const factsItemSchema = z.object({
  gone: z.boolean().default(false),
  facts: instanceFactsSchema.default({}),
  revision: wholeNumber.default(0),
});

const roleSchema = z.object({
  name: roleNameSchema,
  spec: roleSpecSchema,
  version: wholeNumber,
  zoneIds: z.record(z.string(), hostedZoneIdSchema),
  reverseZones: z
    .array(z.object({ name: z.string().transform((name) => name as DnsName), zoneId: hostedZoneIdSchema }))
    .default([]),
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
  verdicts: z.array(z.string()).default([]),
  steps: z.object({ observeMs: z.number(), claimMs: z.number(), applyMs: z.number() }),
});

type Item = Readonly<Record<string, unknown>>;

/** @throws ControllerError `CorruptItem`, permanent: somebody else wrote into the table. */
export function parseState(item: Item): RoleState {
  const learnt = attributesUnder(item, factsAttribute('')).map(
    ([id, value]) => [id, parse(learntFactsSchema, value, item)] as const,
  );
  const alarms = attributesUnder(item, alarmAttribute('')).map(
    ([name, value]) => [name, parse(alarmFactSchema, value, item)] as const,
  );
  return {
    ...parse(stateSchema, item),
    words: parse(operatorWordsSchema, Object.fromEntries(attributesUnder(item, wordAttribute(''))), item),
    facts: Object.fromEntries(learnt.map(([id, { facts }]) => [id, facts])),
    factRevisions: Object.fromEntries(learnt.map(([id, { revision }]) => [id, revision])),
    alarms: Object.fromEntries(alarms),
  };
}
/** What is remembered of an instance itself. */
export const parseFacts = (item: Item): Pick<InstanceMemory, 'isGone' | 'facts' | 'factsRevision'> => {
  const { gone, facts, revision } = parse(factsItemSchema, item);
  return { isGone: gone, facts, factsRevision: revision };
};
export const parseRole = (item: Item): Role => parse(roleSchema, item);
export const parseHistory = (item: Item): HistoryEntry => {
  const { from, to, ...entry } = parse(historySchema, item);
  return { ...entry, from, to };
};

/** The attributes whose names begin so, by the rest of their names. */
function attributesUnder(item: Item, prefix: string): readonly (readonly [string, unknown])[] {
  return Object.entries(item).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
  );
}

function parse<Output>(schema: z.ZodType<Output>, value: unknown, item: Item = value as Item): Output {
  const result = schema.safeParse(value);
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
