import { ControllerError, toControllerError } from '../model/errors.ts';
import type { InstanceFacts } from '../model/facts.ts';
import type { InstanceId } from '../model/ids.ts';
import { factsAfter } from '../plan/learn.ts';
import { mergeFacts } from '../plan/merge-facts.ts';
import type { InstanceMemory, Learnt, Ports } from './ports.ts';
import type { Concerned, EventTrigger } from './which-roles.ts';
import { instancesOf } from './which-roles.ts';

/** Tries to write facts that others write at the same time. */
const triesMax = 4;

/** What came of keeping facts. */
interface Kept {
  readonly learnt: readonly Learnt[];
  /** Instances whose facts could not be kept: what told of them has to come again. */
  readonly failures: ReadonlyMap<InstanceId, ControllerError>;
}

/**
 * Keeps with each instance what the triggers told of it, and says what its roles should know of that. Nothing is written
 * that was known. Of an instance without any role only what is rare is kept: it may ask for one before it goes.
 */
export async function keepFacts(
  { store }: Ports,
  triggers: readonly EventTrigger[],
  { memories, rolesOf }: Concerned,
): Promise<Kept> {
  const failures = new Map<InstanceId, ControllerError>();
  const parts = await Promise.all(
    [...memories].map(async ([instanceId, memory]) => {
      const roles = rolesOf.get(instanceId) ?? [];
      const its = triggers
        .filter((trigger) => instancesOf(trigger).includes(instanceId))
        .filter((trigger) => roles.length > 0 || rare.has(trigger.kind));
      try {
        const kept = await updateFacts({ store }, instanceId, { ...memory, roles }, (facts) =>
          its.reduce((known, trigger) => factsAfter(known, trigger, instanceId), facts),
        );
        return learntBy(kept.roles, instanceId, kept);
      } catch (thrown) {
        failures.set(instanceId, toControllerError(thrown));
        return [];
      }
    }),
  );
  return { learnt: parts.flat(), failures };
}

const rare: ReadonlySet<EventTrigger['kind']> = new Set([
  'spot-interruption',
  'rebalance-recommendation',
  'health-event',
  'launch-hook',
  'terminate-hook',
]);

/** What the roles of an instance should know of its facts: all but what only orders its own events. */
export function learntBy(
  roles: readonly Learnt['role'][],
  instanceId: InstanceId,
  { facts, factsRevision }: Pick<InstanceMemory, 'facts' | 'factsRevision'>,
): readonly Extract<Learnt, { instanceId: InstanceId }>[] {
  const told = toldOf(facts);
  if (Object.keys(told).length === 0) return [];
  return roles.map((role) => ({ role, instanceId, facts: told, revision: factsRevision }));
}

function toldOf({ tagVersion: _, ...told }: InstanceFacts): InstanceFacts {
  return told;
}

/**
 * Changes the facts of an instance, on top of whatever others write meanwhile; no write when `change` gives back the very
 * facts that it was given. The roles are read again afterwards: see `missedMeanwhile`.
 * @throws ControllerError `FactsContended`, retryable, when others kept being faster.
 */
export async function updateFacts(
  { store }: Pick<Ports, 'store'>,
  instanceId: InstanceId,
  memory: InstanceMemory,
  change: (known: InstanceFacts) => InstanceFacts,
): Promise<Pick<InstanceMemory, 'facts' | 'factsRevision' | 'roles'>> {
  // What is kept for a role must not be forgotten before it: a drain has no end, and revisions must not begin again.
  const passing = memory.roles.length === 0 || memory.isGone;
  let known = memory;
  for (let tries = 0; tries < triesMax; tries++) {
    const facts = change(known.facts);
    if (facts === known.facts) return known;
    if (await store.keepFacts(instanceId, facts, known.factsRevision, passing)) {
      const kept = { facts, factsRevision: known.factsRevision + 1 };
      const before = toldOf(known.facts);
      if (mergeFacts(before, toldOf(facts)) === before) return { ...kept, roles: known.roles };
      const { roles } = await store.rememberedInstance(instanceId);
      return { ...kept, roles: [...new Set([...memory.roles, ...roles])] };
    }
    const { roles, ...rest } = await store.rememberedInstance(instanceId);
    known = { ...rest, roles: [...new Set([...memory.roles, ...roles])] };
  }
  throw new ControllerError(`the facts of ${instanceId} kept changing`, {
    code: 'FactsContended',
    disposition: 'retryable',
  });
}
