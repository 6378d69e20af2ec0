import type { Change } from '../model/change.ts';
import { chunked } from '../model/chunked.ts';
import { toControllerError } from '../model/errors.ts';
import type { RoleName } from '../model/ids.ts';
import type { Observed } from '../model/observed.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RolePlan } from '../model/role-plan.ts';
import type { RoleState } from '../model/role-state.ts';
import { isGone } from '../model/trigger.ts';
import type { Hints } from '../plan/doubt.ts';
import { refusedAgain, toldOfEnd } from '../plan/election/unfit.ts';
import { planRoles } from '../plan/plan-role.ts';
import type { Act, Actor } from './act.ts';
import { act, remember } from './act.ts';
import { isNews, learn } from './learn.ts';
import { deadlineNear, Ledger, stillChanging } from './ledger.ts';
import { missedMeanwhile } from './missed-meanwhile.ts';
import { observe } from './observe.ts';
import type { Learnt, Memories, Ports, RecordReader, Settings } from './ports.ts';
import type { Finished } from './progress.ts';

export interface ReconcileRequest {
  readonly roles: readonly RoleName[];
  readonly hints: Hints;
  /** Why we woke, for the history. */
  readonly causeOf: (role: RoleName) => string;
  /** Read Route 53 for every role, instead of believing what the state says was written. */
  readonly readsRecords: boolean;
  /** For a pass over many roles: one that remembers what it has read of Route 53. */
  readonly recordReader?: RecordReader | undefined;
  /** Nothing is begun after this, in milliseconds since the epoch. */
  readonly deadlineMs: number;
  /** What else to remember with the first write: who asked, who is gone. */
  readonly memories: Pick<Memories, 'asked' | 'gone'>;
  /** What the triggers told of candidates or roles, and no Describe call shows. */
  readonly learnt: readonly Learnt[];
}

/** What came of it for each role, and the plans of those that came to rest. */
export interface Reconciled {
  readonly outcomes: ReadonlyMap<RoleName, Outcome>;
  readonly finished: ReadonlyMap<RoleName, Finished>;
}

/** First try, and three more for a world that moves while we look. */
const roundsMax = 4;

/** How long a read that was contradicted is given to catch up. */
const secondReadDelayMs = 2_000;

/** Roles that are claimed at once: no more than can be moved while their leases last, when AWS gives little room. */
const actsPerWaveMax = 20;

/** How long before another try after the world moved between reading and writing; grows with each round. */
const conflictDelayMs = 250;

/**
 * Observe, plan, claim, apply, settle: for a whole set of roles at once, and again for those where the world moved
 * meanwhile, at most `roundsMax` times; and once more for those of whose candidates others told meanwhile. Never throws
 * for one role's sake: each has its outcome.
 */
export async function reconcileRoles(
  ports: Ports,
  settings: Settings,
  request: ReconcileRequest,
): Promise<Reconciled> {
  const ledger = new Ledger(request.roles, request.memories);
  const { leaseDurationMs } = settings;
  const { causeOf, deadlineMs } = request;
  const actor = { owner: ports.surroundings.uniqueName(), leaseDurationMs, deadlineMs, causeOf };
  await goRounds(ports, settings, request, actor, ledger);
  await remember(ports, actor, ledger, []);
  const { learnt, failures } = await missedMeanwhile(ports, ledger, request.learnt);
  for (const [role, error] of failures) ledger.fail(role, error);
  if (learnt.length > 0) {
    for (const { role } of learnt) ledger.again(role, 'something was told of its candidates meanwhile');
    ledger.beginNextRound();
    // What the reader has read is older than what was written since.
    await goRounds(ports, settings, { ...request, learnt, recordReader: undefined }, actor, ledger);
  }
  return { outcomes: ledger.outcomes, finished: ledger.finished };
}

async function goRounds(
  ports: Ports,
  settings: Settings,
  request: ReconcileRequest,
  actor: Actor,
  ledger: Ledger,
): Promise<void> {
  for (let round = 0; round < roundsMax && ledger.todo.size > 0; round++) {
    if (round > 0) await pause(ports, ledger, round);
    try {
      await observePlanAct(ports, settings, request, actor, ledger);
    } catch (thrown) {
      ledger.failRest(toControllerError(thrown));
    }
    ledger.beginNextRound();
  }
  ledger.failTodo();
  // A lease that cannot be given back runs out by itself, and its role has an outcome already.
  await Promise.allSettled([...ledger.held].map(([role, claimed]) => giveBack(ports, ledger, role, claimed)));
}

/** Whoever left the role to us meanwhile relies on another look at it, which is taken when the message comes again. */
async function giveBack({ store }: Ports, ledger: Ledger, role: RoleName, claimed: RoleState): Promise<void> {
  ledger.held.delete(role);
  const result = await store.release(role, claimed);
  const isAsked = result.kind === 'claimed' && result.state.askedAgain !== claimed.askedAgain;
  if (isAsked && ledger.outcomes.get(role)?.kind !== 'failed') {
    ledger.fail(role, stillChanging(role, 'asked to look again'));
  }
}

