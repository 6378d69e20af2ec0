import { randomUUID } from 'node:crypto';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { CommanderError } from 'commander';
import type { Surroundings } from '../shared/reconcile/ports.ts';
import type { CliError } from './cli-error.ts';
import type { CommandContext, CommandResult, GlobalFlags, RunCommand } from './command-context.ts';
import type { Aws } from './compose.ts';
import type { Connection } from './connection.ts';
import { connectionOf } from './connection.ts';
import type { CliEnvironment } from './environment.ts';
import { readEnvironment } from './environment.ts';
import type { ExitCode } from './exit-codes.ts';
import { exitCodes } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { createProgram } from './program.ts';
import { errorDocument, errorLines } from './render/error-lines.ts';
import type { TextSink, TextSource } from './terminal.ts';
import { Terminal } from './terminal.ts';

/** Everything that the command touches of the program that runs it; what is not given is that program's own. */
export interface CliSurroundings {
  readonly stdin?: TextSource;
  readonly stdout?: TextSink;
  readonly stderr?: TextSink;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly sleep?: (durationMs: number) => Promise<void>;
}

/**
 * Runs one command line, such as `['roles', 'apply', 'db.yaml']`, and answers with its exit code. Never rejects: what
 * goes wrong is told on stderr.
 */
export async function runCli(
  argv: readonly string[],
  {
    stdin = process.stdin,
    stdout = process.stdout,
    stderr = process.stderr,
    env,
    now = Date.now,
    sleep = async (durationMs) => {
      await sleepFor(durationMs);
    },
  }: CliSurroundings = {},
): Promise<ExitCode> {
  const environment = readEnvironment(env);
  const terminal = new Terminal({ stdin, stdout, stderr }, environment.wantsColour);
  let exitCode: ExitCode = exitCodes.ok;
  const run: RunCommand = async (command, body) => {
    const flags = command.optsWithGlobals<GlobalFlags>();
    const result = await withContext(flags, { environment, terminal, now, sleep }, body);
    terminal.out(flags.json ? `${JSON.stringify(result.document, null, 2)}\n` : textOf(result.lines));
    exitCode = result.exitCode;
  };
  try {
    await createProgram(terminal, run).parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (isHelp(error)) return error.code === 'commander.help' ? exitCodes.usage : exitCodes.ok;
    return report(explainError(error), terminal, argv);
  }
}

interface Parts extends Pick<CommandContext, 'terminal' | 'now' | 'sleep'> {
  readonly environment: CliEnvironment;
}

async function withContext(
  flags: GlobalFlags,
  { environment, terminal, now, sleep }: Parts,
  body: (context: CommandContext) => Promise<CommandResult>,
): Promise<CommandResult> {
  let connected: Promise<Aws> | undefined;
  const aws = (): Promise<Aws> => {
    connected ??= connect(connectionOf(flags, environment), { now, sleep, uniqueName: randomUUID });
    return connected;
  };
  const tell = (line: string): void => {
    if (flags.json !== true) terminal.error(`${line}\n`);
  };
  try {
    return await body({ terminal, aws, now, sleep, tell });
  } finally {
    const open = await connected?.catch(() => undefined);
    open?.close();
  }
}

/** The SDK takes most of the time to load, and help and wrong usage need none of it. */
async function connect(connection: Connection, surroundings: Surroundings): Promise<Aws> {
  const { composeAws } = await import('./compose.ts');
  return composeAws(connection, surroundings);
}

/** Commander throws when it has shown help or the version, too. */
function isHelp(error: unknown): error is CommanderError {
  const codes = ['commander.help', 'commander.helpDisplayed', 'commander.version'];
  return error instanceof CommanderError && codes.includes(error.code);
}

/** The command line itself may be what is wrong, so these two are looked for in it as it stands. */
function report(error: CliError, terminal: Terminal, argv: readonly string[]): ExitCode {
  const stacks = argv.includes('--debug') ? stacksOf(error) : [];
  if (argv.includes('--json')) terminal.error(`${JSON.stringify(errorDocument(error, stacks), null, 2)}\n`);
  else terminal.error(textOf([...errorLines(error, terminal.errorStyle), ...stacks]));
  return error.exitCode;
}

function stacksOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [String(error)];
  return [error.stack ?? error.message, ...stacksOf(error.cause).map((line) => `caused by ${line}`)];
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
