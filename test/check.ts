import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import pc from 'picocolors';

/** One step of the check: its name, and the command that must end with 0. */
interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const { values } = parseArgs({ options: { 'without-tests': { type: 'boolean', default: false } } });

/** First alone: the end-to-end tests write the same bundles. */
const build: Step = { name: 'build', command: ['node', 'infra/build.ts'] };

/** Side by side. */
const others: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'ci', '--error-on-warnings', '.'] },
  { name: 'types', command: ['tsc'] },
  { name: 'import rules', command: ['npm', 'run', '--silent', 'imports'] },
  { name: 'unused code', command: ['knip'] },
  { name: 'generated docs are fresh', command: ['node', 'docs/generate.ts', '--check'] },
  ...(values['without-tests'] ? [] : [{ name: 'tests', command: ['vitest', 'run'] } as const]),
];

/** Runs every step, also after one failed, so that one run tells everything; fails when any did. */
const passed = [await run(build), ...(await Promise.all(others.map(run)))];
const failures = passed.filter((hasPassed) => !hasPassed).length;
console.log(`\n${passed.length - failures} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;

/** What a step prints is shown when it has ended, so that steps side by side do not mix their lines. */
async function run({ name, command: [program, ...args] }: Step): Promise<boolean> {
  const startMs = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const { promise, resolve } = Promise.withResolvers<boolean>();
  child.on('error', (error) => {
    chunks.push(Buffer.from(`${error.message}\n`));
    resolve(false);
  });
  child.on('close', (code) => resolve(code === 0));
  const hasPassed = await promise;
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
  console.log(pc.bold(`\n▸ ${name}\n`) + Buffer.concat(chunks).toString());
  console.log(hasPassed ? pc.green(`✓ ${name} ${seconds} s`) : pc.red(`✗ ${name} ${seconds} s`));
  return hasPassed;
}
