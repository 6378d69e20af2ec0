import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ICruiseOptions, ICruiseResult, IForbiddenRuleType } from 'dependency-cruiser';
import { cruise } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, describe, expect, it } from 'vitest';

/** What the configuration holds, as far as it is used here: it is plain JavaScript, as dependency-cruiser wants it. */
interface Configuration {
  readonly forbidden: readonly {
    readonly name: string;
    readonly comment: string;
    readonly severity: string;
  }[];
  readonly options: ICruiseOptions;
}

const top = fileURLToPath(new URL('../..', import.meta.url));
const tsConfig = extractTsConfig(join(top, 'tsconfig.json'));
const file = new URL('../../.dependency-cruiser.mjs', import.meta.url).href;
const { default: configuration }: { readonly default: Configuration } = await import(file);
const { forbidden } = configuration;
// The API takes the settings of the compiler as they are, not as the name of a file.
const { tsConfig: _, ...options } = configuration.options;

/** The rules that are broken in a folder, each with what breaks it. */
async function violationsIn(baseDir: string, folders: readonly string[]): Promise<readonly string[]> {
  const before = process.cwd();
  process.chdir(baseDir);
  try {
    const { output } = await cruise(
      [...folders],
      { ...options, baseDir, validate: true, ruleSet: { forbidden: [...forbidden] as IForbiddenRuleType[] } },
      undefined,
      { tsConfig },
    );
    const { summary } = output as ICruiseResult;
    return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
  } finally {
    process.chdir(before);
  }
}

const temporary: string[] = [];
afterAll(async () => {
  for (const folder of temporary) await rm(folder, { recursive: true });
});

/** Packages of the little trees: those that ship and one for development. */
const dependencies = [
  'zod',
  'p-limit',
  '@aws-sdk/client-ec2',
  '@middy/core',
  '@aws-lambda-powertools/logger',
];
const devDependencies = ['esbuild'];
const undeclared = 'tslib';

/** A tree of these files on disk, each importing what is named, beside packages that hold nothing. */
async function aTree(imports: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-imports-'));
  temporary.push(folder);
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const versions = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  const manifest = {
    type: 'module',
    dependencies: versions(dependencies),
    devDependencies: versions(devDependencies),
  };
  await write('package.json', JSON.stringify(manifest));
  for (const name of [...dependencies, ...devDependencies, undeclared]) {
    await write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
    );
    await write(`node_modules/${name}/index.js`, 'export const it = 1;');
  }
  const targets = Object.values(imports).flat();
  for (const path of targets.filter((target) => /^[a-z]+\/.*\.ts$/.test(target) && !(target in imports))) {
    // Something of its own to import, so that it is no orphan when nothing but a type is wanted of it.
    await write(path, 'export interface It { readonly it: 1 }\nexport const it = 1;\n');
  }
  for (const [path, its] of Object.entries(imports)) {
    await write(path, its.map((target, index) => importLine(path, target, index)).join(''));
  }
  return folder;
}

/** An import of a file of the tree, relative as the code writes it, or of a package. */
function importLine(from: string, target: string, index: number): string {
  const isFile = /^[a-z]+\/.*\.ts$/.test(target);
  const specifier = isFile ? `${'../'.repeat(from.split('/').length - 1)}${target}` : target;
  return `export { it as it${index} } from '${specifier}';\n`;
}

const foldersIn = (imports: Readonly<Record<string, readonly string[]>>): readonly string[] => [
  ...new Set(Object.keys(imports).map((path) => path.split('/')[0] ?? path)),
];

