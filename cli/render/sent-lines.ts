import type { SavedEvent } from '../saved-events.ts';
import type { Style } from '../terminal.ts';
import { tableLines } from './table-lines.ts';

/** What became of each event of a file. */
export interface SentEvents {
  readonly queueName: string;
  readonly events: readonly (SavedEvent & { readonly failure: string | undefined })[];
}

/** One row per event, and a last line that counts. */
export function sentLines({ queueName, events }: SentEvents, style: Style): readonly string[] {
  const rows = events.map(({ kind, about, time, failure }) => [
    kind,
    about.join('\n') || '-',
    time,
    failure === undefined ? style.green('sent') : style.red(`not sent: ${failure}`),
  ]);
  const sent = events.filter(({ failure }) => failure === undefined).length;
  return [
    ...tableLines(['EVENT', 'ABOUT', 'TIME', 'RESULT'], rows, style),
    '',
    `${sent === 1 ? '1 event' : `${sent} events`} sent to ${queueName}`,
  ];
}

/** For `--json`. */
export function sentDocument({ queueName, events }: SentEvents): object {
  return {
    queue: queueName,
    events: events.map(({ kind, about, time, failure }) => ({
      kind,
      about,
      time,
      sent: failure === undefined,
      failure: failure ?? null,
    })),
  };
}
