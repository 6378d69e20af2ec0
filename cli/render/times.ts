/** Such as `2026-03-01 12:00:05Z`: sorts as text, and says which zone. */
export function timeText(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** How long ago in one unit, such as `3h`. */
export function ageText(timeMs: number, nowMs: number): string {
  const ageMs = Math.max(0, nowMs - timeMs);
  const [unit, lengthMs] = units.find(([, length]) => ageMs >= length) ?? units[3];
  return `${Math.floor(ageMs / lengthMs)}${unit}`;
}
