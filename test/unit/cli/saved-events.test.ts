import { describe, expect, it } from 'vitest';
import { readSavedEvents } from '../../../cli/saved-events.ts';

const event = {
  id: '1',
  source: 'aws.ec2',
  'detail-type': 'EC2 Instance State-change Notification',
  time: '2026-03-01T12:00:00Z',
  detail: { 'instance-id': 'i-0123456789abcdef0', state: 'running' },
};
const strict = { isForced: false };

describe('readSavedEvents', () => {
  it.each([
    ['one event', JSON.stringify(event, null, 2), 1],
    ['an array', JSON.stringify([event, event], null, 2), 2],
    ['one event a line', `${JSON.stringify(event)}\n\n${JSON.stringify(event)}\n`, 2],
  ])('reads %s', (_, text, count) => {
    const { events, problems } = readSavedEvents(text, strict);

    expect(problems).toEqual([]);
    expect(events).toHaveLength(count);
    expect(events[0]).toMatchObject({
      kind: 'ec2-state-change',
      about: ['i-0123456789abcdef0'],
      time: event.time,
      text: JSON.stringify(event),
    });
  });

  it.each([
    ['nothing', '', 'nothing'],
    ['an empty array', '[]', 'an empty array'],
    ['text', 'hello', 'hello'],
    ['a broken document', '{\n  "id": 1,\n', '{'],
  ])('refuses %s as one problem', (_, text, found) => {
    const { events, problems } = readSavedEvents(text, strict);

    expect(events).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.found).toBe(found);
  });

  it('names each event that is wrong by its place', () => {
    const malformed = { ...event, detail: {} };
    const text = [event, malformed, { ...event, source: 'aws.s3' }]
      .map((each) => JSON.stringify(each))
      .join('\n');

    const { events, problems } = readSavedEvents(text, strict);

    expect(events).toHaveLength(1);
    expect(problems.map(({ path, line }) => [path, line])).toEqual([
      ['line 2', 2],
      ['line 3', 3],
    ]);
    expect(problems[0]?.allowed).toContain('detail.instance-id');
    expect(problems[1]?.allowed).toContain('no handler for');
  });

  it('sends events of unknown kinds when it is forced to, malformed ones never', () => {
    const text = JSON.stringify([
      { ...event, source: 'aws.s3' },
      { ...event, detail: {} },
    ]);

    const { events, problems } = readSavedEvents(text, { isForced: true });

    expect(events.map(({ kind }) => kind)).toEqual(['unknown']);
    expect(problems.map(({ path }) => path)).toEqual(['[1]']);
  });

  it('points at the command for a scheduled event, which the queue is not for', () => {
    const scheduled = { ...event, source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };

    const { problems } = readSavedEvents(JSON.stringify(scheduled), strict);

    expect(problems[0]?.allowed).toContain('understudy resync');
  });
});
