import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDeadLetter } from '../../../cli/dead-letter.ts';
import { readSavedEvents } from '../../../cli/saved-events.ts';
import type { ParsedEvent } from '../../../shared/model/trigger.ts';
import { parseEventText } from '../../../shared/triggers/parse-event.ts';
import { kindFixtures, readFixture } from '../../builders/events.ts';
import { deepJson, longText, spoilt, spoiltText } from '../../builders/hostile-input.ts';
import { refusalOf } from '../../builders/refusal-of.ts';

const fixtures = kindFixtures.map(({ path }) => readFixture(path));
const arbitraryFixture = fc.constantFrom(...fixtures);

/** The text of a message: a good event that was spoilt in a place of it, or in its text. */
const arbitraryMessage = arbitraryFixture.chain((text) =>
  fc.oneof(
    spoilt(JSON.parse(text)).map((event) => textOf(event)),
    spoiltText(text),
  ),
);

/** What is too deep to be written stands there as the text that it would be. */
function textOf(event: unknown): string {
  try {
    return JSON.stringify(event) ?? '';
  } catch {
    return deepJson;
  }
}

function parsed(text: string): ParsedEvent | undefined {
  let event: ParsedEvent | undefined;
  const refusal = refusalOf(() => {
    event = parseEventText(text);
  });
  expect([undefined, 'MalformedEvent']).toContain(refusal);
  return event;
}

/** Everything of a trigger that is kept or told; tags are only looked up. */
function keptTexts(event: ParsedEvent | undefined): readonly string[] {
  if (event === undefined) return [];
  if (event.kind === 'ignored') return [event.reason];
  const { tags: _, ...kept } = { tags: {}, ...event.trigger };
  return Object.values(kept)
    .flat()
    .flatMap((value) => (typeof value === 'object' ? Object.values(value) : value))
    .filter((value) => typeof value === 'string');
}

describe('a message that was an event', () => {
  it('is a trigger, of no concern, or refused, and what is kept of it is short text', () => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => {
        for (const text of keptTexts(parsed(message))) {
          expect(text.length).toBeLessThanOrEqual(1_024);
          expect(text.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('can be told by an operator who finds it in a dead-letter queue or a file', () => {
    fc.assert(
      fc.property(arbitraryMessage, (body) => {
        const letter = readDeadLetter({
          body,
          messageId: 'm',
          receiptHandle: 'r',
          sentMs: 0,
          attributes: {},
        } as never);
        const { problems } = readSavedEvents(body, { isForced: false });

        expect(letter.why.length).toBeLessThan(2_000);
        expect(problems.length).toBeLessThanOrEqual(51);
        for (const { found, allowed } of problems) expect(found.length + allowed.length).toBeLessThan(2_000);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['id', 'id'],
    ['source', 'source'],
    ['detail-type', 'detail-type'],
  ])('has no %s that goes on for ever', (_, field) => {
    for (const text of fixtures) {
      const event = { ...JSON.parse(text), [field]: longText };

      for (const kept of keptTexts(parsed(JSON.stringify(event)))) expect(kept.length).toBeLessThan(1_024);
    }
  });

  it.each([
    ['an empty array', '[]'],
    ['many numbers', `[${'1,'.repeat(2_000)}1]`],
    ['many lines', '{}\n'.repeat(2_000)],
    ['lists in lists', `[${deepJson}]`],
    ['nothing', ''],
  ])('is told in few words where the file holds %s instead', (_, text) => {
    const { events, problems } = readSavedEvents(text, { isForced: true });

    expect(events).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems).length).toBeLessThan(51 * 1_000);
  });
});
