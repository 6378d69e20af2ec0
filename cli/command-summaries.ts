import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { createProgram } from './program.ts';
import { Terminal } from './terminal.ts';

/** One command as the reference lists it. */
export interface CommandSummary {
  /** Such as `roles apply`. */
  readonly name: string;
  /** With its arguments, such as `roles apply <file>`. */
  readonly usage: string;
  readonly description: string;
}

/** Every command that does something, in the order of the help. */
export function commandSummaries(): readonly CommandSummary[] {
  const nowhere = { write: () => undefined };
  const terminal = new Terminal({ stdin: Readable.from([]), stdout: nowhere, stderr: nowhere }, false);
  const program = createProgram(terminal, async () => undefined);
  return program.commands.flatMap((command) => summariesOf(command, ''));
}

function summariesOf(command: Command, prefix: string): readonly CommandSummary[] {
  const name = `${prefix}${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((each) => summariesOf(each, `${name} `));
  const words = command.registeredArguments.map((each) =>
    each.required ? `<${each.name()}>` : `[${each.name()}]`,
  );
  return [{ name, usage: [name, ...words].join(' '), description: command.description() }];
}
