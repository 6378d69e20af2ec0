import type { ControllerError } from '../model/errors.ts';
import { toControllerError } from '../model/errors.ts';
import type { InstanceId, RoleName } from '../model/ids.ts';
import type { Observed } from '../model/observed.ts';
import { isGone } from '../model/trigger.ts';
import { worthKeeping } from '../plan/election/unfit.ts';
import { apply } from './apply.ts';
import type { ActPlan, Claimed } from './claim.ts';
import { claimedSlots, historyOf, holderBefore, holdersOf, settledSlots } from './claim.ts';
import type { Ledger } from './ledger.ts';
import type { Ports } from './ports.ts';
import type { Applied, ToApply } from './to-apply.ts';
import { leaseMarginMs, nothingApplied } from './to-apply.ts';

/** Who acts, and for how long a claim of theirs may take. */
export interface Actor {
  readonly owner: string;
  readonly leaseDurationMs: number;
  /** Nothing is begun after this, in milliseconds since the epoch. */
  readonly deadlineMs: number;
  readonly causeOf: (role: RoleName) => string;
}

export interface Act {
  readonly observed: Observed;
  readonly plan: ActPlan;
}

type Results = ReadonlyMap<ToApply, Applied>;

/** A claim with what came of it, slot by slot. */
interface Worked {
  readonly claimed: Claimed;
  readonly appliedTo: (slot: number) => Applied;
}

/** Claims side by side, applies all that was claimed together, remembers it in one write, settles side by side. */
export async function act(ports: Ports, actor: Actor, ledger: Ledger, acts: readonly Act[]): Promise<void> {
  const { now } = ports.surroundings;
  const startedMs = now();
  const attempts = await Promise.all(acts.map((each) => claim(ports, actor, ledger, each)));
  const claims = attempts.filter((each) => each !== undefined);
  const claimedMs = now();
  const results = await apply(ports, claims.flatMap(toApply));
  for (const { observed } of claims) {
    const progress = ledger.progressOf(observed.role.name);
    progress.spent('claimMs', claimedMs - startedMs);
    progress.spent('applyMs', now() - claimedMs);
  }
  const done = worked(claims, results).filter((each) => isDone(ledger, each));
  await remember(
    ports,
    actor,
    ledger,
    done.map(({ claimed }) => claimed),
  );
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
  const lease = { owner: actor.owner, expiresAtMs: leaseEndMs(actor, nowMs) };
  try {
    const slots = claimedSlots(plan, nowMs, actor.causeOf(role));
    const unfit = worthKeeping(observed.state.unfit, nowMs);
    const result = await ports.store.claim({ role, seen: observed.state, lease, slots, unfit });
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

/** Not long after whoever holds it will be stopped: nobody should wait for the lease of an invocation that is over. */
function leaseEndMs({ leaseDurationMs, deadlineMs }: Actor, nowMs: number): number {
  return Math.min(nowMs + leaseDurationMs, deadlineMs + leaseMarginMs);
}

function toApply({ observed, plan, state }: Claimed): readonly ToApply[] {
  return plan.slots.map(({ slot, holder, changes }) => ({
    role: observed.role.name,
    slot,
    holder,
    generation: state.slots.find((each) => each.slot === slot)?.generation ?? 0,
    leaseExpiresAtMs: state.lease?.expiresAtMs ?? 0,
    changes,
  }));
}

function worked(claims: readonly Claimed[], results: Results): readonly Worked[] {
  const bySlot = new Map([...results].map(([{ role, slot }, applied]) => [`${role} ${slot}`, applied]));
  return claims.map((claimed) => ({
    claimed,
    appliedTo: (slot) => bySlot.get(`${claimed.observed.role.name} ${slot}`) ?? nothingApplied,
  }));
}

/** What was applied whole is to be settled; what met a moved world goes round again; the rest has failed. */
function isDone(ledger: Ledger, { claimed, appliedTo }: Worked): boolean {
  const role = claimed.observed.role.name;
  const errors: ControllerError[] = [];
  for (const { slot, holder, before, changes } of claimed.plan.slots) {
    const applied = appliedTo(slot);
    const isConcerned = changes.length + before.intent.length > 0 || holder !== before.holder;
    if (isConcerned) ledger.progressOf(role).acted(slot, holderBefore(claimed, slot), applied.done);
    for (const error of applied.errors) {
      errors.push(error);
      if (error.code === 'CandidateUnfit' && holder !== undefined)
        ledger.found(role, holder, `EC2 said: ${error.message}`);
    }
  }
  const fatal = errors.find(
    ({ disposition, code }) => disposition !== 'conflict' && code !== 'CandidateUnfit',
  );
  const [first] = errors;
  if (fatal !== undefined) {
    ledger.fail(role, fatal);
  } else if (first !== undefined) {
    ledger.conflicts.add(role);
    ledger.again(role, first.message, first);
  }
  return first === undefined;
}

/**
 * One write for the history of all, for who asked and who is gone. It comes before settling: a claim counts as settled
 * only when the roles of its new holder can be found again once its tags are gone.
 */
export async function remember(
  ports: Ports,
  actor: Actor,
  ledger: Ledger,
  done: readonly Claimed[],
): Promise<void> {
  const nowMs = ports.surroundings.now();
  const history = done.flatMap((claimed) => {
    const { name } = claimed.observed.role;
    const progress = ledger.progressOf(name);
    const changesOf = (slot: number) => progress.changesOf(slot);
    return historyOf(claimed, { cause: actor.causeOf(name), changesOf, steps: progress.steps, nowMs });
  });
  const { asked, gone } = ledger.takeMemories();
  const memories = { asked: [...asked, ...holdersOf(done)], gone, history };
  if (memories.asked.length + gone.length + history.length > 0) await ports.store.remember(memories);
  ledger.linked.push(...asked);
}

async function settle(
  { store, surroundings }: Ports,
  ledger: Ledger,
  { claimed, appliedTo }: Worked,
): Promise<void> {
  const { observed, plan } = claimed;
  const role = observed.role.name;
  try {
    const slots = settledSlots(claimed, appliedTo, surroundings.now());
    const result = await store.settle(role, claimed.state, slots, strangersTo(observed));
    ledger.held.delete(role);
    if (result.kind === 'lost') {
      const reason = 'the lease ran out and another invocation took over';
      ledger.outcomes.set(role, { kind: 'superseded', reason });
      return;
    }
    const generations = new Map(result.state.slots.map(({ slot, generation }) => [slot, generation]));
    ledger.finish({
      observed,
      ...plan,
      generationOf: ({ slot }) => generations.get(slot) ?? 0,
    });
    if (result.state.askedAgain !== observed.state.askedAgain) ledger.again(role, 'asked to look again');
  } catch (thrown) {
    ledger.fail(role, toControllerError(thrown));
  }
}

/** Instances of which something is known and which have nothing to do with the role any more. */
function strangersTo({ state, instances }: Observed): readonly InstanceId[] {
  const present = new Set<string>(
    instances.filter((each) => !isGone(each.state)).map(({ instanceId }) => instanceId),
  );
  return Object.keys(state.facts)
    .filter((id): id is InstanceId => !present.has(id))
    .slice(0, forgottenMax);
}

/** Instances that are forgotten with one write. */
const forgottenMax = 50;
