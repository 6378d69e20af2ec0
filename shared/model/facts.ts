import * as z from 'zod';
import { instanceIdSchema } from './ids.ts';
import { momentMsSchema } from './moment.ts';

/**
 * Something that says that an instance is about to go away, or no longer is. Of each source the last word counts, and a
 * word that takes it back stays as one (`isOver`), so that words in any order come to the same.
 */
const leavingSchema = z
  .strictObject({
    /** When it was said, in milliseconds since the epoch. */
    saidAtMs: momentMsSchema,
    /** When the instance goes; the time of the saying where nobody knows. */
    atMs: momentMsSchema,
    /** Such as `Spot interruption (terminate)`. */
    words: z.string(),
    isOver: z.literal(true).exactOptional(),
  })
  .readonly();
export type Leaving = z.infer<typeof leavingSchema>;

/** Why an instance is about to go away. AWS Health may have announced several things, told apart by event type code. */
export type LeavingSource = 'spot' | 'rebalance' | 'terminate-hook' | 'operator' | `health ${string}`;

/** From the best to the worst: of several words of one alarm at one time the worst is believed. */
export const alarmStates = ['OK', 'INSUFFICIENT_DATA', 'ALARM'] as const;

/** The last word of one alarm. */
export const alarmFactSchema = z
  .strictObject({ state: z.enum(alarmStates), timeMs: momentMsSchema })
  .readonly();
export type AlarmFact = z.infer<typeof alarmFactSchema>;

/** A lifecycle action that Auto Scaling waits for, or waited for until it was answered. */
const pendingHookSchema = z
  .strictObject({
    kind: z.enum(['launch', 'terminate']),
    action: z
      .strictObject({ groupName: z.string(), hookName: z.string(), actionToken: z.string() })
      .readonly(),
    sinceMs: momentMsSchema,
    answeredAtMs: momentMsSchema.exactOptional(),
  })
  .readonly();
export type PendingHook = z.infer<typeof pendingHookSchema>;

/** What events told of an instance and no Describe call shows. Kept with the instance, and in the state of its roles. */
export const instanceFactsSchema = z
  .strictObject({
    /** Of the latest tag change that was seen. */
    tagVersion: z.number().exactOptional(),
    /** By `LeavingSource`. */
    leaving: z.record(z.string(), leavingSchema).readonly().exactOptional(),
    /** By name. */
    alarms: z.record(z.string(), alarmFactSchema).readonly().exactOptional(),
    hook: pendingHookSchema.exactOptional(),
    /** When the launch hook of the instance was last seen, if it has one. */
    launchHookSeenAtMs: momentMsSchema.exactOptional(),
  })
  .readonly();
export type InstanceFacts = z.infer<typeof instanceFactsSchema>;

const byAndWhen = { by: z.string(), atMs: momentMsSchema };

/** What an operator asked of a role. Each is remembered with who asked, until taken back or fulfilled. */
export const operatorWordsSchema = z
  .strictObject({
    /** The role stays with this instance while it can. */
    pin: z
      .strictObject({ instanceId: instanceIdSchema, ...byAndWhen })
      .readonly()
      .exactOptional(),
    /** Observe and alarm, change nothing. */
    frozen: z.strictObject(byAndWhen).readonly().exactOptional(),
    /**
     * Move away from the present holder, once: in force while the slot still has this generation, and for a bounded time.
     */
    failover: z
      .strictObject({
        slot: z.int().min(0),
        generation: z.int().min(0),
        to: instanceIdSchema.exactOptional(),
        ...byAndWhen,
      })
      .readonly()
      .exactOptional(),
  })
  .readonly();
export type OperatorWords = z.infer<typeof operatorWordsSchema>;
