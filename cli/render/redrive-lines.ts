import type { DeadLetter } from '../dead-letter.ts';
import type { Style } from '../terminal.ts';
import { tableLines } from './table-lines.ts';
import { timeText } from './times.ts';

/** What became of one dead letter. */
export interface HandledLetter extends DeadLetter {
  readonly queueName: string;
  readonly fate: 'put back' | 'would be put back' | 'left';
  /** Why it was not put back although it should have been. */
  readonly failure?: string;
}

/** What `redrive` found and did. */
export interface RedriveReport {
  readonly eventsQueueName: string;
  readonly isDryRun: boolean;
  readonly letters: readonly HandledLetter[];
  /** Messages that were not even looked at, because of `--max`. */
  readonly unseen: number;
  /** After `--wait`: whether the controller took all that was put back in time. */
  readonly isTaken: boolean | undefined;
}

const head = ['QUEUE', 'EVENT', 'ABOUT', 'TIME', 'RECEIVES', 'FATE', 'WHY IT IS HERE'];

/** One row per letter, and a last line that counts. */
export function redriveLines(report: RedriveReport, style: Style): readonly string[] {
  const { letters, eventsQueueName, unseen, isTaken } = report;
  if (letters.length === 0) return ['no dead letters'];
  const rows = letters.map((letter) => [
    letter.queueName,
    letter.kind === 'malformed' ? style.red(letter.kind) : letter.kind,
    letter.about.join('\n') || '-',
    timeText(letter.timeMs),
    String(letter.message.receives),
    letter.fate === 'left' ? style.yellow(letter.fate) : style.green(letter.fate),
    [letter.why, ...(letter.failure === undefined ? [] : [style.red(letter.failure)])].join('\n'),
  ]);
  const left = letters.filter(({ fate }) => fate === 'left');
  const malformed = left.filter(({ kind }) => kind === 'malformed').length;
  return [
    ...tableLines(head, rows, style),
    '',
    summary(letters.length - left.length, eventsQueueName, report.isDryRun),
    ...(malformed === 0
      ? []
      : [`${malformed} left: nobody can read them; --all puts them back too, for a function that can`]),
    ...(unseen === 0 ? [] : [`about ${unseen} more were not looked at; --max takes more at once`]),
    ...(isTaken === undefined ? [] : [takenLine(isTaken, style)]),
  ];
}

function summary(count: number, queueName: string, isDryRun: boolean): string {
  const what = count === 1 ? '1 event' : `${count} events`;
  return `${what} ${isDryRun ? 'would be put' : 'put'} back into ${queueName}`;
}

function takenLine(isTaken: boolean, style: Style): string {
  return isTaken
    ? 'the controller has taken them; understudy status shows what came of them'
    : style.yellow(
        'the controller has not taken them all yet; what fails again comes back here after five tries',
      );
}

/** For `--json`. */
export function redriveDocument({
  letters,
  eventsQueueName,
  isDryRun,
  unseen,
  isTaken,
}: RedriveReport): object {
  return {
    queue: eventsQueueName,
    dryRun: isDryRun,
    unseen,
    taken: isTaken ?? null,
    letters: letters.map(({ queueName, message, kind, about, timeMs, why, fate, failure }) => ({
      queue: queueName,
      messageId: message.messageId,
      kind,
      about,
      time: new Date(timeMs).toISOString(),
      receives: message.receives,
      why,
      fate,
      failure: failure ?? null,
    })),
  };
}
