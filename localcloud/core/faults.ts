import { z } from 'zod';
import type { Random } from './random.ts';

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('error'),
    code: z.string().min(1),
    message: z.string().optional(),
    status: z.int().min(400).max(599).optional(),
  }),
  z.strictObject({ kind: z.literal('latency'), delayMs: z.int().min(0) }),
  z.strictObject({ kind: z.literal('connection-reset') }),
  z.strictObject({ kind: z.literal('response-lost') }),
  z.strictObject({ kind: z.literal('caller-killed'), when: z.enum(['before-effect', 'after-effect']) }),
]);

/** The shape of a rule, as code and the control route give it: which calls it meets, how often, and what happens. */
export const faultRuleSchema = z
  .strictObject({
    service: z.string().optional(),
    operation: z.string().optional(),
    accessKeyId: z.string().optional(),
    traceId: z.string().optional(),
    /** Chance in [0, 1] for each matching call; without it and `nth`, every matching call. */
    probability: z.number().min(0).max(1).optional(),
    /** Only the nth matching call since the rule was added, from 1. */
    nth: z.int().min(1).optional(),
    /** How often the rule strikes before it rests. */
    timesMax: z.int().min(1).optional(),
    fault: faultSchema,
  })
  .refine((rule) => rule.probability === undefined || rule.nth === undefined, {
    message: 'give probability or nth, not both',
  });

/**
 * What goes wrong: `error` answers with the code and leaves the world alone; `latency` delays on the cloud's clock;
 * `connection-reset` breaks the connection before the effect, `response-lost` after it; `caller-killed` ends the function
 * invocation that makes the call, which is a crash at exactly that await.
 */
export type Fault = z.infer<typeof faultSchema>;
type FaultRule = z.infer<typeof faultRuleSchema>;

/** A rule in force, with how often it has matched and struck. */
interface ActiveFault {
  readonly id: number;
  readonly rule: FaultRule;
  readonly matched: number;
  readonly struck: number;
}

/** The call that a rule is held against. */
export interface FaultTarget {
  readonly service: string;
  readonly operation: string;
  readonly accessKeyId: string;
  readonly traceId: string | undefined;
}

/** Seeded rules of failure: the same seed, rules and calls give the same failures. */
export class Faults {
  readonly #random: Random;
  readonly #active = new Map<number, { id: number; rule: FaultRule; matched: number; struck: number }>();
  #lastId = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Returns the id for `remove`; throws ZodError when the rule is not well formed. */
  add(rule: FaultRule): number {
    const id = ++this.#lastId;
    this.#active.set(id, { id, rule: faultRuleSchema.parse(rule), matched: 0, struck: 0 });
    return id;
  }

  /** False when there was no such rule. */
  remove(id: number): boolean {
    return this.#active.delete(id);
  }

  clear(): void {
    this.#active.clear();
  }

  list(): readonly ActiveFault[] {
    return [...this.#active.values()].map((active) => ({ ...active }));
  }

  /** All faults that strike this call, in the order their rules were added. */
  strike(target: FaultTarget): readonly Fault[] {
    if (this.#active.size === 0) return [];
    const striking: Fault[] = [];
    for (const active of this.#active.values()) {
      const { rule } = active;
      if (!isMet(rule, target)) continue;
      active.matched += 1;
      if (rule.nth !== undefined && active.matched !== rule.nth) continue;
      if (rule.timesMax !== undefined && active.struck >= rule.timesMax) continue;
      if (rule.probability !== undefined && this.#random.next() >= rule.probability) continue;
      active.struck += 1;
      striking.push(rule.fault);
    }
    return striking;
  }
}

function isMet(rule: FaultRule, target: FaultTarget): boolean {
  return (
    (rule.service === undefined || rule.service === target.service) &&
    (rule.operation === undefined || rule.operation === target.operation) &&
    (rule.accessKeyId === undefined || rule.accessKeyId === target.accessKeyId) &&
    (rule.traceId === undefined || rule.traceId === target.traceId)
  );
}
