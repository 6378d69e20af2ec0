import type { InstanceFacts } from '../../shared/model/facts.ts';
import type { HistoryEntry } from '../../shared/model/history-entry.ts';
import type { InstanceId, RoleName } from '../../shared/model/ids.ts';
import type { Role } from '../../shared/model/observed.ts';
import type { RoleState, SlotState } from '../../shared/model/role-state.ts';
import { noState } from '../../shared/model/role-state.ts';
import { isNews, learn } from '../../shared/reconcile/learn.ts';
import type {
  Claim,
  ClaimResult,
  InstanceMemory,
  Learnt,
  Memories,
  RoleStore,
  StoredRoles,
} from '../../shared/reconcile/ports.ts';
import type { Script } from './script.ts';

/**
 * The controller's memory without a table. It keeps what the contract of the port says: a claim and a settle succeed only
 * while the revision is the one that was read, and each counts it up; asking again needs the lease of the owner that was
 * seen; facts are kept only in the place of those that were read, and what a role learns only when it is newer than what
 * it knows. Every other write succeeds; a line of history that is told twice, of one role, slot, time and generation, is one.
 */
export class MemoryStore implements RoleStore {
  readonly #history = new Map<string, HistoryEntry>();
  readonly #roles = new Map<RoleName, Role>();
  readonly #states = new Map<RoleName, RoleState>();
  readonly #instances = new Map<InstanceId, InstanceMemory>();
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  /** Defines a role, with the state that it is to be in. */
  define(role: Role, state?: RoleState): void {
    this.#roles.set(role.name, role);
    if (state !== undefined) this.#states.set(role.name, state);
  }

  undefine(role: RoleName): void {
    this.#roles.delete(role);
    this.#states.delete(role);
  }

  stateOf(role: RoleName): RoleState {
    return this.#states.get(role) ?? noState;
  }

  /** Puts a state there, as another invocation would. */
  overwrite(role: RoleName, state: Partial<RoleState>): void {
    const now = this.stateOf(role);
    this.#states.set(role, { ...now, revision: now.revision + 1, ...state });
  }

  get history(): readonly HistoryEntry[] {
    return [...this.#history.values()];
  }

  readonly rememberedInstance = async (instanceId: InstanceId): Promise<InstanceMemory> => {
    await this.#script.enter('rememberedInstance', instanceId);
    return this.#memoryOf(instanceId);
  };

  readonly readRoles = async (names: readonly RoleName[]): Promise<StoredRoles> => {
    await this.#script.enter('readRoles', names.join());
    const stored = names.flatMap((name) => {
      const role = this.#roles.get(name);
      return role === undefined ? [] : [{ role, state: this.stateOf(name) }];
    });
    return { stored, failures: new Map() };
  };

  readonly listRoles = async (page: { readonly after: RoleName | undefined; readonly max: number }) => {
    await this.#script.enter('listRoles', page.after);
    const names = [...this.#roles.keys()].toSorted();
    return names.filter((name) => name > (page.after ?? '')).slice(0, page.max);
  };

  readonly claim = async ({ role, seen, lease, slots, unfit }: Claim): Promise<ClaimResult> => {
    await this.#script.enter('claim', role);
    return this.#write(
      role,
      seen.revision,
      { slots, lease, unfit },
      (now) => now.lease?.owner === lease.owner,
    );
  };

  readonly settle = async (
    role: RoleName,
    claimed: RoleState,
    slots: readonly SlotState[],
    forgotten: readonly InstanceId[],
  ): Promise<ClaimResult> => {
    await this.#script.enter('settle', role);
    const isKept = ([id]: readonly [string, unknown]) => !forgotten.some((each) => each === id);
    const { facts, factRevisions } = this.stateOf(role);
    const known = {
      facts: Object.fromEntries(Object.entries(facts).filter(isKept)),
      factRevisions: Object.fromEntries(Object.entries(factRevisions).filter(isKept)),
    };
    return this.#write(role, claimed.revision, { slots, ...known }, (now) => now.lease === undefined);
  };

  readonly release = async (role: RoleName, claimed: RoleState): Promise<ClaimResult> => {
    await this.#script.enter('release', role);
    const { slots } = this.stateOf(role);
    return this.#write(role, claimed.revision, { slots }, (now) => now.lease === undefined);
  };

  readonly askAgain = async (role: RoleName, owner: string): Promise<boolean> => {
    await this.#script.enter('askAgain', role);
    const now = this.stateOf(role);
    if (now.lease?.owner !== owner) return false;
    this.#states.set(role, { ...now, askedAgain: now.askedAgain + 1 });
    return true;
  };

  readonly remember = async ({ asked, gone, history }: Memories): Promise<void> => {
    await this.#script.enter('remember');
    for (const { instanceId, roles } of [...asked, ...gone]) {
      const known = this.#memoryOf(instanceId);
      const all = [...new Set([...known.roles, ...roles])].toSorted();
      this.#instances.set(instanceId, { ...known, roles: all });
    }
    for (const { instanceId } of gone) {
      this.#instances.set(instanceId, { ...this.#memoryOf(instanceId), isGone: true });
    }
    for (const entry of history) {
      const isMove = entry.from !== entry.to || entry.changes.length > 0;
      this.#history.set(`${entry.role} ${entry.slot} ${entry.timeMs} ${entry.generation} ${isMove}`, entry);
    }
  };

  readonly keepFacts = async (instanceId: InstanceId, facts: InstanceFacts, seenRevision: number) => {
    await this.#script.enter('keepFacts', instanceId);
    const known = this.#memoryOf(instanceId);
    if (known.factsRevision !== seenRevision) return false;
    this.#instances.set(instanceId, { ...known, facts, factsRevision: seenRevision + 1 });
    return true;
  };

  readonly learn = async (learnt: Learnt): Promise<void> => {
    await this.#script.enter('learn', learnt.role);
    const now = this.stateOf(learnt.role);
    if (isNews(now, learnt)) this.#states.set(learnt.role, learn(now, learnt));
  };

  #memoryOf(instanceId: InstanceId): InstanceMemory {
    return this.#instances.get(instanceId) ?? { roles: [], isGone: false, facts: {}, factsRevision: 0 };
  }

  /** Writes the next revision over the one that was seen; a write that is there already is a repetition, and good. */
  #write(
    role: RoleName,
    seenRevision: number,
    written: Pick<RoleState, 'slots' | 'lease'> & Partial<RoleState>,
    isOurs: (now: RoleState) => boolean,
  ): ClaimResult {
    const now = this.stateOf(role);
    if (now.revision === seenRevision + 1 && isOurs(now)) return { kind: 'claimed', state: now };
    if (now.revision !== seenRevision) return { kind: 'lost' };
    const { lease: _, ...rest } = now;
    const state = { ...rest, ...written, revision: seenRevision + 1 };
    this.#states.set(role, state);
    return { kind: 'claimed', state };
  }
}
