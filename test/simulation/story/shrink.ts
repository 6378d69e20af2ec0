import type { Report } from '../simulate.ts';
import type { Story } from './story.ts';

/** Runs a story as the failing run was made. */
export type Run = (story: Story) => Promise<Report>;

/** Runs that shrinking may take. */
const runsMax = 400;

/**
 * The shortest story that still breaks the same law: its storms become the faults that struck, and then whatever can be
 * left out is.
 */
export async function shrink(story: Story, report: Report, run: Run): Promise<Story> {
  const [violation] = report.violations;
  if (violation === undefined) return story;
  let runs = 0;
  const stillFails = async (candidate: Story): Promise<boolean> => {
    runs += 1;
    const { violations } = await run(candidate);
    return violations[0]?.check === violation.check;
  };
  const explicit: Story = { ...story, storms: [], strikes: [...report.struck] };
  let best = (await stillFails(explicit)) ? explicit : story;
  const attempt = async (candidate: Story): Promise<boolean> => {
    if (runs >= runsMax || !(await stillFails(candidate))) return false;
    best = candidate;
    return true;
  };
  let size = Number.POSITIVE_INFINITY;
  while (sizeOf(best) < size && runs < runsMax) {
    size = sizeOf(best);
    await shorten(
      () => best.steps,
      (steps) => attempt({ ...best, steps }),
    );
    await shorten(
      () => best.strikes,
      (strikes) => attempt({ ...best, strikes }),
    );
    await shorten(
      () => Object.entries(best.roles),
      (roles) => attempt({ ...best, roles: Object.fromEntries(roles) }),
    );
  }
  if (best.controllers > 1) await attempt({ ...best, controllers: 1 });
  const lastMs = Math.max(0, ...best.steps.map(({ atMs }) => atMs)) + 1;
  if (lastMs < best.endMs) await attempt({ ...best, endMs: lastMs });
  return best;
}

function sizeOf({ steps, strikes, roles }: Story): number {
  return steps.length + strikes.length + Object.keys(roles).length;
}

/** Leaves out halves, quarters and so on down to single ones, as long as that goes well. */
async function shorten<Part>(
  now: () => readonly Part[],
  attempt: (parts: Part[]) => Promise<boolean>,
): Promise<void> {
  for (let size = Math.ceil(now().length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = now().length - size; start > -size; start -= size) {
      const parts = now();
      const kept = parts.filter((_, index) => index < Math.max(0, start) || index >= start + size);
      if (kept.length < parts.length) await attempt(kept);
    }
  }
}
