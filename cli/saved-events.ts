import { toControllerError } from '../shared/model/errors.ts';
import { excerpt, jsonExcerpt } from '../shared/model/excerpt.ts';
import { parseEvent } from '../shared/triggers/parse-event.ts';
import { subjectsOf } from './dead-letter.ts';
import type { FileProblem } from './roles-file/file-problem.ts';
import { firstProblems, isEnough } from './roles-file/file-problem.ts';

/** One event of a file, as it is to be sent. */
export interface SavedEvent {
  /** Where it stands in the file, such as `[3]` or `line 3`. */
  readonly place: string;
  readonly text: string;
  /** The kind of its trigger, or `unknown`. */
  readonly kind: string;
  readonly about: readonly string[];
  readonly time: string;
}

export interface SavedEvents {
  readonly events: readonly SavedEvent[];
  readonly problems: readonly FileProblem[];
}

interface Entry {
  readonly place: string;
  readonly event: unknown;
  readonly line?: number;
}

/**
 * Reads one event, an array of events, or one event a line, and checks each as the controller will. An event that is not
 * for the queue is a problem, unless it is to be sent all the same; a malformed one always is. Of very many problems the first
 * are told.
 */
export function readSavedEvents(text: string, { isForced }: { readonly isForced: boolean }): SavedEvents {
  const { entries, problems } = entriesOf(text);
  const all = [...problems];
  const events: SavedEvent[] = [];
  for (const entry of entries) {
    if (isEnough(all)) break;
    const read = readEvent(entry, isForced);
    if ('found' in read) all.push(read);
    else events.push(read);
  }
  return { events, problems: firstProblems(all, (words) => ({ path: '', ...words })) };
}

function entriesOf(text: string): {
  readonly entries: readonly Entry[];
  readonly problems: readonly FileProblem[];
} {
  const whole = parseJson(text);
  if (whole !== undefined) {
    if (!Array.isArray(whole.value)) return { entries: [{ place: '', event: whole.value }], problems: [] };
    return {
      entries: whole.value.map((event: unknown, index) => ({ place: `[${index}]`, event })),
      problems: whole.value.length === 0 ? [nothing('an empty array')] : [],
    };
  }
  const lines = text.split('\n').map((line, index) => ({ text: line.trim(), line: index + 1 }));
  const written = lines.filter((each) => each.text !== '');
  if (written.length === 0) return { entries: [], problems: [nothing('nothing')] };
  const entries: Entry[] = [];
  const problems: FileProblem[] = [];
  for (const { text: lineText, line } of written) {
    const parsed = parseJson(lineText);
    if (parsed !== undefined) entries.push({ place: `line ${line}`, event: parsed.value, line });
    else
      problems.push({
        path: `line ${line}`,
        found: excerpt(lineText, excerptLengthMax),
        allowed: allowedText,
        line,
        column: 1,
      });
  }
  // A broken document of many lines is one problem, not one for each of its lines.
  const [first] = problems;
  return entries.length === 0 && first !== undefined ? { entries, problems: [first] } : { entries, problems };
}

const allowedText = 'an event as JSON, an array of events, or one event a line';

function nothing(found: string): FileProblem {
  return { path: '', found, allowed: allowedText };
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function readEvent({ place, event, line }: Entry, isForced: boolean): SavedEvent | FileProblem {
  const problem = (allowed: string): FileProblem => ({
    path: place,
    found: jsonExcerpt(event, excerptLengthMax),
    allowed,
    ...(line === undefined ? {} : { line, column: 1 }),
  });
  try {
    const parsed = parseEvent(event);
    const time = String(Reflect.get(Object(event), 'time'));
    const sent = { place, text: JSON.stringify(event), time };
    if (parsed.kind === 'ignored') {
      if (isForced) return { ...sent, kind: 'unknown', about: [] };
      return problem(`an event that wakes the controller: ${parsed.reason}; --force sends it all the same`);
    }
    const { trigger } = parsed;
    if (trigger.kind === 'scheduled-resync' && !isForced) {
      return problem(
        'an event for the queue: the schedule wakes a function of its own; see understudy resync',
      );
    }
    return { ...sent, kind: trigger.kind, about: subjectsOf(trigger) };
  } catch (error) {
    return problem(`an event as AWS sends it: ${toControllerError(error).message}`);
  }
}

const excerptLengthMax = 60;