/** Per rule, trees that break it and no other. */
const breaking: Readonly<Record<string, readonly Readonly<Record<string, readonly string[]>>[]>> = {
  'model-imports-nothing': [
    { 'shared/model/ids.ts': ['shared/plan/elect.ts'] },
    { 'shared/model/ids.ts': ['shared/config.ts'] },
    { 'shared/model/ids.ts': ['p-limit'] },
    { 'shared/model/ids.ts': ['node:crypto'] },
  ],
  'triggers-know-the-model': [
    { 'shared/triggers/parse-event.ts': ['shared/plan/elect.ts'] },
    { 'shared/triggers/parse-event.ts': ['shared/reconcile/ports.ts'] },
    { 'shared/triggers/parse-event.ts': ['node:fs'] },
  ],
  'plan-is-pure': [
    { 'shared/plan/elect.ts': ['shared/reconcile/ports.ts'] },
    { 'shared/plan/elect.ts': ['shared/triggers/parse-event.ts'] },
    { 'shared/plan/elect.ts': ['node:timers'] },
  ],
  'reconcile-works-on-ports': [
    { 'shared/reconcile/observe.ts': ['shared/adapters/ec2/ec2.ts'] },
    { 'shared/reconcile/observe.ts': ['shared/triggers/parse-event.ts'] },
    { 'shared/reconcile/observe.ts': ['shared/config.ts'] },
    { 'shared/reconcile/observe.ts': ['zod'] },
  ],
  'adapters-know-ports-and-model': [
    { 'shared/adapters/ec2/ec2.ts': ['shared/reconcile/observe.ts'] },
    { 'shared/adapters/ec2/ec2.ts': ['shared/plan/elect.ts'] },
    { 'shared/adapters/ec2/ec2.ts': ['shared/config.ts'] },
  ],
  'config-knows-the-model': [{ 'shared/config.ts': ['shared/reconcile/ports.ts'] }],
  'a-function-never-another': [{ 'functions/resync/handler.ts': ['functions/on-events/create-handler.ts'] }],
  'functions-are-deployed-alone': [
    { 'functions/compose.ts': ['cli/exit-codes.ts'] },
    { 'functions/resync/handler.ts': ['infra/wiring.ts'] },
  ],
  'the-command-is-no-function': [
    { 'cli/main.ts': ['functions/resync/handler.ts'] },
    { 'cli/main.ts': ['infra/wiring.ts'] },
  ],
  'infra-is-data': [{ 'infra/build.ts': ['shared/config.ts'] }, { 'infra/build.ts': ['cli/main.ts'] }],
  'the-product-stands-alone': [
    { 'functions/compose.ts': ['localcloud/cloud.ts'] },
    { 'cli/main.ts': ['localcloud/cloud.ts'] },
    { 'infra/build.ts': ['events/sample.ts'] },
    { 'cli/main.ts': ['docs/generate.ts'] },
  ],
  'localcloud-knows-no-product': [
    { 'localcloud/cloud.ts': ['shared/config.ts'] },
    { 'localcloud/cloud.ts': ['functions/compose.ts'] },
    { 'localcloud/cloud.ts': ['cli/main.ts'] },
    { 'localcloud/cloud.ts': ['infra/build.ts'] },
    { 'localcloud/cloud.ts': ['events/sample.ts'] },
  ],
  'localcloud-is-no-client': [{ 'localcloud/cloud.ts': ['@aws-sdk/client-ec2'] }],
  'nobody-needs-the-demo': [{ 'docs/generate.ts': ['demo/story.ts'] }],
  'nobody-needs-the-tests': [{ 'demo/main.ts': ['test/fakes/stage.ts'] }],
  'the-sdk-stays-at-the-edge': [
    { 'functions/resync/handler.ts': ['@aws-sdk/client-ec2'] },
    { 'functions/middleware/telemetry.ts': ['@aws-sdk/client-ec2'] },
    { 'infra/build.ts': ['@aws-sdk/client-ec2'] },
  ],
  'the-lambda-kit-stays-in-functions': [
    { 'cli/main.ts': ['@middy/core'] },
    { 'localcloud/cloud.ts': ['@aws-lambda-powertools/logger'] },
  ],
  'what-ships-needs-no-dev-dependency': [
    { 'cli/main.ts': ['esbuild'] },
    { 'functions/compose.ts': ['esbuild'] },
  ],
  'what-is-used-is-declared': [{ 'cli/main.ts': [undeclared] }, { 'demo/main.ts': [undeclared] }],
  'what-is-imported-exists': [
    { 'localcloud/cloud.ts': ['./nowhere.ts'] },
    { 'demo/main.ts': ['no-such-package'] },
  ],
  'no-cycles': [
    { 'localcloud/a.ts': ['localcloud/b.ts'], 'localcloud/b.ts': ['localcloud/a.ts'] },
    {
      'shared/plan/a.ts': ['shared/plan/b.ts'],
      'shared/plan/b.ts': ['shared/plan/c.ts'],
      'shared/plan/c.ts': ['shared/plan/a.ts'],
    },
  ],
  'no-orphans': [{ 'localcloud/nobodys.ts': [] }],
};

