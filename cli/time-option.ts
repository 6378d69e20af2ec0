import { InvalidArgumentError } from 'commander';

/** A moment as it was given: so long ago, or exactly. */
export type GivenTime =
  | { readonly kind: 'ago'; readonly agoMs: number }
  | { readonly kind: 'at'; readonly timeMs: number };

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** An option that is a moment: `90s`, `30m`, `2h` or `7d` ago, or as ISO 8601 has it, with a zone. */
export function timeOption(text: string): GivenTime {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) {
    return { kind: 'ago', agoMs: Number(count) * unitsMs[unit as keyof typeof unitsMs] };
  }
  const hasZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const timeMs = hasZone ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(timeMs)) return { kind: 'at', timeMs };
  throw new InvalidArgumentError(
    'It must be a time ago such as 30m, 2h or 7d, or one such as 2026-03-01T12:00:00Z.',
  );
}

/** The moment in milliseconds since the epoch. */
export function momentMs(time: GivenTime, nowMs: number): number {
  return time.kind === 'at' ? time.timeMs : nowMs - time.agoMs;
}
