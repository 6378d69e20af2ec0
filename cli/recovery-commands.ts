import type { Command } from 'commander';
import type { RunCommand } from './command-context.ts';
import { defineAdopt } from './commands/adopt.ts';
import { defineDoctor } from './commands/doctor.ts';
import { defineEventsSend } from './commands/events-send.ts';
import { defineRedrive } from './commands/redrive.ts';
import { defineReplay } from './commands/replay.ts';
import { defineResync } from './commands/resync.ts';

/** The commands for when something went wrong. */
export function defineRecovery(program: Command, run: RunCommand): void {
  program.commandsGroup('When something went wrong:');
  defineDoctor(program, run);
  defineResync(program, run);
  defineReplay(program, run);
  defineRedrive(program, run);
  const events = program.command('events').description('feed events to the controller by hand');
  defineEventsSend(events, run);
  defineAdopt(program, run);
}