/** A tree as the design wants it. */
const good: Readonly<Record<string, readonly string[]>> = {
  'shared/model/ids.ts': ['zod', 'shared/model/trigger.ts'],
  'shared/triggers/parse-event.ts': ['zod', 'shared/model/ids.ts', 'shared/triggers/envelope.ts'],
  'shared/plan/elect.ts': ['shared/model/ids.ts', 'shared/plan/doubt.ts'],
  'shared/reconcile/observe.ts': [
    'p-limit',
    'shared/plan/elect.ts',
    'shared/model/ids.ts',
    'shared/reconcile/ports.ts',
  ],
  'shared/adapters/ec2/ec2.ts': [
    '@aws-sdk/client-ec2',
    'shared/reconcile/ports.ts',
    'shared/adapters/aws-error.ts',
  ],
  'functions/compose.ts': ['@aws-sdk/client-ec2', 'shared/adapters/ec2/ec2.ts', 'node:crypto'],
  'functions/resync/handler.ts': ['@middy/core', 'functions/compose.ts', 'functions/middleware/telemetry.ts'],
  'cli/main.ts': ['functions/compose.ts', '@aws-sdk/client-ec2'],
  'infra/build.ts': ['esbuild', 'infra/functions.ts'],
  'demo/main.ts': ['localcloud/cloud.ts', 'infra/build.ts', 'cli/main.ts', '@aws-sdk/client-ec2'],
  'test/unit/some.test.ts': ['demo/main.ts', 'shared/plan/elect.ts', 'localcloud/cloud.ts', 'esbuild'],
};

describe('the import rules', () => {
  it('hold everywhere', async () => {
    const folders = ['functions', 'shared', 'cli', 'localcloud', 'infra', 'demo', 'docs', 'test'];

    expect(await violationsIn(top, folders)).toEqual([]);
  });

  it('each say what to do instead, and each have a case that breaks them', () => {
    expect(forbidden.map(({ name }) => name).toSorted()).toEqual(Object.keys(breaking).toSorted());
    for (const { comment, severity } of forbidden) {
      expect(comment).not.toBe('');
      expect(severity).toBe('error');
    }
  });

  it('let through what the design wants', async () => {
    expect(await violationsIn(await aTree(good), foldersIn(good))).toEqual([]);
  });

  const cases = Object.entries(breaking).flatMap(([rule, trees]) =>
    trees.map((imports) => {
      const [[file = '', targets = []] = []] = Object.entries(imports);
      return { rule, imports, what: [file, ...targets].join(' -> ') };
    }),
  );

  it.each(cases)('$rule notices $what', async ({ rule, imports }) => {
    const violations = await violationsIn(await aTree(imports), foldersIn(imports));

    const rules = new Set(violations.map((violation) => violation.split(':')[0]));
    expect(rules).toEqual(new Set([rule]));
  });

  it('count an import of a type as any other', async () => {
    const folder = await aTree({ 'shared/model/ids.ts': ['shared/plan/elect.ts'] });
    const line = "import type { It } from '../plan/elect.ts';\nexport type Mine = It;\n";
    await writeFile(join(folder, 'shared/model/ids.ts'), line);

    const violations = await violationsIn(folder, ['shared']);

    expect(violations).toEqual(['model-imports-nothing: shared/model/ids.ts -> shared/plan/elect.ts']);
  });
});