async function pause({ surroundings }: Ports, { todo, secondReads }: Ledger, round: number): Promise<void> {
  const hasDoubt = [...todo].some((role) => secondReads.has(role));
  await surroundings.sleep(hasDoubt ? secondReadDelayMs : conflictDelayMs * round);
}

async function observePlanAct(
  ports: Ports,
  settings: Settings,
  request: ReconcileRequest,
  actor: Actor,
  ledger: Ledger,
): Promise<void> {
  const { now } = ports.surroundings;
  const startedMs = now();
  if (startedMs >= request.deadlineMs) throw deadlineNear();
  const { observed, undefinedRoles, failures } = await observe(ports, settings, {
    roles: [...ledger.todo],
    hints: request.hints,
    readRecordsOf: request.readsRecords ? 'all' : ledger.conflicts,
    // What met a moved world has to be seen as it is now.
    recordReader: ledger.conflicts.size === 0 ? request.recordReader : undefined,
  });
  for (const role of undefinedRoles) {
    ledger.outcomes.set(role, { kind: 'ignored', reason: `no role "${role}" is defined` });
  }
  for (const [role, error] of failures) ledger.fail(role, error);
  const attempts = await Promise.all(
    observed.map((each) => forRole(ledger, each, () => inform(ports, request, ledger, each))),
  );
  const informed = attempts.filter((each) => each !== undefined);

  const { secondReads } = ledger;
  const plans = planRoles(informed, { nowMs: now(), owner: actor.owner, hints: request.hints, secondReads });
  for (const role of ledger.todo) ledger.progressOf(role).spent('observeMs', now() - startedMs);
  const acts: Act[] = [];
  await Promise.all(
    [...plans].map(async ([each, plan]) => {
      if (plan.kind === 'act' && givesUpUnread(each, plan)) {
        ledger.conflicts.add(each.role.name);
        ledger.again(each.role.name, 'a record is given up once Route 53 shows what else answers');
      } else if (plan.kind === 'act') acts.push({ observed: each, plan });
      else await forRole(ledger, each, () => rest(ports, ledger, each, plan));
    }),
  );
  for (const wave of chunked(acts, actsPerWaveMax)) {
    if (now() >= request.deadlineMs) throw deadlineNear();
    await act(ports, actor, ledger, wave);
  }
}

/**
 * Whether a record would go without another in its place, on the word of what was written alone. A deletion that was given
 * up and comes late takes a record that is there again just as it was: what else answers at its name has to be seen.
 */
function givesUpUnread({ names }: Observed, { slots }: Act['plan']): boolean {
  const isDeletion = (change: Change) => change.kind === 'change-record' && change.after === undefined;
  return names === undefined && slots.some(({ changes }) => changes.some(isDeletion));
}

/** Work for one role: when it fails that role has failed, and the others go on. */
async function forRole<Result>(
  ledger: Ledger,
  { role }: Observed,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (thrown) {
    ledger.fail(role.name, toControllerError(thrown));
    return undefined;
  }
}

/** Everything that needs no claim. */
async function rest(
  { store }: Ports,
  ledger: Ledger,
  observed: Observed,
  plan: Exclude<RolePlan, { kind: 'act' }>,
): Promise<void> {
  const { state } = observed;
  const { name } = observed.role;
  switch (plan.kind) {
    case 'rest':
      ledger.finish({ observed, ...plan, generationOf: ({ before }) => before.generation });
      return;
    case 'frozen':
      ledger.outcomes.set(name, {
        kind: 'waiting',
        reason: `frozen by ${plan.by}; thaw the role to let it go on`,
      });
      return;
    case 'doubt':
      ledger.secondReads.add(name);
      ledger.again(name, plan.reason);
      return;
    case 'busy':
      if (await store.askAgain(name, plan.owner)) {
        const until = new Date(state.lease?.expiresAtMs ?? 0).toISOString();
        const reason = `${plan.owner} holds the lease until ${until} and was asked to look again`;
        ledger.outcomes.set(name, { kind: 'waiting', reason });
      } else {
        ledger.again(name, 'the lease changed hands while we looked');
      }
  }
}

/**
 * Adds what is learnt to the state of the role, in the table and in what was just read; nothing is written that stands
 * there already. Instances that EC2 would not give the addresses to are left out of the next elections, and so are those
 * whose end an event told: whoever reads next has no event, and may still be shown a running instance.
 */
async function inform(
  { store, surroundings }: Ports,
  { learnt, hints }: ReconcileRequest,
  ledger: Ledger,
  observed: Observed,
): Promise<Observed> {
  const { name } = observed.role;
  const news = learnt.filter(({ role }) => role === name).filter((each) => isNews(observed.state, each));
  await Promise.all(news.map((each) => store.learn(each)));
  const nowMs = surroundings.now();
  const ended = observed.instances.flatMap(({ instanceId }) => {
    const state = hints.get(instanceId)?.state;
    return state !== undefined && isGone(state) ? [[instanceId, `its event said ${state}`] as const] : [];
  });
  const state = news.reduce(learn, observed.state);
  const refused = refusedAgain(state.unfit, ledger.unfitFor(name), nowMs);
  const unfit = toldOfEnd(refused, new Map(ended), nowMs);
  return { ...observed, state: { ...state, unfit } };
}
