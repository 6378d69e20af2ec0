import { recordNameOf } from '../../shared/model/record-spec.ts';
import type { RoleSpec } from '../../shared/model/role-spec.ts';
import type { SlotState } from '../../shared/model/role-state.ts';
import { Timeline } from '../simulation/engine/chronicle.ts';
import { privateZone } from '../simulation/engine/network.ts';
import type { Chronicle } from './chronicle.ts';
import type { Look, SeenInstance } from './look.ts';

/** A law that was broken. */
export interface Violation {
  readonly law: string;
  readonly words: string;
}

/**
 * Whoever acts now began at most so long ago: what has changed since then they need not know. A function's longest
 * timeout, and the lag of Describe calls.
 */
const unawareMs = 130_000;

interface Known {
  readonly generation: number;
  readonly holder: string | undefined;
}

/** An instance as it was seen at each look. */
interface Life {
  readonly states: Timeline<string>;
  readonly roles: Timeline<readonly string[]>;
  readonly tags: SeenInstance['tags'];
  subnetId: string | undefined;
}

/** Holds each look at the world against the one before, and against what people did. */
export class Laws {
  readonly #chronicle: Chronicle;
  /** What has to do with no role: an Elastic IP, and a name. */
  readonly #foreign: { readonly allocationId: string; readonly name: string };
  readonly #known = new Map<string, Known>();
  readonly #lives = new Map<string, Life>();
  #before: Look | undefined;
  /** Changes of holder that were seen. */
  moves = 0;

  constructor(chronicle: Chronicle, foreignAllocationId: string) {
    this.#chronicle = chronicle;
    this.#foreign = { allocationId: foreignAllocationId, name: `foreign.${privateZone}` };
  }

  /** What the look shows that must not be. */
  check(look: Look): readonly Violation[] {
    this.#noteInstances(look);
    const violations = [
      ...this.#slots(look),
      ...this.#foreignThings(look),
      ...this.#takenThings(look),
      ...this.#names(look),
    ];
    this.#before = look;
    this.#chronicle.deleted.clear();
    return violations;
  }

  /** Instances that are gone are not needed any more. */
  forget(): void {
    for (const id of this.#lives.keys()) if (this.#before?.instances.has(id) !== true) this.#lives.delete(id);
  }

  #noteInstances({ atMs, instances }: Look): void {
    for (const { id, state, roles, tags, subnetId } of instances.values()) {
      const life = this.#lives.get(id) ?? { states: new Timeline(), roles: new Timeline(), tags, subnetId };
      this.#lives.set(id, life);
      if (life.states.latest !== state) life.states.note(atMs, state);
      if (life.roles.latest?.join() !== roles.join()) life.roles.note(atMs, roles);
      life.subnetId ??= subnetId;
    }
  }

  #slots({ roles, atMs }: Look): readonly Violation[] {
    return roles.flatMap(({ role, state }) => {
      const holders = state.slots.flatMap(({ holder }) => holder ?? []);
      return [
        ...(new Set(holders).size < holders.length
          ? [{ law: 'one slot for one holder', words: `${role.name} is held by ${holders.join(' and ')}` }]
          : []),
        ...state.slots.flatMap((slot) => this.#slot(role.name, slot, atMs)),
      ];
    });
  }

