import { ControllerError } from '../model/errors.ts';
import type { InstanceId, RoleName } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RoleState } from '../model/role-state.ts';
import type { Memories } from './ports.ts';
import type { Finished } from './progress.ts';
import { Progress } from './progress.ts';

/** What one pass over a set of roles knows: who is done and how, who goes round again, and what is still held. */
export class Ledger {
  readonly outcomes = new Map<RoleName, Outcome>();
  /** Roles whose next read is believed whatever it says. */
  readonly secondReads = new Set<RoleName>();
  /** Roles whose records are read next time: what was written is no longer what is there. */
  readonly conflicts = new Set<RoleName>();
  /** Claims of ours that are not settled; given back at the end, so that nobody waits for a lease to run out. */
  readonly held = new Map<RoleName, RoleState>();
  /** The last word on each role, for whoever waits for it. */
  readonly finished = new Map<RoleName, Finished>();
  /** Instances that ask for these roles for the first time, of which that was written down. */
  readonly linked: { readonly instanceId: InstanceId; readonly roles: readonly RoleName[] }[] = [];
  readonly #unfit = new Map<RoleName, Map<InstanceId, string>>();
  readonly #progress: ReadonlyMap<RoleName, Progress>;
  readonly #pending = new Map<RoleName, ControllerError>();
  #todo: ReadonlySet<RoleName>;
  #next = new Set<RoleName>();
  #memories: Pick<Memories, 'asked' | 'gone'>;

  constructor(roles: readonly RoleName[], memories: Pick<Memories, 'asked' | 'gone'>) {
    this.#todo = new Set(roles);
    this.#progress = new Map(roles.map((role) => [role, new Progress()]));
    this.#memories = memories;
  }

  get todo(): ReadonlySet<RoleName> {
    return this.#todo;
  }

  /** Everything that asked to go round again is now to be done; the rest has its outcome. */
  beginNextRound(): void {
    this.#todo = this.#next;
    this.#next = new Set();
  }

  progressOf(role: RoleName): Progress {
    const progress = this.#progress.get(role);
    if (progress === undefined) throw new Error(`${role} is not part of this pass`);
    return progress;
  }

  /** EC2 would not give a role's address to this instance: the next election is without it. */
  found(role: RoleName, instanceId: InstanceId, words: string): void {
    this.#unfit.set(role, new Map([...(this.#unfit.get(role) ?? []), [instanceId, words]]));
  }

  unfitFor(role: RoleName): ReadonlyMap<InstanceId, string> {
    return this.#unfit.get(role) ?? new Map();
  }

  /** Nothing is left to do for the role. */
  finish(finished: Finished): void {
    const role = finished.observed.role.name;
    this.finished.set(role, finished);
    this.outcomes.set(role, this.progressOf(role).outcome(finished));
  }

  again(role: RoleName, reason: string, cause?: ControllerError): void {
    this.outcomes.delete(role);
    this.#next.add(role);
    this.#pending.set(role, stillChanging(role, reason, cause));
  }

  fail(role: RoleName, error: ControllerError): void {
    this.#next.delete(role);
    this.outcomes.set(role, { kind: 'failed', error });
  }

  /** Whoever has no outcome yet has this one: something that all of them need failed. */
  failRest(error: ControllerError): void {
    for (const role of this.#todo) if (!this.outcomes.has(role)) this.fail(role, error);
  }

  /** No rounds are left: what still wanted one fails with its own reason. */
  failTodo(): void {
    for (const role of this.#todo) this.fail(role, this.#pending.get(role) ?? deadlineNear());
  }

  /** What is to be remembered, once. Whoever tags an instance may name anything; only roles that exist count. */
  takeMemories(): Pick<Memories, 'asked' | 'gone'> {
    const { asked, gone } = this.#memories;
    this.#memories = { asked: [], gone: [] };
    return { asked: this.#ofDefined(asked), gone: this.#ofDefined(gone) };
  }

  #ofDefined(rows: Memories['asked']): Memories['asked'] {
    return rows
      .map(({ instanceId, roles }) => ({
        instanceId,
        roles: roles.filter((role) => this.outcomes.get(role)?.kind !== 'ignored'),
      }))
      .filter(({ roles }) => roles.length > 0);
  }
}

export function stillChanging(role: RoleName, reason: string, cause?: ControllerError): ControllerError {
  return new ControllerError(`${role} kept changing while it was reconciled: ${reason}`, {
    code: 'StillChanging',
    disposition: 'retryable',
    cause,
  });
}

export function deadlineNear(): ControllerError {
  return new ControllerError('too little time is left before the deadline; the rest goes back to the queue', {
    code: 'DeadlineNear',
    disposition: 'retryable',
  });
}
