import type { Schedule } from './schedule.ts';

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const dayMs = 86_400_000;

type DayTest = (date: Date) => boolean;

/**
 * Compiles EventBridge's six cron fields: minutes, hours, day of month, month, day of week, year. Exactly one of the two
 * day fields must be `?`. Undefined when the text is not valid.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseCron(text: string): Schedule | undefined {
  const [minuteText = '', hourText = '', dayText = '', monthText = '', weekdayText = '', yearText, ...rest] =
    text.split(' ');
  if (yearText === undefined || rest.length > 0 || (dayText === '?') === (weekdayText === '?'))
    return undefined;
  const minutes = numbers(minuteText, 0, 59);
  const hours = numbers(hourText, 0, 23);
  const months = numbers(named(monthText, monthNames, 1), 1, 12);
  const years = numbers(yearText, 1970, 2199);
  const isDay = dayText === '?' ? weekdayTest(named(weekdayText, dayNames, 1)) : monthDayTest(dayText);
  if (!minutes || !hours || !months || !years || !isDay) return undefined;
  const timesOfDayMs = [...hours]
    .flatMap((hour) => [...minutes].map((minute) => (hour * 60 + minute) * 60_000))
    .sort((a, b) => a - b);
  const lastYear = Math.max(...years);
  return {
    nextAfter: (timeMs) => {
      for (let midnightMs = Math.floor(timeMs / dayMs) * dayMs; ; midnightMs += dayMs) {
        const date = new Date(midnightMs);
        if (date.getUTCFullYear() > lastYear) return undefined;
        if (!years.has(date.getUTCFullYear()) || !months.has(date.getUTCMonth() + 1) || !isDay(date))
          continue;
        const timeOfDayMs = timesOfDayMs.find((each) => midnightMs + each > timeMs);
        if (timeOfDayMs !== undefined) return midnightMs + timeOfDayMs;
      }
    },
  };
}

/** The numbers that `*`, `a`, `a-b`, `a/step`, `a-b/step` and lists of those stand for. */
function numbers(text: string, min: number, max: number): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (match === null) return undefined;
    const [, fromText, toText, stepText] = match;
    const from = fromText === undefined ? min : Number(fromText);
    const isOpen = fromText === undefined || (toText === undefined && stepText !== undefined);
    const to = isOpen ? max : Number(toText ?? fromText);
    const step = Number(stepText ?? 1);
    if (from < min || to > max || from > to || step < 1) return undefined;
    for (let value = from; value <= to; value += step) found.add(value);
  }
  return found;
}

function named(text: string, names: readonly string[], first: number): string {
  return text.toUpperCase().replace(/[A-Z]{3}/g, (name) => {
    const index = names.indexOf(name);
    return index < 0 ? name : String(index + first);
  });
}

/** Day of month: numbers, `L` the last, `15W` the weekday nearest to the 15th, `LW` the last weekday. */
function monthDayTest(text: string): DayTest | undefined {
  if (text === 'L') return (date) => date.getUTCDate() === daysIn(date);
  if (text === 'LW') return (date) => date.getUTCDate() === nearestWeekday(date, daysIn(date));
  const nearest = /^(\d+)W$/.exec(text)?.[1];
  if (nearest !== undefined) {
    const day = Number(nearest);
    return day >= 1 && day <= 31
      ? (date) => day <= daysIn(date) && date.getUTCDate() === nearestWeekday(date, day)
      : undefined;
  }
  const days = numbers(text, 1, 31);
  return days && ((date) => days.has(date.getUTCDate()));
}

/** Day of week, 1 is Sunday: numbers, `L` Saturday, `6L` the month's last Friday, `6#3` its third. */
function weekdayTest(text: string): DayTest | undefined {
  const weekday = (date: Date): number => date.getUTCDay() + 1;
  if (text === 'L') return (date) => weekday(date) === 7;
  const last = /^([1-7])L$/.exec(text)?.[1];
  if (last !== undefined)
    return (date) => weekday(date) === Number(last) && date.getUTCDate() + 7 > daysIn(date);
  const nth = /^([1-7])#([1-5])$/.exec(text);
  if (nth !== null)
    return (date) => weekday(date) === Number(nth[1]) && Math.ceil(date.getUTCDate() / 7) === Number(nth[2]);
  const days = numbers(text, 1, 7);
  return days && ((date) => days.has(weekday(date)));
}

function daysIn(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function nearestWeekday(date: Date, day: number): number {
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === daysIn(date) ? day - 2 : day + 1;
  return day;
}
