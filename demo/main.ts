import { Command, InvalidArgumentError } from 'commander';
import { runCli } from '../cli/main.ts';
import type { TextSink } from '../cli/terminal.ts';
import { setStage, stageRegion } from './stage.ts';
import { playStory } from './story.ts';
import { eventLine, invitationLines, sightingLines, stepLines, summaryLines } from './timeline.ts';
import { Witness } from './witness.ts';

interface Options {
  readonly port: number;
  readonly once: boolean;
  readonly json: boolean;
  readonly empty: boolean;
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new InvalidArgumentError('It must be a whole number from 0 to 65535; 0 takes any free port.');
  }
  return number;
}

const program = new Command('npm start --')
  .description('Plays a failover on an AWS that runs inside Node, then goes on serving it.')
  .option('--port <number>', 'port of the endpoint; 0 takes any free one', port, 4566)
  .option('--once', 'play the story and end; exit code 0 only if every step came out as expected', false)
  .option('--json', 'one JSON object per step, and a summary', false)
  .option('--empty', 'the world without the story and without roles', false)
  .addHelpText(
    'after',
    '\nExamples:\n  npm start\n  npm start -- --once --json\n  npm start -- --empty --port 4600',
  )
  .parse();

/** With --json, standard output is for the story's own lines. */
const nowhere: TextSink = { write: () => true };

process.exitCode = await main(program.opts<Options>());

/** Returns the exit code, at once after `--once`, else when it is interrupted. */
async function main({ port: wanted, once, json, empty }: Options): Promise<number> {
  const print = (lines: readonly string[]) => lines.length > 0 && console.log(lines.join('\n'));
  const printJson = (value: object) => console.log(JSON.stringify(value));
  const stage = await setStage({ port: wanted }).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  });
  if (stage === undefined) return 1;
  const witness = new Witness(stage.cloud);
  if (!json) print([`localcloud serves AWS at ${stage.front.url}, region ${stageRegion}`]);

  let isGood = true;
  if (!empty) {
    const sink = json ? nowhere : process.stdout;
    const roles = {
      defineDb: () => applyRoles('db.yaml', stage.front.url, sink),
      defineGuarded: () => applyRoles('guarded.yaml', stage.front.url, sink),
    };
    const tell = json
      ? ({ step }: { step: object }) => printJson(step)
      : (told: Parameters<typeof stepLines>[0]) => print(stepLines(told));
    const summary = await playStory(stage, witness, roles, tell);
    isGood = summary.converged;
    if (json) printJson({ summary });
    else print(summaryLines(summary));
  }
  if (!once) {
    witness.stopKeeping();
    witness.onEvent((event) => (json ? printJson({ event }) : print([eventLine(event)])));
    witness.onSighting((sighting) =>
      json ? printJson({ outcomes: sighting.outcomes }) : print(sightingLines(sighting)),
    );
    if (!json) print(invitationLines(stage.front.url, { subnetId: stage.world.subnetIds[1] }));
    await interrupted();
  }
  await stage.close();
  return isGood ? 0 : 1;
}

/** Applies a roles file by the command, as an operator would. */
async function applyRoles(name: string, endpointUrl: string, stdout: TextSink): Promise<void> {
  const file = new URL(`../examples/${name}`, import.meta.url).pathname;
  const exitCode = await runCli(
    ['roles', 'apply', file, '--endpoint-url', endpointUrl, '--region', stageRegion],
    { stdout },
  );
  if (exitCode !== 0) throw new Error(`roles apply ended with ${exitCode}`);
}

function interrupted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  return promise;
}
