import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { wiring } from '../../infra/wiring.ts';
import { eventKinds } from '../../shared/triggers/parse-event.ts';
import { kindFixtures, manifest } from '../builders/events.ts';

const top = fileURLToPath(new URL('../..', import.meta.url));
const outside = /^(node_modules|dist|coverage|cdk\.out|\.git)(\/|$)/;

/** Every file of the repository, from its top, with slashes. */
const files: readonly string[] = readdirSync(top, { withFileTypes: true })
  .filter(({ name }) => !outside.test(name))
  .flatMap((entry) =>
    entry.isDirectory()
      ? readdirSync(`${top}${entry.name}`, { recursive: true, withFileTypes: true })
          .filter((each) => each.isFile())
          .map((each) => `${each.parentPath}/${each.name}`.replaceAll('\\', '/').slice(top.length))
      : [entry.name],
  );

const sources = files.filter((path) => /\.(ts|mts|mjs|js)$/.test(path));
const read = (path: string): string => readFileSync(`${top}${path}`, 'utf8');

describe('a source file', () => {
  it('has at most 300 lines', () => {
    const long = sources.filter((path) => read(path).trimEnd().split('\n').length > 300);

    expect(long).toEqual([]);
  });

  it('is named after what it is about', () => {
    const vague = /(^|-)(utils?|helpers?|managers?|services?|common|misc)(-|\.|$)/;
    const allowed = new Set(['localcloud/core/service.ts']);
    const names = (path: string) => path.split('/');

    const found = sources.filter(
      (path) => !allowed.has(path) && names(path).some((name) => vague.test(name)),
    );

    expect(found).toEqual([]);
  });

  it('exports by name', () => {
    const configurations = new Set([
      'vitest.config.ts',
      'test/mutation/vitest.config.ts',
      '.dependency-cruiser.mjs',
    ]);
    const found = sources
      .filter((path) => !path.endsWith('.d.ts') && !configurations.has(path))
      .filter((path) => /^export default\b|\bas default\b/m.test(read(path)));

    expect(found).toEqual([]);
  });

  it('names no path of the machine on which it was written', () => {
    const machine = /(^|[\s"'`(=])\/(work|root|home|Users)\/\w/m;

    expect(sources.filter((path) => machine.test(read(path)))).toEqual([]);
  });
});

describe('a test', () => {
  it('runs always: none is skipped, left for later or preferred', () => {
    const preferred = /\b(it|test|describe|suite)(\.\w+)*\.(only|skip|todo|fails)\b/;
    const tests = sources.filter((path) => path.startsWith('test/'));

    expect(tests.filter((path) => preferred.test(read(path)))).toEqual([]);
  });
});

describe('an event kind', () => {
  const kinds = manifest.kinds.map(({ kind }) => kind);
  const ours = (path: string) => path.startsWith('events/') && path.endsWith('.json');
  const fixtures = files.filter((path) => ours(path) && path !== 'events/manifest.json');
  const others = ['foreign', 'malformed', 'scenarios'];

  it('has a folder of fixtures, a row in the manifest, a parser and a file of its name', () => {
    const folders = new Set(
      fixtures.map((path) => path.split('/')[1] ?? '').filter((name) => !others.includes(name)),
    );
    const notKinds = new Set([
      'parse-event',
      'envelope',
      'event-kind',
      'event-text',
      'lifecycle-action',
      'listed-instances',
    ]);
    const parsers = files
      .filter((path) => dirname(path) === 'shared/triggers')
      .map((path) => basename(path, '.ts'))
      .filter((name) => !notKinds.has(name));

    expect([...folders].toSorted()).toEqual(kinds.toSorted());
    expect(parsers.toSorted()).toEqual(kinds.toSorted());
    expect(eventKinds.map(({ kind }) => kind).toSorted()).toEqual(kinds.toSorted());
  });

  it('is recognised by the parser as the manifest says', () => {
    const recognised = eventKinds.map(({ kind, source, detailType }) => ({ kind, source, detailType }));

    const written = manifest.kinds.map(({ kind, source, detailType }) => ({ kind, source, detailType }));
    expect(new Set(recognised)).toEqual(new Set(written));
  });

  it('that comes through the bus is let through by a rule of its own', () => {
    const rules = wiring.rules.map(({ kind, eventPattern }) => [
      kind,
      eventPattern.source,
      eventPattern['detail-type'],
    ]);
    const wanted = manifest.kinds
      .filter(({ kind, rule }) => rule !== 'none' && kind !== 'scheduled-resync')
      .map(({ kind, source, detailType }) => [kind, [source], [detailType]]);

    expect(rules).toEqual(wanted);
  });

  it('has every fixture in the manifest, and nothing in the manifest that is not there', () => {
    const listed = [
      ...kindFixtures.map(({ path }) => `events/${path}`),
      ...manifest.foreign.map((name) => `events/foreign/${name}`),
      ...manifest.malformed.map((name) => `events/malformed/${name}`),
    ];

    const found = fixtures.filter((path) => !path.startsWith('events/scenarios/'));
    expect(found.toSorted()).toEqual(listed.toSorted());
  });

  it('has fixtures of no real account', () => {
    const documented = new Set(['111122223333', '123456789012']);
    const accounts = fixtures.flatMap((path) =>
      [...read(path).matchAll(/(?<![0-9a-f-])\d{12}(?![0-9a-f])/g)].map(([account]) => account),
    );

    expect(accounts.filter((account) => !documented.has(account))).toEqual([]);
  });
});

describe('the lockfile', () => {
  it('has an entry for every platform’s build of a package, so that npm ci passes everywhere', () => {
    const { packages }: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } =
      JSON.parse(read('package-lock.json'));

    const missing = Object.entries(packages).flatMap(([owner, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${owner}/node_modules/${name}` in packages),
      ),
    );

    expect(missing).toEqual([]);
  });
});
