#!/usr/bin/env node
// Plain JavaScript, so that any Node can start it; everything else is TypeScript, which Node 24 runs as it is.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const nodeMajorMin = 24;

/** The Node that `npm ci` installs beside the command. */
const installedNode = fileURLToPath(
  new URL(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url),
);

function isFit() {
  const [major] = process.versions.node.split('.');
  return Number(major) >= nodeMajorMin && Boolean(process.features.typescript);
}

function canHandOver() {
  // The second half ends a circle: the installed Node itself may have been told not to run TypeScript.
  return existsSync(installedNode) && realpathSync(process.execPath) !== realpathSync(installedNode);
}

/** Runs the same command line in the installed Node, as if it had been that one from the start. */
function handOver() {
  const child = spawn(installedNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => refuse(`${installedNode} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
  });
}

function refuse(problem) {
  process.stderr.write(`understudy: ${problem}\n`);
  process.exitCode = 1;
}

async function run() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      // Whoever read us, such as `head`, has seen enough.
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
  const { runCli } = await import('./main.ts');
  process.exitCode = await runCli(process.argv.slice(2));
}

if (isFit()) {
  await run();
} else if (canHandOver()) {
  handOver();
} else {
  refuse(
    `needs Node ${nodeMajorMin} or newer, which runs TypeScript, and this is ${process.version}. ` +
      '"npm ci" installs one beside it, which is then used by itself.',
  );
}
