import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lawNames, laws } from './checks/laws.ts';
import { mutants } from './mutants/mutants.ts';

const document = readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8');

/** The titles of the scenarios that are failures of others. */
const folder = new URL('scenarios/', import.meta.url);
const titles = readdirSync(folder)
  .filter((file) => file.includes('failures-seen-in-the-wild'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .flatMap((text) => [...text.matchAll(/^ {2}it\('(.*)', async/gm)].map(([, title = '']) => title));

describe('docs/reliability.md', () => {
  it.each(lawNames)('tells of the law "%s", and who breaks it on purpose', (name) => {
    const broken = mutants.filter(({ breaks }) => breaks === name).map((mutant) => mutant.name);
    const row = `| ${name} | ${laws[name]} | one ${broken.join('; one ')} |`;

    expect(document).toContain(row);
  });

  it.each(titles)('names the scenario "%s"', (title) => {
    expect(document).toContain(title);
  });
});
