import type { ControllerError } from '../model/errors.ts';
import { toControllerError } from '../model/errors.ts';
import type { RoleName } from '../model/ids.ts';
import { learntBy } from './keep-facts.ts';
import type { Ledger } from './ledger.ts';
import type { Learnt, Ports } from './ports.ts';

/** What a pass may have missed. */
interface Missed {
  readonly learnt: readonly Learnt[];
  /** Roles of instances of which could not be read what is remembered. */
  readonly failures: ReadonlyMap<RoleName, ControllerError>;
}

/**
 * What others kept of instances while a pass wrote down for the first time that they ask for a role: they could not tell a
 * role that they did not find. Whoever writes facts reads the roles afterwards, and whoever writes a role the facts, so
 * that one of two who write at the same time sees the other.
 * @param told What the pass knew already.
 */
export async function missedMeanwhile(
  { store }: Pick<Ports, 'store'>,
  { linked, finished, outcomes }: Pick<Ledger, 'linked' | 'finished' | 'outcomes'>,
  told: readonly Learnt[],
): Promise<Missed> {
  const failures = new Map<RoleName, ControllerError>();
  const isNews = (learnt: Extract<Learnt, { revision: number }>) => {
    const known = finished.get(learnt.role)?.observed.state.factRevisions[learnt.instanceId] ?? 0;
    const isTold = told.some(
      (each) =>
        'revision' in each &&
        each.role === learnt.role &&
        each.instanceId === learnt.instanceId &&
        each.revision >= learnt.revision,
    );
    return known < learnt.revision && !isTold;
  };
  const parts = await Promise.all(
    linked.map(async ({ instanceId, roles }) => {
      // What failed comes again, and then finds both.
      const its = roles.filter((role) => outcomes.get(role)?.kind !== 'failed');
      if (its.length === 0) return [];
      try {
        return learntBy(its, instanceId, await store.rememberedInstance(instanceId));
      } catch (thrown) {
        for (const role of its) failures.set(role, toControllerError(thrown));
        return [];
      }
    }),
  );
  return { learnt: parts.flat().filter(isNews), failures };
}
