/** Measurements of the same thing, evenly spaced, and how much they may grow. */
interface Growing {
  readonly values: readonly number[];
  /** Growth that is allowed over the second half, as a part of the middle value. */
  readonly tolerance: number;
  /** Growth that is allowed whatever the values are. */
  readonly slack: number;
}

export interface Trend {
  /** The middle value of the second half. */
  readonly level: number;
  /** What the values of the second half grew by, from its first to its last. */
  readonly growth: number;
  readonly allowed: number;
  readonly isFlat: boolean;
}

/** With fewer the half that counts would tell nothing. */
export const samplesMin = 8;

/**
 * Whether the second half of the values is flat; the first half is for warming up. The slope is that of Theil and Sen, the
 * median of the slopes between all pairs: one odd sample in four does not move it, as it would a least-squares line.
 * Undefined when there are too few.
 */
export function trendOf({ values, tolerance, slack }: Growing): Trend | undefined {
  if (values.length < samplesMin) return undefined;
  const half = values.slice(Math.floor(values.length / 2));
  const slopes = half.flatMap((from, start) =>
    half.slice(start + 1).map((to, distance) => (to - from) / (distance + 1)),
  );
  const level = medianOf(half);
  const growth = medianOf(slopes) * (half.length - 1);
  const allowed = level * tolerance + slack;
  return { level, growth, allowed, isFlat: growth <= allowed };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
