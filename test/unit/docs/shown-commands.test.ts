import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { commandSummaries } from '../../../cli/command-summaries.ts';
import { runCli } from '../../../cli/main.ts';
import { parseRolesFile } from '../../../cli/roles-file/roles-file.ts';
import { readParameters } from '../../../infra/parameters.ts';
import packageJson from '../../../package.json' with { type: 'json' };

const paths = ['README.md', 'CONTRIBUTING.md', 'docs/deploy.md', 'docs/recovery.md', 'docs/roles.md'];
const top = new URL('../../../', import.meta.url);
const documents = await Promise.all(
  paths.map(async (path) => ({ path, text: await readFile(new URL(path, top), 'utf8') })),
);
const names = commandSummaries().map(({ name }) => name);

function blocksOf(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, block = '']) => block,
  );
}

/** The lines of shell blocks, without what explains them. */
const lines = documents.flatMap(({ path, text }) =>
  blocksOf(text, 'sh')
    .join('')
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, ''))
    .filter((line) => line !== '')
    .map((line) => [path, line] as const),
);

const understudyLines = lines.flatMap(([path, line]) => {
  const [, command] = /^npx understudy (.*)$/.exec(line) ?? [];
  return command === undefined || command === '--help' ? [] : [[path, command] as const];
});

async function helpOf(command: string): Promise<string> {
  const written: string[] = [];
  const sink = { write: (text: string) => written.push(text) };
  await runCli([...command.split(' '), '--help'], { stdout: sink, stderr: sink, env: { NO_COLOR: '1' } });
  return written.join('');
}

describe('a command that a document shows', () => {
  it.each(understudyLines)('%s: understudy %s exists, with its options', async (_, line) => {
    const command = names.find((name) => `${line} `.startsWith(`${name} `)) ?? '';

    const help = await helpOf(command);

    expect(names).toContain(command);
    const flags = line.match(/--[a-z-]+/g) ?? [];
    expect(flags.filter((flag) => !help.includes(`${flag} `))).toEqual([]);
  });

  it.each(lines.filter(([, line]) => /npm run \w/.test(line)))('%s: %s is a script', (_, line) => {
    const [, script = ''] = /npm run (\w+)/.exec(line) ?? [];

    expect(Object.keys(packageJson.scripts)).toContain(script);
  });

  it.each(lines.filter(([, line]) => line.startsWith('npm run deploy -- ')))(
    '%s: %s has parameters that are allowed',
    (_, line) => {
      const given = [...line.replaceAll('…', '').matchAll(/-c (\w+)=(\S+)/g)];

      const context = Object.fromEntries(given.map(([, name = '', value]) => [name, value]));

      expect(given.length).toBeGreaterThan(0);
      expect(() => readParameters(context)).not.toThrow();
    },
  );
});

describe('a document', () => {
  it.each(documents)('$path leads to files that are there', ({ path, text }) => {
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);

    expect(targets.filter((target) => !existsSync(new URL(target, new URL(path, top))))).toEqual([]);
  });

  it.each(documents)('$path shows roles that may be applied', ({ text }) => {
    const problems = blocksOf(text, 'yaml').map((file) => {
      const parsed = parseRolesFile(file);
      return parsed.kind === 'invalid' ? parsed.problems : [];
    });

    expect(problems.flat()).toEqual([]);
  });
});
