import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulate } from './simulate.ts';
import { storySchema } from './story/story.ts';

const folder = new URL('regressions/', import.meta.url);
const stories = readdirSync(folder).map((file) =>
  storySchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
);

describe('a story that broke a law once', () => {
  it.each(stories.map((story) => [story.title, story] as const))('%s', async (_title, story) => {
    const { violations } = await simulate(story);

    expect(violations).toEqual([]);
  });
});