  #slot(role: string, { slot, holder, generation }: SlotState, atMs: number): readonly Violation[] {
    const words = `slot ${slot} of ${role}`;
    const known = this.#known.get(words);
    this.#known.set(words, { generation, holder });
    if (known !== undefined && generation < known.generation) {
      return [{ law: 'generations grow', words: `${words} went from ${known.generation} to ${generation}` }];
    }
    if (known?.holder === holder) return [];
    this.moves += 1;
    if (known !== undefined && generation === known.generation && generation > 0) {
      const change = `${words} went from ${known.holder} to ${holder} within generation ${generation}`;
      return [{ law: 'one holder for one generation', words: change }];
    }
    if (holder === undefined) return [];
    const why = this.#whyNot(role, holder, atMs - unawareMs);
    return why === undefined
      ? []
      : [{ law: 'only authorised candidates hold', words: `${words} was given to ${holder}, which ${why}` }];
  }

  /** Why an instance could not be given a role at any time since. */
  #whyNot(role: string, holder: string, sinceMs: number): string | undefined {
    const life = this.#lives.get(holder);
    if (life === undefined) return 'does not exist';
    if (!life.states.since(sinceMs).includes('running')) return 'was not running';
    if (!life.roles.since(sinceMs).some((roles) => roles.includes(role))) return 'did not ask for it';
    const specs = this.#chronicle.specs.get(role)?.since(sinceMs) ?? [];
    return specs.some((spec) => isAllowed(spec, life)) ? undefined : 'is not allowed to';
  }

  #foreignThings(look: Look): readonly Violation[] {
    const { allocationId, name } = this.#foreign;
    const seen = ({ associations, records }: Look) =>
      JSON.stringify([associations.get(allocationId), records.filter((each) => each.name === name)]);
    const before = seen(this.#before ?? look);
    const now = seen(look);
    return before === now
      ? []
      : [{ law: 'nothing foreign is touched', words: `it was ${before} and is ${now}` }];
  }

  /** What somebody took stays with them, and what somebody else wrote stays as they wrote it. */
  #takenThings({ associations, records, atMs }: Look): readonly Violation[] {
    const { taken, overwritten } = this.#chronicle;
    const violations: Violation[] = [];
    for (const [allocationId, { associationId, sinceMs }] of taken) {
      const now = associations.get(allocationId)?.associationId;
      if (now === associationId) continue;
      taken.delete(allocationId);
      // Whoever had looked before it was taken cannot know.
      if (atMs - sinceMs > unawareMs) {
        const words = `${allocationId} was taken for something else and was moved from there`;
        violations.push({ law: 'nothing foreign is touched', words });
      }
    }
    for (const [name, value] of overwritten) {
      const now = records.find((each) => each.name === name && each.type === 'A')?.values.join();
      if (now === value) continue;
      const words = `somebody else made ${name} ${value}, and it is ${now ?? 'gone'}`;
      violations.push({ law: 'nothing foreign is touched', words });
    }
    return violations;
  }

  /** A name that specs want and that had a record has one. */
  #names({ records, atMs }: Look): readonly Violation[] {
    const { specs, deleted } = this.#chronicle;
    const there = new Set(records.map(({ name }) => name));
    const before = new Set(this.#before?.records.map(({ name }) => name));
    const wanted = [...specs.values()].flatMap((timeline) => namesInAll(timeline.since(atMs - unawareMs)));
    return [...new Set(wanted)]
      .filter((name) => before.has(name) && !there.has(name) && !deleted.has(name))
      .map((name) => ({ law: 'never recordless', words: `${name} had a record and has none` }));
  }
}

/** Whether the spec lets the instance hold the role, by the conditions that the stories use. */
export function isAllowed(
  spec: RoleSpec | undefined,
  { subnetId, tags }: Pick<SeenInstance, 'subnetId' | 'tags'>,
): boolean {
  if (spec === undefined) return false;
  const { subnets, tags: wanted = {} } = spec.allow ?? {};
  return (
    (subnets === undefined || [subnets].flat().some((each) => each === subnetId)) &&
    Object.entries(wanted).every(([key, values]) => [values].flat().some((value) => value === tags[key]))
  );
}

function namesInAll(specs: readonly (RoleSpec | undefined)[]): readonly string[] {
  const [first, ...rest] = specs.map(namesOf);
  return first === undefined ? [] : [...first].filter((name) => rest.every((names) => names.has(name)));
}

function namesOf(spec: RoleSpec | undefined): ReadonlySet<string> {
  if (spec === undefined) return new Set();
  const slots = Array.from({ length: spec.slots }, (_, slot) => slot);
  return new Set(spec.records.flatMap((record) => slots.map((slot) => recordNameOf(record, slot))));
}
