import { toControllerError } from '../model/errors.ts';
import type { RoleName } from '../model/ids.ts';
import type { Observed } from '../model/observed.ts';
import type { Applied } from './apply.ts';
import { apply } from './apply.ts';
import type { ActPlan, Claimed } from './claim.ts';
import { claimedSlots, historyOf, holderBefore, holdersOf, settledSlots } from './claim.ts';
import type { Ledger } from './ledger.ts';
import type { Ports } from './ports.ts';

/** Who acts, and for how long a claim of theirs may take. */
export interface Actor {
  readonly owner: string;
  readonly leaseDurationMs: number;
  readonly causeOf: (role: RoleName) => string;
}

export interface Act {
  readonly observed: Observed;
  readonly plan: ActPlan;
}

interface Done {
  readonly claimed: Claimed;
  readonly applied: Applied;
}

/** Claims side by side, applies all that was claimed together, remembers it in one write, settles side by side. */
export async function act(ports: Ports, actor: Actor, ledger: Ledger, acts: readonly Act[]): Promise<void> {
  const { now } = ports.surroundings;
  const startedMs = now();
  const attempts = await Promise.all(acts.map((each) => claim(ports, actor, ledger, each)));
  const claims = attempts.filter((each) => each !== undefined);
  const claimedMs = now();
  const applied = await apply(ports, claims.map(toApply));
  for (const { observed } of claims) {
    const progress = ledger.progressOf(observed.role.name);
    progress.spent('claimMs', claimedMs - startedMs);
    progress.spent('applyMs', now() - claimedMs);
  }
  const done = claims.flatMap((claimed) => sort(ledger, claimed, applied));
  await remember(ports, actor, ledger, done);
  await Promise.all(done.map((each) => settle(ports, ledger, each)));
}

async function claim(
  ports: Ports,
  actor: Actor,
  ledger: Ledger,
  { observed, plan }: Act,
): Promise<Claimed | undefined> {
  const role = observed.role.name;
  const nowMs = ports.surroundings.now();
  const lease = { owner: actor.owner, expiresAtMs: nowMs + actor.leaseDurationMs };
  try {
    const slots = claimedSlots(plan, nowMs, actor.causeOf(role));
    const result = await ports.store.claim({ role, seen: observed.state, lease, slots });
    if (result.kind === 'claimed') {
      ledger.held.set(role, result.state);
      return { observed, plan, state: result.state };
    }
    ledger.progressOf(role).lost('another invocation claimed the role first');
    ledger.again(role, 'the claim was lost to another invocation');
  } catch (thrown) {
    ledger.fail(role, toControllerError(thrown));
  }
  return undefined;
}

function toApply({ observed, plan, state }: Claimed) {
  return {
    role: observed.role.name,
    generation: Math.max(...state.slots.map(({ generation }) => generation)),
    leaseExpiresAtMs: state.lease?.expiresAtMs ?? 0,
    changes: plan.slots.flatMap(({ changes }) => changes),
  };
}

/** What was applied whole is to be settled; what met a moved world goes round again; the rest has failed. */
function sort(ledger: Ledger, claimed: Claimed, all: ReadonlyMap<RoleName, Applied>): readonly Done[] {
  const role = claimed.observed.role.name;
  const applied = all.get(role) ?? { done: [], associations: [], errors: [] };
  ledger.progressOf(role).acted(holderBefore(claimed), applied.done);
  const fatal = applied.errors.find(({ disposition }) => disposition !== 'conflict');
  const [conflict] = applied.errors;
  if (fatal !== undefined) {
    ledger.fail(role, fatal);
  } else if (conflict !== undefined) {
    ledger.conflicts.add(role);
    ledger.again(role, conflict.message, conflict);
  } else return [{ claimed, applied }];
  return [];
}

/**
 * One write for the history of all, for who asked and who is gone. It comes before settling: a claim counts as settled
 * only when the roles of its new holder can be found again once its tags are gone.
 */
export async function remember(
  ports: Ports,
  actor: Actor,
  ledger: Ledger,
  done: readonly Done[],
): Promise<void> {
  const nowMs = ports.surroundings.now();
  const history = done.flatMap(({ claimed }) => {
    const { name } = claimed.observed.role;
    const { changes, steps } = ledger.progressOf(name);
    return historyOf(claimed, { cause: actor.causeOf(name), changes, steps, nowMs });
  });
  const { asked, gone } = ledger.takeMemories();
  const memories = { asked: [...asked, ...holdersOf(done.map(({ claimed }) => claimed))], gone, history };
  if (memories.asked.length + gone.length + history.length > 0) await ports.store.remember(memories);
}

async function settle(
  { store, surroundings }: Ports,
  ledger: Ledger,
  { claimed, applied }: Done,
): Promise<void> {
  const role = claimed.observed.role.name;
  try {
    const result = await store.settle(
      role,
      claimed.state,
      settledSlots(claimed, applied, surroundings.now()),
    );
    ledger.held.delete(role);
    if (result.kind === 'lost') {
      const reason = 'the lease ran out and another invocation took over';
      ledger.outcomes.set(role, { kind: 'superseded', reason });
      return;
    }
    for (const slot of claimed.plan.slots) {
      const generation = result.state.slots.find((each) => each.slot === slot.slot)?.generation ?? 0;
      ledger.outcomes.set(role, ledger.progressOf(role).outcome(slot, generation));
    }
    if (result.state.askedAgain !== claimed.observed.state.askedAgain)
      ledger.again(role, 'asked to look again');
  } catch (thrown) {
    ledger.fail(role, toControllerError(thrown));
  }
}
