import type { Report } from '../simulate.ts';
import { simulate } from '../simulate.ts';
import type { Story } from '../story/story.ts';
import { storySchema } from '../story/story.ts';

/** A role with an Elastic IP and a record of its holder's private address. */
export const db = {
  addresses: [{ elasticIp: '$eip0' }],
  records: [{ zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp' }],
};

type Input = Pick<Story, 'roles'> & Partial<Omit<Story, 'steps'>> & { readonly steps: readonly Beat[] };

/** When, in seconds, and what. */
type Beat = readonly [number, Readonly<Record<string, unknown>>];

/** What came of a story, with every line that tells of it. */
interface Told extends Report {
  readonly lines: readonly string[];
}

/** Tells a story of a few steps. It ends two minutes after the last unless it says when. */
export async function tell({ steps, ...rest }: Input): Promise<Told> {
  const last = Math.max(0, ...steps.map(([seconds]) => seconds));
  const story = storySchema.parse({
    seed: 1,
    endMs: (last + 120) * 1_000,
    ...rest,
    steps: steps.map(([seconds, action]) => ({ atMs: seconds * 1_000, action })),
  });
  const lines: string[] = [];
  const report = await simulate(story, { trace: (_, line) => lines.push(line) });
  return { ...report, lines };
}

export const launch = (name: string, more: object = {}) => ({ kind: 'launch', name, roles: ['db'], ...more });

/** Faults over all of a story. */
export const storm = (chances: Story['storms'][number]['chances']): Story['storms'] => [
  { fromMs: 0, untilMs: 86_400_000, chances },
];
