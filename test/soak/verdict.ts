import type { SoakReport } from './soak.ts';
import type { Trend } from './trend.ts';
import { trendOf } from './trend.ts';
import type { Vitals } from './vitals.ts';

/** One of the vitals, and how much of it is allowed to be more at the end than in the middle. */
interface Vital {
  readonly title: string;
  readonly key: keyof Vitals;
  readonly unit: 'MB' | '';
  readonly tolerance: number;
  readonly slack: number;
}

const megabyte = 1_000_000;

/**
 * What is flat. No night is like another: so many instances live, roles stand and connections are open as the day left
 * behind, which moves the heap by some per cent. A leak of 1 kB for each call would be a third of the heap in ten minutes.
 */
const watched: readonly Vital[] = [
  { title: 'heap', key: 'heapBytes', unit: 'MB', tolerance: 0.05, slack: megabyte },
  { title: 'buffers', key: 'externalBytes', unit: 'MB', tolerance: 0.1, slack: 2 * megabyte },
  // The allocator keeps pages of workers that have ended. Were they lost, each of them would be a hundred megabytes.
  { title: 'resident', key: 'rssBytes', unit: 'MB', tolerance: 0.25, slack: 50 * megabyte },
  { title: 'handles', key: 'handles', unit: '', tolerance: 0.1, slack: 8 },
  // As many as were ever busy at once, less those that were killed since: at most five for events, and some for resyncs.
  { title: 'workers', key: 'workers', unit: '', tolerance: 0, slack: 6 },
  { title: 'items', key: 'items', unit: '', tolerance: 0.1, slack: 20 },
  { title: 'archived events', key: 'events', unit: '', tolerance: 0.1, slack: 20 },
  { title: 'instances', key: 'instances', unit: '', tolerance: 0.1, slack: 4 },
];

/** How one of the vitals went. */
export interface Course extends Pick<Vital, 'title' | 'unit'> {
  readonly first: number;
  readonly last: number;
  /** Undefined when there were too few nights to judge. */
  readonly trend: Trend | undefined;
}

export interface Verdict {
  readonly courses: readonly Course[];
  /** What broke, in words; empty when all is well. */
  readonly violations: readonly string[];
}

/** Judges a soak: no law broken, and everything flat that is to be. */
export function judge({ vitals, failure }: Pick<SoakReport, 'vitals' | 'failure'>): Verdict {
  const courses = watched.map(({ title, key, unit, tolerance, slack }): Course => {
    const values = vitals.map((each) => each[key] / (unit === 'MB' ? megabyte : 1));
    const scaled = slack / (unit === 'MB' ? megabyte : 1);
    const trend = trendOf({ values, tolerance, slack: scaled });
    return { title, unit, first: values[0] ?? 0, last: values.at(-1) ?? 0, trend };
  });
  const grown = courses.filter(({ trend }) => trend?.isFlat === false);
  return {
    courses,
    violations: [
      ...(failure === undefined ? [] : [`${failure.name}: ${failure.message}`]),
      ...grown.map(({ title, trend }) => {
        const { growth = 0, allowed = 0, level = 0 } = trend ?? {};
        return `${title} grew by ${growth.toFixed(1)} over the second half, at a level of ${level.toFixed(1)}; allowed is ${allowed.toFixed(1)}`;
      }),
    ],
  };
}
