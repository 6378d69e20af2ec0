import type { AlarmFact, InstanceFacts } from '../../model/facts.ts';
import type { Observed, ObservedInstance } from '../../model/observed.ts';
import type { SlotState } from '../../model/role-state.ts';

/** Whether a running instance is well, and whether it is ready yet: words that follow `because` and `waiting for`. */
export interface Health {
  readonly unhealthy?: string | undefined;
  readonly waiting?: string;
}

/**
 * Health by alarms, and by what the role calls ready. `held` is the slot that the instance holds already: a holder was
 * ready once, and only a bad word takes that away, not a missing one. A newcomer that is not ready yet has to wait for
 * that, whatever else is wrong with it.
 */
export function healthOf(
  observed: Observed,
  instance: ObservedInstance,
  held: SlotState | undefined,
  nowMs: number,
): Health {
  const facts = observed.state.facts[instance.instanceId] ?? {};
  const { unhealthy, waiting } = readiness(observed, instance, facts, held !== undefined);
  if (waiting !== undefined && held === undefined) return { waiting };
  const alarm = ringing(facts.alarms) ?? (held && ringingFor(observed, held, nowMs));
  return { unhealthy: alarm === undefined ? unhealthy : `alarm ${alarm} is in ALARM` };
}

/** The first alarm by name that is in ALARM. */
function ringing(alarms: Readonly<Record<string, AlarmFact>> = {}): string | undefined {
  return Object.keys(alarms)
    .toSorted()
    .find((name) => alarms[name]?.state === 'ALARM');
}

/**
 * An alarm that names the role means whoever held it when it rang. In a group nobody can tell which holder that is, so
 * there it moves nobody.
 */
function ringingFor(
  { state, role }: Observed,
  { claimedAtMs }: SlotState,
  nowMs: number,
): string | undefined {
  if (role.spec.slots > 1) return undefined;
  // A clock that is ahead of ours must not make the alarm mean whoever takes over from the one that it meant.
  const since = Object.entries(state.alarms).filter(
    ([, { timeMs }]) => Math.min(timeMs, nowMs) > claimedAtMs,
  );
  return ringing(Object.fromEntries(since));
}

function readiness(
  { role, statusChecks }: Observed,
  { instanceId, tags }: ObservedInstance,
  facts: InstanceFacts,
  isHolder: boolean,
): Health {
  const { ready } = role.spec.election;
  if (typeof ready === 'object') {
    const sign = ready.tag.indexOf('=');
    const key = ready.tag.slice(0, sign);
    const value = ready.tag.slice(sign + 1);
    if (Object.hasOwn(tags, key) && tags[key] === value) return {};
    return isHolder
      ? { unhealthy: `its tag ${key} is no longer ${value}` }
      : { waiting: `its tag ${ready.tag}` };
  }
  switch (ready) {
    case 'running':
      return {};
    case 'status-checks': {
      const checks = statusChecks[instanceId];
      if (checks === 'impaired') return { unhealthy: 'its status checks are impaired' };
      return checks === 'ok' ? {} : { waiting: `its status checks; they are ${checks ?? 'unknown'}` };
    }
    case 'hook':
      return facts.launchHookSeenAtMs === undefined ? { waiting: 'its launch hook' } : {};
    case 'alarm': {
      // Once an alarm has looked at it, an ALARM makes it unhealthy and not unready.
      const isJudged = Object.values(facts.alarms ?? {}).some(({ state }) => state !== 'INSUFFICIENT_DATA');
      return isJudged ? {} : { waiting: 'an alarm of it to be OK' };
    }
  }
}
