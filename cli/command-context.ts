import type { Command } from 'commander';
import type { Aws } from './compose.ts';
import type { ConnectionFlags } from './connection.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** The options that every command takes. */
export interface GlobalFlags extends ConnectionFlags {
  readonly json?: true;
  readonly debug?: true;
}

/** What a command has to work with. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** AWS, as the options and the environment say; connected to when it is first asked for. */
  readonly aws: () => Promise<Aws>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (durationMs: number) => Promise<void>;
  /** Says on the way how far it is, in one line on stderr; nothing with `--json`. */
  readonly tell: (line: string) => void;
}

/** What came of a command, for people and for programs; main prints one of the two. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  /** The one JSON document of `--json`. */
  readonly document: object;
  readonly lines: readonly string[];
}

/** Runs the body of a command with the options as they were given to `command`, and prints its result. */
export type RunCommand = (
  command: Command,
  body: (context: CommandContext) => Promise<CommandResult>,
) => Promise<void>;
