import type { Command } from 'commander';
import type { WaitFlags } from '../await-goals.ts';
import { addWaitOptions } from '../await-goals.ts';
import { waitUntilTaken } from '../await-queue.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { readDeadLetter } from '../dead-letter.ts';
import { examples } from '../examples.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { countOption } from '../option-parsers.ts';
import { Queue } from '../queue.ts';
import type { HandledLetter } from '../render/redrive-lines.ts';
import { redriveDocument, redriveLines } from '../render/redrive-lines.ts';
import { stackParts } from '../stack-parts.ts';

interface RedriveFlags extends WaitFlags {
  readonly dryRun?: true;
  readonly all?: true;
  readonly max: number;
}

const lettersMax = 10_000;

/** `understudy redrive` */
export function defineRedrive(program: Command, run: RunCommand): void {
  const command = program
    .command('redrive')
    .description(
      'Shows the dead letters, of the functions and of EventBridge: what they were and why they failed. Puts them back into the queue of events; what nobody can read is left.',
    )
    .option('--dry-run', 'only show them')
    .option('--all', 'put back what cannot be read, too')
    .option('--max <count>', `so many at the most, up to ${lettersMax}`, countOption(lettersMax), 1_000);
  addWaitOptions(command)
    .addHelpText(
      'after',
      examples([
        ['understudy redrive --dry-run', 'what is there, and why'],
        ['understudy redrive --wait', 'once the cause is mended'],
      ]),
    )
    .action((flags: RedriveFlags, command: Command) => run(command, (context) => redrive(context, flags)));
}

async function redrive(context: CommandContext, flags: RedriveFlags): Promise<CommandResult> {
  const { terminal, now, sleep } = context;
  const { stackName, eventsQueue, clients } = await context.aws();
  const events = await Queue.require(clients.sqs, eventsQueue.queueName);
  const { deadLetterQueue, undeliveredQueue } = stackParts(stackName);
  const found = await Promise.all(
    [deadLetterQueue, undeliveredQueue].map((name) => Queue.find(clients.sqs, name)),
  );
  const letters: HandledLetter[] = [];
  let unseen = 0;
  for (const source of found.filter((queue) => queue !== undefined)) {
    const room = flags.max - letters.length;
    letters.push(
      ...(await terminal.during(`going through ${source.name}`, () =>
        redriveQueue(source, events, { ...flags, max: room }),
      )),
    );
    if (letters.length >= flags.max) unseen += (await source.depth()).visible;
  }
  const hasMoved = letters.some(({ fate }) => fate === 'put back');
  const isTaken =
    flags.wait && hasMoved
      ? await terminal.during('waiting for the controller to take them', () =>
          waitUntilTaken(events, { now, sleep, timeoutMs: flags.timeout * 1_000 }),
        )
      : undefined;
  const report = {
    eventsQueueName: events.name,
    isDryRun: flags.dryRun === true,
    letters,
    unseen,
    isTaken,
  };
  return {
    exitCode: exitCodeOf(letters, isTaken),
    document: redriveDocument(report),
    lines: redriveLines(report, terminal.style),
  };
}

function exitCodeOf(letters: readonly HandledLetter[], isTaken: boolean | undefined): ExitCode {
  if (letters.some(({ failure }) => failure !== undefined)) return exitCodes.failure;
  const isAllDone = letters.every(({ fate }) => fate !== 'left') && isTaken !== false;
  return isAllDone ? exitCodes.ok : exitCodes.attention;
}

/**
 * Each message is sent first and deleted then: whatever goes wrong in between, none is lost, and one that is there twice
 * does no harm. SQS's own move tasks would take the unreadable along, and refuse the queue of what EventBridge could not
 * deliver, which is no queue's dead-letter queue.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
async function redriveQueue(
  source: Queue,
  events: Queue,
  { max, dryRun, all }: Omit<RedriveFlags, keyof WaitFlags>,
): Promise<readonly HandledLetter[]> {
  const letters = (await source.receive(max)).map(readDeadLetter);
  const wanted = letters.filter(({ kind }) => kind !== 'malformed' || all === true);
  const failures = dryRun === true ? [] : await events.send(wanted.map(({ message }) => message.body));
  const failureOf = new Map(wanted.map((letter, index) => [letter, failures[index]]));
  const isSent = (letter: (typeof letters)[number]): boolean =>
    dryRun !== true && failureOf.has(letter) && failureOf.get(letter) === undefined;
  await source.delete(letters.filter(isSent).map(({ message }) => message));
  await source.showAgain(letters.filter((letter) => !isSent(letter)).map(({ message }) => message));
  return letters.map((letter) => {
    const failure = failureOf.get(letter);
    const isWanted = failureOf.has(letter);
    const fate = isSent(letter) ? 'put back' : isWanted && dryRun === true ? 'would be put back' : 'left';
    return { ...letter, queueName: source.name, fate, ...(failure === undefined ? {} : { failure }) };
  });
}
