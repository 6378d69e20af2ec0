import * as z from 'zod';

/** What may go wrong with one call of a function. */
export const callFaults = [
  /** The invocation ends before the call has its effect. */
  'crash-before',
  /** The invocation ends after the effect, before the answer. */
  'crash-after',
  /** The connection breaks before the effect. */
  'reset',
  /** The connection breaks after the effect. */
  'answer-lost',
  /** AWS asks to slow down. */
  'throttle',
  /** AWS has an internal error. */
  'internal-error',
  /** The call takes effect only long after the SDK has given it up. */
  'stall',
  /** The machine stands still for longer than a lease, after the effect. */
  'freeze',
] as const;
/** What may go wrong with one delivery of an event. */
export const deliveryFaults = [
  /** An event gets lost. */
  'drop',
  /** An event comes twice, the second time a little later. */
  'duplicate',
  /** An event comes seconds late, after those that follow it. */
  'late',
  /** An event comes hours late. */
  'hours-late',
] as const;
export const faultKinds = [...callFaults, ...deliveryFaults] as const;
export const faultKindSchema = z.enum(faultKinds);
export type FaultKind = z.infer<typeof faultKindSchema>;

/** A time in which faults strike by chance. */
const stormSchema = z.strictObject({
  fromMs: z.int().min(0),
  untilMs: z.int(),
  /** Chance of each fault for one call or delivery, in [0, 1). */
  chances: z.partialRecord(faultKindSchema, z.number().min(0).max(1)),
});
export type Storm = z.infer<typeof stormSchema>;

/** One fault at exactly one call or delivery: `at` is its time in the run, what it is, and the how manieth of those. */
const strikeSchema = z.strictObject({ at: z.string(), fault: faultKindSchema });
export type Strike = z.infer<typeof strikeSchema>;

const name = z.string().min(1);
const subnet = z.enum(['$subnetA', '$subnetB']);
/** A role's spec, in which `$eip0`, `$subnetA` and the like stand for the ids of the world. */
const spec = z.record(z.string(), z.json());

const actionSchema = z.discriminatedUnion('kind', [
  /** `roles` become its tag; whatever else is told of it later is told of `name`. */
  z.strictObject({
    kind: z.literal('launch'),
    name,
    roles: z.array(name),
    subnet: subnet.default('$subnetA'),
    tags: z.record(z.string(), z.string()).default({}),
  }),
  /** `interrupt`: EC2 warns of a Spot interruption; `rebalance`: of the risk of one; `retire`: AWS Health, for soon. */
  z.strictObject({ kind: z.enum(['stop', 'start', 'terminate', 'interrupt', 'rebalance', 'retire']), name }),
  /** All instances of a subnet, and so of its Availability Zone, are gone at once. */
  z.strictObject({ kind: z.literal('lose-zone'), subnet }),
  z.strictObject({ kind: z.literal('tag'), name, roles: z.array(name) }),
  z.strictObject({ kind: z.literal('apply'), role: name, spec }),
  z.strictObject({ kind: z.literal('remove'), role: name }),
  z.strictObject({ kind: z.literal('pin'), role: name, name: name.optional() }),
  z.strictObject({ kind: z.literal('freeze'), role: name, isFrozen: z.boolean() }),
  z.strictObject({ kind: z.literal('failover'), role: name, name: name.optional() }),
  /** The role goes into the tag of an instance, with the word that it is to hold it; or out of it. */
  z.strictObject({ kind: z.enum(['claim', 'release']), role: name, name }),
  z.strictObject({ kind: z.enum(['drain', 'undrain']), name }),
  /** What was given up is put back into the queue. */
  z.strictObject({ kind: z.literal('redrive') }),
  z.strictObject({ kind: z.literal('alarm'), name, state: z.enum(['OK', 'ALARM']) }),
  /** The alarm is about the role, whoever holds it. */
  z.strictObject({ kind: z.literal('role-alarm'), role: name, state: z.enum(['OK', 'ALARM']) }),
  /** Events of the last minutes come again from the archive. */
  z.strictObject({ kind: z.literal('replay'), minutes: z.int().min(1) }),
  /** Somebody who is no candidate puts a role's Elastic IP on an instance of their own. */
  z.strictObject({ kind: z.literal('steal'), elasticIp: name, name }),
  z.strictObject({ kind: z.literal('give-back'), elasticIp: name }),
  /** An Auto Scaling group whose instances ask for `roles`; with hooks at launch and termination. */
  z.strictObject({ kind: z.literal('group'), name, roles: z.array(name), size: z.int().min(0).max(4) }),
  z.strictObject({ kind: z.literal('resize'), name, size: z.int().min(0).max(4) }),
  /** Somebody else writes a record where a role has one. */
  z.strictObject({ kind: z.literal('overwrite'), name, value: name }),
  /** Something that is no event of ours gets into the queue. */
  z.strictObject({ kind: z.literal('message'), body: z.string() }),
  /** A pass over all roles, outside its schedule. */
  z.strictObject({ kind: z.literal('resync') }),
  z.strictObject({ kind: z.literal('describe-lag'), lagMs: z.int().min(0) }),
]);
export type Action = z.infer<typeof actionSchema>;
export type ActionKind = Action['kind'];
/** The actions whose kind is one of these. */
export type ActionOf<Kind extends ActionKind> = Extract<Action, { readonly kind: Kind }>;
export const actionKinds: readonly ActionKind[] = actionSchema.options.flatMap(({ shape: { kind } }) =>
  'options' in kind ? kind.options : [...kind.values],
);

const stepSchema = z.strictObject({ atMs: z.int().min(0), action: actionSchema });
export type Step = z.infer<typeof stepSchema>;

/** Everything that happens in one run, as data: the same story runs the same way every time. */
export const storySchema = z.strictObject({
  /** Of latencies, clocks and names; and of the faults of storms. */
  seed: z.int(),
  /** What the story is about, for people. */
  title: z.string().default(''),
  /** Roles there are at the beginning. */
  roles: z.record(name, spec),
  /** Controllers over the same roles: more than one is a mistake that somebody made. */
  controllers: z.int().min(1).max(2).default(1),
  /** Messages that an invocation takes at once. */
  batchSize: z.int().min(1).max(10).default(10),
  /** How long a claim may take to apply. */
  leaseSeconds: z.int().min(6).max(50).default(30),
  resyncMinutes: z.int().min(1).max(60).default(5),
  steps: z.array(stepSchema),
  storms: z.array(stormSchema).default([]),
  strikes: z.array(strikeSchema).default([]),
  endMs: z.int().min(1),
});
export type Story = z.infer<typeof storySchema>;
