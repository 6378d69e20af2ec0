import { parseArgs } from 'node:util';

/** How long to soak, and in what trouble. */
export interface SoakOptions {
  /** Real minutes; the day that has begun by then is lived to its end. */
  readonly minutes: number;
  /** Ends after so many days of the cloud, however long they take; undefined for no such end. */
  readonly days: number | undefined;
  readonly seed: number;
  /** One JSON document on standard output instead of the lines. */
  readonly isJson: boolean;
  /** Tells everything that happens. */
  readonly isTraced: boolean;
}

const defaultMinutes = 10;

export const usage = `npm run soak -- [--minutes M] [--days D] [--seed N] [--json] [--trace]

  --minutes M   real time to soak for; ${defaultMinutes} unless given
  --days D      end after so many days of the cloud, whatever the time
  --seed N      what happens; 1 unless given
  --json        one JSON document instead of lines
  --trace       tell everything that happens, on standard error`;

/** @throws Error that names the option, what was found and what is allowed. */
export function readOptions(args: readonly string[]): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string' },
      days: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'boolean' },
      trace: { type: 'boolean' },
    },
  });
  return {
    minutes: minutesOf(values.minutes ?? String(defaultMinutes)),
    days: values.days === undefined ? undefined : wholeNumber('--days', values.days, 1),
    seed: wholeNumber('--seed', values.seed ?? '1', 0),
    isJson: values.json ?? false,
    isTraced: values.trace ?? false,
  };
}

function minutesOf(text: string): number {
  const minutes = Number(text);
  if (Number.isFinite(minutes) && minutes > 0) return minutes;
  throw new Error(`--minutes is "${text}"; it must be a number above 0`);
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least && text.trim() !== '') return value;
  throw new Error(`${option} is "${text}"; it must be a whole number from ${least} on`);
}
