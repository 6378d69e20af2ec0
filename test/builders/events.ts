import { readFileSync } from 'node:fs';
import { z } from 'zod';

const events = new URL('../../events/', import.meta.url);

const manifestSchema = z.strictObject({
  kinds: z.array(
    z.strictObject({
      kind: z.string(),
      source: z.string(),
      detailType: z.string(),
      /** The rule that lets it through; `none` for what comes to the queue by itself. */
      rule: z.string(),
      instanceIdAt: z.string(),
      delivery: z.string(),
      document: z.url(),
      fixtures: z.array(z.string()).min(1),
      /** Fixtures of the kind that its rule does not let through. */
      keptOut: z.array(z.string()),
    }),
  ),
  foreign: z.array(z.string()).min(1),
  malformed: z.array(z.string()).min(1),
});

/** Every event that the controller receives, and which fixtures there are of it. */
export const manifest = manifestSchema.parse(readJson('manifest.json'));

/** Every fixture of our kinds, whether the rule lets it through or not. */
export const kindFixtures = manifest.kinds.flatMap(({ kind, fixtures, keptOut }) =>
  [...fixtures, ...keptOut].map((name) => ({ kind, path: `${kind}/${name}` })),
);

/** The text of a fixture, as it would stand in a message. */
export function readFixture(path: string): string {
  return readFileSync(new URL(path, events), 'utf8');
}

function readJson(path: string): unknown {
  return JSON.parse(readFixture(path));
}
