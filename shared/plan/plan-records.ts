import type { ChangeRecord } from '../model/change.ts';
import type { ObservedName, Role } from '../model/observed.ts';
import type { RecordIdentity, RecordSet } from '../model/record-set.ts';
import { canStandTogether, isSameRecordSet, nameKey, pointsTo, recordKey } from '../model/record-set.ts';
import type { Refusal } from '../model/role-plan.ts';
import type { SlotState } from '../model/role-state.ts';
import { decideRecord, takenBySlot } from './decide-record.ts';
import type { DesiredRecord } from './desired-records.ts';
import { recordIdentities } from './desired-records.ts';
import { keysOf, StandingRecords } from './standing-records.ts';

/** One slot's part of the plan for the records of a role. */
export interface RecordsPlan {
  /** Deletions first, then replacements, then creations; the changes of all slots in one zone belong into one batch. */
  readonly changes: readonly ChangeRecord[];
  /** What stays, as it was found. */
  readonly standing: readonly RecordSet[];
  /** The keys of what was written or meant before and is no longer wanted, gone or not. */
  readonly dropped: ReadonlySet<string>;
  readonly refusals: readonly Refusal[];
}

/** A slot with the records that it should have; `keep` when it is vacant and nothing is said of what it should answer. */
export interface SlotRecords {
  readonly slot: SlotState;
  readonly desired: readonly DesiredRecord[] | 'keep';
}

/**
 * The changes that make the records of a role what they should be, for all its slots at once: none for what is right, an
 * exact replacement for what is ours, a refusal for what is not. `names` is what Route 53 holds, or undefined to go by what
 * was written.
 *
 * No name is left without a record: what a vacant slot wrote stays, unless a slot that is held or parked answers at the same
 * name and type; so does what a slot that the spec no longer has wrote, while the spec still wants the name.
 */
export function planRecords(
  role: Role,
  parts: readonly SlotRecords[],
  names: readonly ObservedName[] | undefined,
): ReadonlyMap<number, RecordsPlan> {
  const standing = new StandingRecords(
    parts.map(({ slot }) => slot),
    names,
  );
  const planning = new Planning(role, standing);
  const drafts = parts
    .toSorted((a, b) => a.slot.slot - b.slot.slot)
    .map((part) => new Draft(part, role.spec.slots));
  for (const draft of drafts) if (draft.kind === 'held') planning.want(draft, draft.wanted);
  planning.leave(drafts, 'refused');
  for (const draft of drafts) if (draft.kind === 'vacant') planning.park(draft);
  planning.clearAdopted();
  planning.leave(drafts, 'vacant');
  planning.leave(drafts, 'removed');
  planning.leave(drafts, 'held');
  return new Map(drafts.map((draft) => [draft.slot.slot, draft.finished()]));
}

/** What one slot's plan is made in. */
class Draft {
  readonly slot: SlotState;
  readonly wanted: readonly DesiredRecord[];
  /** A slot with a holder, without one, or one that the spec no longer has. */
  readonly kind: 'held' | 'vacant' | 'removed';
  readonly changes: ChangeRecord[] = [];
  readonly standing: RecordSet[] = [];
  readonly refused: DesiredRecord[] = [];
  readonly refusals: Refusal[] = [];

  constructor({ slot, desired }: SlotRecords, slots: number) {
    this.slot = slot;
    this.wanted = desired === 'keep' ? [] : desired;
    if (slot.slot >= slots) this.kind = 'removed';
    else this.kind = desired === 'keep' || desired.some(({ isParked }) => isParked) ? 'vacant' : 'held';
  }

  /** Whether a record is one that the slot wants and cannot have now: it keeps the one that it has. */
  isRefused(record: RecordSet): boolean {
    return this.refused.some(({ identity, reverses }) => {
      if (identity === undefined) return false;
      if (recordKey(identity) === recordKey(record)) return true;
      return reverses && pointsTo(record, identity.name);
    });
  }

  finished(): RecordsPlan {
    const kept = [...this.standing, ...this.changes.flatMap(({ after }) => after ?? [])].map(recordKey);
    const refused = this.refused.flatMap(({ identity }) => (identity ? recordKey(identity) : []));
    const wanted = new Set([...kept, ...refused]);
    return {
      changes: this.changes.toSorted(inOrder),
      standing: this.standing,
      dropped: new Set(keysOf(this.slot).filter((key) => !wanted.has(key))),
      refusals: this.refusals,
    };
  }
}

function inOrder(a: ChangeRecord, b: ChangeRecord): number {
  return rank(a) - rank(b) || (keyOf(a) < keyOf(b) ? -1 : 1);
}

function rank({ before, after }: ChangeRecord): number {
  if (after === undefined) return 0;
  return before === undefined ? 2 : 1;
}

function keyOf({ before, after }: ChangeRecord): string {
  const record = after ?? before;
  return record === undefined ? '' : recordKey(record);
}

