import { describe, expect, it } from 'vitest';
import { simulate } from './simulate.ts';
import { generateStory } from './story/generate-story.ts';

/** A seed with plenty of faults. */
const seed = 16;

async function traceOf(story: Parameters<typeof simulate>[0]): Promise<readonly string[]> {
  const lines: string[] = [];
  await simulate(story, { trace: (atMs, line) => lines.push(`${atMs} ${line}`) });
  return lines;
}

describe('a run', () => {
  it('is the same run every time, to the millisecond', async () => {
    const story = generateStory(seed);

    const first = await traceOf(story);
    const second = await traceOf(story);

    expect(first.length).toBeGreaterThan(100);
    expect(second).toEqual(first);
  });

  it('is the same run when its storms are told as the faults that struck', async () => {
    const story = generateStory(seed);
    const { struck, counts } = await simulate(story);

    const again = await simulate({ ...story, storms: [], strikes: [...struck] });

    expect(struck.length).toBeGreaterThan(10);
    expect(again.struck).toEqual(struck);
    expect(again.counts).toEqual(counts);
  });
});
