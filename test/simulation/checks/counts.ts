import type { ActionKind, FaultKind } from '../story/story.ts';

/** How often each of several kinds of thing happened; a kind that never did may be missing. */
export type Tally<Kind extends string = string> = Partial<Record<Kind, number>>;

/** What a run came to. */
export interface Counts {
  steps: number;
  invocations: number;
  calls: number;
  claims: number;
  /** Claims that gave a slot another holder and were settled. */
  failovers: number;
  crashes: number;
  /** Functions that ran into their timeout. */
  timeouts: number;
  faults: number;
  /** Leases that ran out before their owners gave them back, and were taken over. */
  leasesLost: number;
  /** Runs with two stacks over the same roles. */
  twoStacks: number;
  deadLetters: number;
  /** Calls of superseded claims that took effect after the newer one settled, where AWS has no fence. */
  lateEffects: number;
  /** What people and AWS did; what could not be done does not count. */
  readonly actions: Tally<ActionKind>;
  /** What went wrong with calls and deliveries. */
  readonly faultKinds: Tally<FaultKind>;
  /** Calls of functions that moved something, by operation. */
  readonly moves: Tally;
  /** Roles that there were at the beginning, by name. */
  readonly roles: Tally;
}

export function emptyCounts(): Counts {
  return {
    steps: 0,
    invocations: 0,
    calls: 0,
    claims: 0,
    failovers: 0,
    crashes: 0,
    timeouts: 0,
    faults: 0,
    leasesLost: 0,
    twoStacks: 0,
    deadLetters: 0,
    lateEffects: 0,
    actions: {},
    faultKinds: {},
    moves: {},
    roles: {},
  };
}

/** Counts one more of a kind. */
export function tick<Kind extends string>(tally: Tally<Kind>, kind: Kind, times = 1): void {
  tally[kind] = (tally[kind] ?? 0) + times;
}

/** Adds the counts of another run. */
export function addCounts(total: Counts, counts: Counts): void {
  for (const [key, value] of Object.entries(counts) as [keyof Counts, number | Tally][]) {
    const sum = total[key] as number | Tally;
    if (typeof value === 'number') Object.assign(total, { [key]: Number(sum) + value });
    else for (const [kind, times = 0] of Object.entries(value)) tick(sum as Tally, kind, times);
  }
}
