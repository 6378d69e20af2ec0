import type { Observed, ObservedInstance } from '../../model/observed.ts';
import type { Verdict } from '../../model/role-plan.ts';
import type { SlotState } from '../../model/role-state.ts';
import { parseRoleTag } from '../role-tag.ts';
import { allowProblem } from './allow.ts';
import { healthOf } from './health.ts';
import { departureOf } from './leaving.ts';
import { isLeftOut } from './unfit.ts';

/** An instance that could hold the role, as far as that does not depend on the slot. */
export interface Able {
  readonly instance: ObservedInstance;
  /** Each in words; all three undefined is the best there is. */
  readonly unhealthy: string | undefined;
  readonly leaving: string | undefined;
  readonly announced: string | undefined;
}

/** Why an instance could not take the addresses of a slot, in words that follow `because`; undefined when it can. */
export type ObstacleTo = (instance: ObservedInstance, slot: SlotState) => string | undefined;

/** An instance that cannot hold the role, with its verdict. */
interface Unable {
  readonly instance: ObservedInstance;
  readonly verdict: Verdict;
}

export type Standing = Able | Unable;

export function isAble(standing: Standing): standing is Able {
  return !('verdict' in standing);
}

/** The classes of election, best first; the better is whoever has the lower number. */
export function classOf({ unhealthy, leaving }: Able): number {
  return (unhealthy === undefined ? 0 : 2) + (leaving === undefined ? 0 : 1);
}

/** What an instance is to the role, before anybody is elected. `held` is the slot that it holds already. */
export function standingOf(
  observed: Observed,
  instance: ObservedInstance,
  held: SlotState | undefined,
  nowMs: number,
): Standing {
  const { instanceId } = instance;
  const bar = barTo(observed, instance, nowMs);
  if (bar !== undefined) return { instance, verdict: { instanceId, ...bar } };
  const { unhealthy, waiting } = healthOf(observed, instance, held, nowMs);
  if (waiting !== undefined) {
    return { instance, verdict: { instanceId, kind: 'waiting', words: `waiting for ${waiting}` } };
  }
  const { leaving, announced } = departureOf(instance, observed.state.facts[instanceId] ?? {}, nowMs);
  return { instance, unhealthy, leaving, announced };
}

/** What keeps the instance from holding the role, however well it may be. */
function barTo(
  { role, state, roleTagKey, imageOwners }: Observed,
  instance: ObservedInstance,
  nowMs: number,
): Omit<Verdict, 'instanceId'> | undefined {
  if (instance.state === 'shutting-down' || instance.state === 'terminated') {
    return { kind: 'gone', words: `is ${instance.state}` };
  }
  if (!parseRoleTag(instance.tags[roleTagKey]).includes(role.name)) {
    return { kind: 'gone', words: 'no longer carries the tag of the role' };
  }
  const problem = role.spec.allow && allowProblem(instance, role.spec.allow, imageOwners);
  if (problem !== undefined) return { ...refused(problem), isUnauthorized: true };
  switch (instance.state) {
    case 'pending':
      return { kind: 'waiting', words: 'waiting for it to run; it is pending' };
    case 'stopping':
    case 'stopped':
      return { kind: 'stopped', words: `waiting for it to start; it is ${instance.state}` };
    case 'running': {
      const unfit = state.unfit.find(
        (each) => each.instanceId === instance.instanceId && isLeftOut(each, nowMs),
      );
      return unfit && refused(unfit.words);
    }
  }
}

/** The verdict on somebody who may not, or cannot. `because` is a clause such as `it has no public address`. */
export function refused(because: string): Pick<Verdict, 'kind' | 'words'> {
  return { kind: 'refused', words: `refused because ${because}` };
}
