import * as z from 'zod';
import type { DnsName } from '../../model/dns-name.ts';
import { ControllerError } from '../../model/errors.ts';
import { excerpt } from '../../model/excerpt.ts';
import { alarmFactSchema, instanceFactsSchema, operatorWordsSchema } from '../../model/facts.ts';
import type { HistoryEntry } from '../../model/history-entry.ts';
import { hostedZoneIdSchema, instanceIdSchema, roleNameSchema } from '../../model/ids.ts';
import { momentMsSchema } from '../../model/moment.ts';
import type { Role } from '../../model/observed.ts';
import { roleSpecSchema } from '../../model/role-spec.ts';
import type { RoleState } from '../../model/role-state.ts';
import type { InstanceMemory } from '../../reconcile/ports.ts';
import { alarmAttribute, factsAttribute, rolePartition, wordAttribute } from './keys.ts';
import { slotSchema } from './slot-item.ts';

const wholeNumber = z.number().int().nonnegative();
const momentMs = momentMsSchema.int().nonnegative();

const stateSchema = z.object({
  slots: z
    .array(slotSchema)
    .refine(
      (slots) => new Set(slots.map(({ slot }) => slot)).size === slots.length,
      'must hold each slot once',
    )
    .default([]),
  lease: z.object({ owner: z.string(), expiresAtMs: momentMs }).exactOptional(),
  askedAgain: wholeNumber.default(0),
  revision: wholeNumber.default(0),
  unfit: z
    .array(
      z.object({
        instanceId: instanceIdSchema,
        words: z.string(),
        untilMs: momentMs,
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
  timeMs: momentMs,
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
  const learnt = attributesUnder(item, factsAttribute('')).map(([id, value, name]) => {
    return [parse(instanceIdSchema, id, item, name), parse(learntFactsSchema, value, item, name)] as const;
  });
  const alarms = attributesUnder(item, alarmAttribute('')).map(([alarm, value, name]) => {
    return [alarm, parse(alarmFactSchema, value, item, name)] as const;
  });
  const words = attributesUnder(item, wordAttribute('')).map(([word, value]) => [word, value] as const);
  return {
    ...parse(stateSchema, item),
    words: parse(operatorWordsSchema, Object.fromEntries(words), item, wordAttribute('')),
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
/** A role that stands under the key of another would be taken for it, with the state of the other. */
export const parseRole = (item: Item): Role => {
  const role = parse(roleSchema, item);
  if (item['pk'] === rolePartition(role.name)) return role;
  throw corrupt(item, [`name: must be the one of its key, and is ${role.name}`]);
};
export const parseHistory = (item: Item): HistoryEntry => {
  const { from, to, ...entry } = parse(historySchema, item);
  return { ...entry, from, to };
};

/** The attributes whose names begin so: the rest of the name, the value and the whole name. */
function attributesUnder(item: Item, prefix: string): readonly (readonly [string, unknown, string])[] {
  return Object.entries(item).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value, name] as const] : [],
  );
}

/** The item, or the value of one of its attributes. */
function parse<Output>(
  schema: z.ZodType<Output>,
  value: unknown,
  item: Item = value as Item,
  attribute?: string,
): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const within = attribute === undefined ? [] : [attribute.trim()];
  throw corrupt(
    item,
    result.error.issues.map(({ path, message }) => `${[...within, ...path].join('.')}: ${message}`),
  );
}

/** Whoever mends the item wants to see where to begin. */
const problemsMax = 5;
const partLengthMax = 300;

function corrupt(item: Item, problems: readonly string[]): ControllerError {
  const told = problems.slice(0, problemsMax).map((each) => excerpt(each, partLengthMax));
  if (problems.length > told.length) told.push(`and ${problems.length - told.length} more`);
  const name = excerpt(`${String(item['pk'])} ${String(item['sk'])}`, partLengthMax);
  return new ControllerError(`the item ${name} is not as Understudy writes it: ${told.join('; ')}`, {
    code: 'CorruptItem',
    disposition: 'permanent',
  });
}
