import type { Whereabouts } from './actors.ts';
import type { CallCounts } from './measure.ts';
import { countCalls, countWrites } from './measure.ts';
import type { OutcomeLine, Sighting } from './witness.ts';

/** One step of the story, once the controller had answered it. */
export interface Step {
  readonly step: string;
  readonly event: string;
  readonly role: string | null;
  readonly outcome: string;
  readonly holder: string | null;
  readonly generation: number | null;
  readonly calls: CallCounts;
  readonly writes: number;
  readonly ms: number;
}

export interface Told {
  readonly step: Step;
  readonly sighting: Sighting | undefined;
  readonly outcome: OutcomeLine | undefined;
  /** Where the role of the first scene is; undefined in a step that is about another. */
  readonly whereabouts: Whereabouts | undefined;
  /** What was expected and is not so; empty when all is well. */
  readonly surprises: readonly string[];
}

export type Expected = Partial<Pick<OutcomeLine, 'outcome' | 'holder' | 'generation'>> & {
  /** The candidate that is to be turned away. */
  readonly unauthorized?: string;
};

export function stepOf(
  step: string,
  event: string,
  line: Partial<OutcomeLine> | undefined,
  calls: Sighting['calls'],
  ms: number,
): Step {
  return {
    step,
    event,
    role: line?.role ?? null,
    outcome: line?.outcome ?? 'nothing',
    holder: line?.holder ?? null,
    generation: line?.generation ?? null,
    calls: countCalls(calls),
    writes: countWrites(calls),
    ms: Math.round(ms),
  };
}

/** What is otherwise than expected, in words. */
export function surprisesOf(outcome: OutcomeLine | undefined, expected: Expected): readonly string[] {
  const { unauthorized } = expected;
  const isTurnedAway = outcome?.unauthorized.some(({ instanceId }) => instanceId === unauthorized);
  return [
    ...(['outcome', 'holder', 'generation'] as const)
      .filter((field) => expected[field] !== undefined && outcome?.[field] !== expected[field])
      .map((field) => `${field} is ${outcome?.[field]}, expected ${expected[field]}`),
    ...(unauthorized === undefined || isTurnedAway === true ? [] : [`${unauthorized} was not turned away`]),
  ];
}
