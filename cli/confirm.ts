import { CliError, usageError } from './cli-error.ts';
import type { Terminal } from './terminal.ts';

interface Doubtful {
  /** What there is to think about, such as `nobody can step in for "db"`. */
  readonly reason: string;
  /** Such as `Release it all the same?` */
  readonly question: string;
  /** The option that answers beforehand. */
  readonly option: '--yes' | '--force';
}

/**
 * Asks a person; where there is none, the option is needed.
 * @throws CliError `NotConfirmed`, and nothing was changed
 */
export async function confirm(terminal: Terminal, { reason, question, option }: Doubtful): Promise<void> {
  if (!terminal.canAsk) {
    throw usageError(`${reason}, and nothing was changed`, 'NotConfirmed', `${option} does it all the same`);
  }
  if (await terminal.confirms(`${reason}. ${question}`)) return;
  throw new CliError('nothing was changed', { code: 'NotConfirmed' });
}