/** The plan for the whole role while it is made. */
class Planning {
  readonly #standing: StandingRecords;
  /** Names that the spec wants, whoever holds it, and those of the PTR records. */
  readonly #wantedNames: Set<string>;
  readonly #wantedTypes: ReadonlySet<string>;
  /** Names at which a record is wanted and cannot be had. */
  readonly #unfulfilled = new Set<string>();
  /** What will be there, by its name. */
  readonly #remaining = new Map<string, RecordSet[]>();
  /** By key: who has what is wanted, or what is let go. */
  readonly #taken = new Map<string, { readonly slot: number; readonly record: RecordSet }>();
  readonly #adopted: (readonly [Draft, RecordSet])[] = [];

  constructor(role: Role, standing: StandingRecords) {
    this.#standing = standing;
    const identities = recordIdentities(role);
    this.#wantedNames = new Set(identities.map(nameKey));
    this.#wantedTypes = new Set(identities.map((each) => `${nameKey(each)} ${each.type}`));
  }

  want(draft: Draft, wanted: readonly DesiredRecord[]): void {
    for (const each of wanted) this.#wantOne(draft, each);
  }

  /** A vacant slot answers with its parking value where no other slot answers. */
  park(draft: Draft): void {
    this.want(
      draft,
      draft.wanted.filter(({ identity }) => identity !== undefined && !this.#isAnswered(identity)),
    );
  }

  #wantOne(draft: Draft, wanted: DesiredRecord): void {
    const { identity, desired } = wanted;
    if (identity !== undefined) this.#wantedNames.add(nameKey(identity));
    const earlier = 'code' in desired ? undefined : this.#taken.get(recordKey(desired));
    if (earlier !== undefined && !('code' in desired)) {
      if (!isSameRecordSet(earlier.record, desired)) draft.refusals.push(takenBySlot(earlier.slot, desired));
      return;
    }
    const decision = decideRecord(wanted, this.#standing);
    switch (decision.kind) {
      case 'refused':
        draft.refused.push(wanted);
        draft.refusals.push(decision.refusal);
        if (identity !== undefined) this.#unfulfilled.add(nameKey(identity));
        return;
      case 'standing':
        draft.standing.push(decision.record);
        this.#take(draft, decision.record);
        return;
      case 'change':
        draft.changes.push(decision.change);
        this.#take(draft, decision.change.after);
        this.#adopted.push(...decision.clears.map((stranger) => [draft, stranger] as const));
    }
  }

  /** Deletes what is adopted and cannot stay; what has a successor of the same key is replaced already. */
  clearAdopted(): void {
    for (const [draft, stranger] of this.#adopted) this.#clear(draft, stranger);
  }

  /** Decides on what slots of this kind wrote and nobody wants as it is, or cannot have as it should be. */
  leave(drafts: readonly Draft[], kind: Draft['kind'] | 'refused'): void {
    // A record that one vacant slot leaves answers for nobody: it is no reason to delete that of another.
    const answered = kind === 'vacant' ? this.#answered() : undefined;
    for (const draft of drafts) {
      if (kind !== 'refused' && draft.kind !== kind) continue;
      for (const record of this.#inOrder(this.#standing.of(draft.slot))) {
        if (this.#taken.has(recordKey(record))) continue;
        if (kind === 'refused' && !draft.isRefused(record)) continue;
        if (this.#stays(record, kind, answered)) {
          draft.standing.push(record);
          this.#take(draft, record);
        } else this.#clear(draft, record);
      }
    }
  }

  /** Those of wanted types first: they can take the place of the others. */
  #inOrder(records: readonly RecordSet[]): readonly RecordSet[] {
    const orderOf = (record: RecordSet) => `${this.#wantsType(record) ? 0 : 1} ${recordKey(record)}`;
    return records.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  }

  #wantsType(record: RecordSet): boolean {
    return this.#wantedTypes.has(`${nameKey(record)} ${record.type}`);
  }

  #stays(
    record: RecordSet,
    kind: Draft['kind'] | 'refused',
    answered: ReadonlySet<string> | undefined,
  ): boolean {
    const others = this.#remaining.get(nameKey(record)) ?? [];
    if (!others.every((each) => canStandTogether(each, record))) return false;
    if (kind === 'refused') return true;
    if (answered !== undefined) return !answered.has(`${nameKey(record)} ${record.type}`);
    if (this.#isAnswered(record)) return false;
    const name = nameKey(record);
    if (!this.#wantedNames.has(name)) return false;
    return others.length === 0 || this.#unfulfilled.has(name) || this.#wantsType(record);
  }

  /** Names and types for which something remains so far. */
  #answered(): ReadonlySet<string> {
    const remaining = [...this.#remaining.values()].flat();
    return new Set(remaining.map((record) => `${nameKey(record)} ${record.type}`));
  }

  #isAnswered(identity: RecordIdentity): boolean {
    return this.#remaining.get(nameKey(identity))?.some(({ type }) => type === identity.type) === true;
  }

  #take({ slot }: Draft, record: RecordSet): void {
    this.#taken.set(recordKey(record), { slot: slot.slot, record });
    const others = this.#remaining.get(nameKey(record));
    if (others === undefined) this.#remaining.set(nameKey(record), [record]);
    else others.push(record);
  }

  #clear(draft: Draft, before: RecordSet): void {
    if (this.#taken.has(recordKey(before))) return;
    this.#taken.set(recordKey(before), { slot: draft.slot.slot, record: before });
    draft.changes.push({ kind: 'change-record', before });
  }
}
