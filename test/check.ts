import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import pc from 'picocolors';

/** One step of the check: its name, and the command that must end with 0. */
interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const { values } = parseArgs({ options: { 'without-tests': { type: 'boolean', default: false } } });

const all: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'ci', '--error-on-warnings', '.'] },
  { name: 'types', command: ['tsc'] },
  { name: 'import rules', command: ['npm', 'run', '--silent', 'imports'] },
  { name: 'unused code', command: ['knip'] },
  { name: 'tests', command: ['vitest', 'run'] },
  { name: 'build', command: ['node', 'infra/build.ts'] },
  { name: 'generated docs are fresh', command: ['node', 'docs/generate.ts', '--check'] },
];
const steps = all.filter(({ name }) => name !== 'tests' || !values['without-tests']);

/** Runs every step, also after one failed, so that one run tells everything; fails when any did. */
const failed = steps.filter(({ name, command: [program, ...args] }) => {
  console.log(pc.bold(`\n▸ ${name}`));
  const startMs = performance.now();
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
  console.log(status === 0 ? pc.green(`✓ ${name} ${seconds} s`) : pc.red(`✗ ${name} ${seconds} s`));
  return status !== 0;
});

console.log(`\n${steps.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
