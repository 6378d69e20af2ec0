import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { Queue } from '../queue.ts';
import { inputName, readInput } from '../read-input.ts';
import { sentDocument, sentLines } from '../render/sent-lines.ts';
import { readSavedEvents } from '../saved-events.ts';

interface SendFlags {
  readonly force?: true;
}

/** `understudy events send FILE|-` */
export function defineEventsSend(events: Command, run: RunCommand): void {
  events
    .command('send')
    .description(
      'Puts saved events into the queue of the controller: one event, an array, or one a line. Events only wake; what is done is decided by what stands then. A file with an event that is not for the controller is refused whole.',
    )
    .argument('<file>', 'the file; - reads stdin')
    .option('--force', 'send events of unknown kinds too')
    .addHelpText(
      'after',
      examples([
        ['understudy events send terminated.json', 'what the bus lost, by hand'],
        ['understudy events send - < saved.ndjson', 'one event a line, from another program'],
      ]),
    )
    .action((file: string, flags: SendFlags, command: Command) =>
      run(command, (context) => send(context, file, flags)),
    );
}

async function send(context: CommandContext, file: string, flags: SendFlags): Promise<CommandResult> {
  const { terminal } = context;
  const text = await readInput(file, terminal);
  const { events, problems } = readSavedEvents(text, { isForced: flags.force === true });
  if (problems.length > 0) {
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    throw new CliError(`${inputName(file)} has ${count}, and nothing of it was sent`, {
      code: 'InvalidEvents',
      exitCode: exitCodes.usage,
      problems,
    });
  }
  const { clients, eventsQueue } = await context.aws();
  const queue = await Queue.require(clients.sqs, eventsQueue.queueName);
  const failures = await terminal.during('sending events', () => queue.send(events.map((each) => each.text)));
  const sent = {
    queueName: queue.name,
    events: events.map((event, index) => ({ ...event, failure: failures[index] })),
  };
  return {
    exitCode: failures.every((failure) => failure === undefined) ? exitCodes.ok : exitCodes.failure,
    document: sentDocument(sent),
    lines: sentLines(sent, terminal.style),
  };
}
