import type { RoleSpec } from '../../../shared/model/role-spec.ts';

/** What held from some time on, until something else did. */
interface Since<Thing> {
  readonly fromMs: number;
  readonly thing: Thing;
}

/** How one thing was at each time. */
export class Timeline<Thing> {
  readonly #entries: Since<Thing>[] = [];

  note(fromMs: number, thing: Thing): void {
    this.#entries.push({ fromMs, thing });
  }

  get latest(): Thing | undefined {
    return this.#entries.at(-1)?.thing;
  }

  /** What it was then; undefined before it was anything. */
  at(timeMs: number): Thing | undefined {
    return this.#entries.findLast(({ fromMs }) => fromMs <= timeMs)?.thing;
  }

  /** Everything that it was at any time since. */
  since(timeMs: number): readonly Thing[] {
    const last = this.#entries.findLastIndex(({ fromMs }) => fromMs <= timeMs);
    return this.#entries.slice(Math.max(0, last)).map(({ thing }) => thing);
  }
}

/** One instance as it really was, whatever anybody was told. */
export interface InstanceLife {
  readonly states: Timeline<string>;
  /** Roles that it asked for by its tag. */
  readonly roles: Timeline<readonly string[]>;
  readonly subnetId: string;
  /** As it was launched with; of these only the role tag changes. */
  readonly tags: ReadonlyMap<string, string>;
}

/** An association that somebody else made, and when. */
export interface Taken {
  readonly associationId: string;
  readonly onInstance: string;
  readonly sinceMs: number;
}

/** What people and AWS did to the world, with its times: what the controller's deeds are measured by. */
export interface Chronicle {
  /** By instance id. */
  readonly instances: Map<string, InstanceLife>;
  /** By role; undefined while it is not defined. */
  readonly specs: Map<string, Timeline<RoleSpec | undefined>>;
  /** Elastic IPs that somebody took for something else, by allocation id. */
  readonly taken: Map<string, Taken>;
  /** What somebody else wrote over records of the private zone, by name. */
  readonly overwritten: Map<string, string>;
  /** The longest time that Describe calls have lagged. */
  lagMaxMs: number;
}

export function emptyChronicle(): Chronicle {
  return { instances: new Map(), specs: new Map(), taken: new Map(), overwritten: new Map(), lagMaxMs: 0 };
}
