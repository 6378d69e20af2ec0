import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent, parseEventText } from '../../../shared/triggers/parse-event.ts';
import { arbitraryText, mutated } from '../../builders/arbitrary-input.ts';
import { kindFixtures, readFixture } from '../../builders/events.ts';
import { refusalOf } from '../../builders/refusal-of.ts';

interface Event {
  readonly detail: object;
}

const arbitraryEvent = fc.constantFrom(
  ...kindFixtures.map(({ path }): Event => JSON.parse(readFixture(path))),
);
const refusals = [undefined, 'MalformedEvent'];

describe('parsing an event', () => {
  it('gives a trigger, ignores, or refuses for good, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryText, fc.json()), (text) => {
        expect(refusals).toContain(refusalOf(() => parseEventText(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('does the same with a good event in which anything is replaced by anything', () => {
    fc.assert(
      fc.property(arbitraryEvent.chain(mutated), (event) => {
        expect(refusals).toContain(refusalOf(() => parseEvent(event)));
      }),
      { numRuns: 2000 },
    );
  });

  it('does the same with an event that has another’s detail, and with one whose detail is anything', () => {
    const detail = fc.oneof(
      arbitraryEvent.map((event): unknown => event.detail),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(arbitraryEvent, detail, (event, another) => {
        expect(refusals).toContain(refusalOf(() => parseEvent({ ...event, detail: another })));
      }),
      { numRuns: 500 },
    );
  });

  it('never gives a time that is none, whatever stands in the event', () => {
    const time = fc.oneof(
      arbitraryText,
      fc.date({ noInvalidDate: false }).map(String),
      fc
        .tuple(fc.nat(99), fc.constantFrom('Feb', 'Dec', 'Foo'), fc.nat(99))
        .map(([day, month, hour]) => `Fri, ${day} ${month} 2026 ${String(hour).padStart(2, '0')}:00:00 GMT`),
    );
    const retirement: Event = JSON.parse(readFixture('health-event/instance-retirement.json'));
    fc.assert(
      fc.property(time, (startTime) => {
        const event = { ...retirement, detail: { ...retirement.detail, startTime } };

        const parsed = refusalOf(() => parseEvent(event)) === undefined ? parseEvent(event) : undefined;

        expect(Object.values(Object(parsed)?.trigger ?? {})).not.toContain(Number.NaN);
      }),
    );
  });
});
