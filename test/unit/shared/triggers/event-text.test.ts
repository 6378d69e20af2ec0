import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../../shared/triggers/parse-event.ts';
import { editedFixture } from './edited-fixture.ts';
import { failureOf, malformed } from './failure-of.ts';

const detailOf = (fixture: string, field: string) => (text: string) =>
  editedFixture(fixture, { [field]: text });

/** Texts that an event brings in: the field, how long it is at the most, and an event with such a text. */
const fields: readonly (readonly [field: string, lengthMax: number, event: (text: string) => object])[] = [
  ['id', 255, (id) => editedFixture('ec2-state-change/running.json', {}, { id })],
  ['detail.alarmName', 255, detailOf('alarm/alarm.json', 'alarmName')],
  ['detail.eventTypeCode', 100, detailOf('health-event/instance-retirement.json', 'eventTypeCode')],
  ['detail.AutoScalingGroupName', 255, detailOf('launch-hook/into-service.json', 'AutoScalingGroupName')],
  ['detail.LifecycleHookName', 255, detailOf('launch-hook/into-service.json', 'LifecycleHookName')],
  ['detail.LifecycleActionToken', 255, detailOf('launch-hook/into-service.json', 'LifecycleActionToken')],
  ['detail.words', 1024, detailOf('operator-request/failover.json', 'words')],
];

describe('a text in an event', () => {
  it.each(fields)('as %s has up to %i characters', (_, lengthMax, event) => {
    const text = `understudy-${'x'.repeat(lengthMax - 11)}`;

    expect(parseEvent(event(text)).kind).toBe('trigger');
  });

  it.each(fields)('as %s has no more than %i characters', (field, lengthMax, event) => {
    expect(failureOf(() => parseEvent(event('x'.repeat(lengthMax + 1))))).toMatchObject({
      ...malformed,
      message: expect.stringContaining(
        ` ${field}: Too big: expected string to have <=${lengthMax} characters`,
      ),
    });
  });

  it.each(fields)('as %s is not empty', (field, _, event) => {
    expect(failureOf(() => parseEvent(event('')))).toMatchObject({
      ...malformed,
      message: expect.stringContaining(` ${field}: Too small`),
    });
  });

  it.each(fields)('as %s has no half characters', (field, _, event) => {
    expect(failureOf(() => parseEvent(event('db\ud83c')))).toMatchObject({
      ...malformed,
      message: expect.stringContaining(` ${field}: must be text without half characters`),
    });
  });

  it('is quoted only in part where an event is ignored', () => {
    const events = [
      editedFixture('ec2-state-change/running.json', {}, { source: 'x'.repeat(10_000) }),
      editedFixture('tag-change/claim.json', { service: 'x'.repeat(10_000) }),
    ];

    const reasons = events.map(parseEvent).map((parsed) => (parsed.kind === 'ignored' ? parsed.reason : ''));

    expect(reasons).toEqual([
      expect.stringMatching(/ of x+…$/),
      expect.stringMatching(/^the tags of a x+…$/),
    ]);
    expect(reasons.map(({ length }) => length)).toEqual([401, 401]);
  });
});
