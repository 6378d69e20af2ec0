import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { judgeLostZone, judgeMemory, judgeRound } from './load/judge.ts';
import type { LoadResults } from './load/load-report.ts';
import { renderLoad } from './load/load-report.ts';
import { openLoadStage } from './load/load-stage.ts';
import { measureLostZone } from './load/lost-zone.ts';
import { measureResyncMemory } from './load/resync-memory.ts';
import type { ResyncRound } from './load/resync-round.ts';
import { measureResyncRound } from './load/resync-round.ts';
import { comparedSettings, deployedSettings } from './load/settings.ts';

/**
 * How the controller bears a large world: an Availability Zone lost at once, a round of the resync over everything, and
 * the memory that it takes. Tables, or JSON with `--json`; progress goes to stderr. Ends with 1 when a bound is broken.
 */
const { values } = parseArgs({
  options: {
    /** Of the resync's world. */
    roles: { type: 'string', default: '10000' },
    instances: { type: 'string', default: '50000' },
    /** Roles that the lost zone held; none leaves it out. */
    lost: { type: 'string' },
    /** Loses the zone under other settings too, and leaves the resync out. */
    compare: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

/** One role in so many has an Elastic IP: they are dear, and few. */
const rolesPerElasticIp = 10;
/** Parts of the world on which the resync is measured, to see what grows. */
const parts = [0.1, 0.25, 0.5, 1];

const rolesCount = countOf('roles', values.roles);
const instancesPerRole = Math.max(1, Math.floor(countOf('instances', values.instances) / rolesCount));
const lostCount = countOf('lost', values.lost ?? String(Math.min(1_000, rolesCount)));

function countOf(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`--${option}: "${text}"; a whole number is allowed`);
}

function progress(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${text} ` : `${text}\n`);
}

async function measureLosses(): Promise<LoadResults['losses']> {
  const losses = [];
  for (const settings of values.compare ? comparedSettings : [deployedSettings]) {
    losses.push({ settings, result: await measureLostZone(lostCount, settings, progress) });
  }
  return losses;
}

async function measureResyncs(): Promise<Pick<LoadResults, 'rounds' | 'memory'>> {
  using stage = await openLoadStage(deployedSettings);
  const rounds: ResyncRound[] = [];
  for (const part of parts) {
    const size = Math.ceil(rolesCount * part);
    progress(`${size} roles: building`);
    await stage.world.grow(size, { instancesPerRole, rolesPerElasticIp });
    progress(`${size} roles: a round of the resync`);
    rounds.push(await measureResyncRound(stage));
  }
  progress(`${rolesCount} roles: a pass in a process of its own`);
  return { rounds, memory: { ...(await measureResyncMemory(stage)), roles: rolesCount } };
}

const losses = lostCount === 0 ? [] : await measureLosses();
const { rounds, memory } = values.compare ? { rounds: [], memory: undefined } : await measureResyncs();
// Settings that are not deployed may break bounds: that is what they are compared for.
const deployed = losses.filter(({ settings }) => settings === deployedSettings);
const results: LoadResults = {
  losses,
  rounds,
  memory,
  problems: [
    ...deployed.flatMap(({ result }) => judgeLostZone(result)),
    ...rounds.flatMap(judgeRound),
    ...(memory === undefined ? [] : judgeMemory(memory)),
  ],
};
if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
const plain = (_: string, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value);
process.stdout.write(
  values.json
    ? `${JSON.stringify(results, plain, 2)}\n`
    : renderLoad(results, pc.createColors(process.stdout.isTTY === true)),
);
process.exitCode = results.problems.length === 0 ? 0 : 1;
