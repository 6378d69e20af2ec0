import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { instanceStateSchema } from '../../../../shared/model/trigger.ts';
import { eventKinds, parseEvent, parseEventText } from '../../../../shared/triggers/parse-event.ts';
import { kindFixtures, manifest, readFixture } from '../../../builders/events.ts';
import { editedFixture } from './edited-fixture.ts';
import { expected } from './expected.ts';
import { failureOf, malformed } from './failure-of.ts';

/** A good event, with some of it replaced. */
function aStateChange(overrides: object = {}): object {
  return {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': 'EC2 Instance State-change Notification',
    source: 'aws.ec2',
    account: '111122223333',
    time: '2026-11-20T12:31:02Z',
    region: 'eu-west-1',
    resources: [],
    detail: { 'instance-id': 'i-0a1b2c3d4e5f60718', state: 'running' },
    ...overrides,
  };
}

describe('parseEventText', () => {
  it.each(kindFixtures)('makes of $path what it says', ({ kind, path }) => {
    const text = readFixture(path);
    const { id, time }: { id: string; time: string } = JSON.parse(text);
    const says = expected[kind]?.[basename(path)] ?? {};

    expect(parseEventText(text)).toEqual(
      'ignored' in says
        ? { kind: 'ignored', reason: says.ignored }
        : { kind: 'trigger', trigger: { kind, eventId: id, timeMs: Date.parse(time), ...says } },
    );
  });

  it('is expected to say something of every fixture', () => {
    const listed = Object.entries(expected).flatMap(([kind, says]) =>
      Object.keys(says).map((name) => `${kind}/${name}`),
    );

    expect(listed.toSorted()).toEqual(kindFixtures.map(({ path }) => path).toSorted());
  });

  it.each(kindFixtures)('takes no notice of fields that AWS may add to $path', ({ path }) => {
    const event: { detail: object } = JSON.parse(readFixture(path));
    const added = { 'replay-name': 'again', muteDetail: [{ version: '9' }] };

    const parsed = parseEvent({ ...added, ...event, detail: { ...added, ...event.detail } });

    expect(parsed).toEqual(parseEvent(event));
  });

  it.each([
    ['a ec2 volume', { 'resource-type': 'volume' }],
    ['a connect instance', { service: 'connect' }],
  ])('ignores the tags of %s', (what, detail) => {
    const result = parseEvent(editedFixture('tag-change/claim.json', detail));

    expect(result).toEqual({ kind: 'ignored', reason: `the tags of ${what} are of no concern` });
  });

  it.each([
    ['no resource', []],
    ['an ARN that names no instance', ['arn:aws:ec2:eu-west-1:111122223333:volume/vol-1']],
    ['more behind the id', ['arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d4e5f60718/eth0']],
  ])('refuses a tag change with %s for good', (_, resources) => {
    const event = editedFixture('tag-change/claim.json', {}, { resources });

    expect(failureOf(() => parseEvent(event))).toMatchObject({
      ...malformed,
      message: expect.stringMatching(
        resources.length === 0 ? 'resources' : 'resources.0: must be the ARN of',
      ),
    });
  });

  it('has a fixture of every state of an instance', () => {
    const states = kindFixtures
      .map(({ path }) => parseEventText(readFixture(path)))
      .flatMap((each) =>
        each.kind === 'trigger' && each.trigger.kind === 'ec2-state-change' ? [each.trigger.state] : [],
      );

    expect(new Set(states)).toEqual(new Set(instanceStateSchema.options));
  });

  it.each(manifest.foreign)('ignores foreign/%s, and says what it is', (name) => {
    const text = readFixture(`foreign/${name}`);
    const { source, 'detail-type': detailType } = JSON.parse(text);

    expect(parseEventText(text)).toEqual({
      kind: 'ignored',
      reason: `no handler for "${detailType}" of ${source}`,
    });
  });

  it.each(['', '{', 'not json', '{"id": 1,}', '\u0000'])('refuses the text %j, which is no JSON', (text) => {
    expect(failureOf(() => parseEventText(text))).toMatchObject({
      ...malformed,
      message: 'the message is not JSON',
    });
  });
});

describe('parseEvent', () => {
  it('takes an event with nothing but what is needed', () => {
    const {
      version: _v,
      account: _a,
      region: _r,
      resources: _s,
      ...bare
    } = { ...aStateChange() } as Record<string, unknown>;

    expect(parseEvent(bare).kind).toBe('trigger');
  });

  it('takes an offset in the time for what it is', () => {
    const parsed = parseEvent(aStateChange({ time: '2026-11-20T13:31:02+01:00' }));

    expect(parsed).toMatchObject({ trigger: { timeMs: Date.UTC(2026, 10, 20, 12, 31, 2) } });
  });

  it.each([
    ['of another source with our detail type', { source: 'my.application' }],
    ['of our source with another detail type', { 'detail-type': 'EC2 Fleet State Change' }],
    ['that is spelt in another case', { 'detail-type': 'ec2 instance state-change notification' }],
    ['of another kind, however odd its detail', { source: 'my.application', detail: null }],
  ])('ignores an event %s', (_, overrides) => {
    expect(parseEvent(aStateChange(overrides)).kind).toBe('ignored');
  });

  it.each<[what: string, event: unknown, words: string]>([
    ['nothing', undefined, 'not an EventBridge event: event:'],
    ['null', null, 'not an EventBridge event: event:'],
    ['a list of events', [aStateChange()], 'not an EventBridge event'],
    ['text', 'running', 'not an EventBridge event'],
    ['an event without its id', aStateChange({ id: undefined }), 'id:'],
    ['an event with an empty source', aStateChange({ source: '' }), 'source:'],
    ['an event with a number for its time', aStateChange({ time: 1_700_000_000 }), 'time:'],
    ['an event without time zone', aStateChange({ time: '2026-11-20T12:31:02' }), 'time:'],
    [
      'an event of ours without detail',
      aStateChange({ detail: undefined }),
      'a malformed "EC2 Instance State',
    ],
    [
      'a state change in a state that is none',
      aStateChange({ detail: detail({ state: 'rebooting' }) }),
      'state:',
    ],
    [
      'a state change of a bad id',
      aStateChange({ detail: detail({ 'instance-id': 'i-XYZ' }) }),
      'instance-id:',
    ],
    [
      'a state change of several instances',
      aStateChange({ detail: detail({ 'instance-id': ['i-0a1b2c3d'] }) }),
      'instance-id:',
    ],
  ])('refuses %s, naming the field', (_, event, words) => {
    const failure = failureOf(() => parseEvent(event));

    expect(failure).toMatchObject({ ...malformed, message: expect.stringContaining(words) });
  });

  it('does not take a failure of its own for a malformed event', () => {
    const failure = new TypeError('a bug');
    const event = aStateChange({
      detail: {
        get state(): never {
          throw failure;
        },
      },
    });

    expect(failureOf(() => parseEvent(event))).toBe(failure);
  });

  it('reads an id with a space before it, as in one of AWS’s own samples', () => {
    const parsed = parseEvent(aStateChange({ detail: detail({ 'instance-id': ' i-abcd1111' }) }));

    expect(parsed).toMatchObject({ trigger: { instanceId: 'i-abcd1111' } });
  });
});

function detail(overrides: object): object {
  return { 'instance-id': 'i-0a1b2c3d4e5f60718', state: 'running', ...overrides };
}

describe('eventKinds', () => {
  it('has no two kinds that one event could be', () => {
    const sorts = eventKinds.map(({ source, detailType }) => `${source} ${detailType}`);

    expect(new Set(sorts).size).toBe(sorts.length);
  });

  it('are those of the manifest, by kind, source and detail type', () => {
    const words = (each: { kind: string; source: string; detailType: string }) =>
      `${each.kind}: "${each.detailType}" of ${each.source}`;

    expect(eventKinds.map(words).toSorted()).toEqual(manifest.kinds.map(words).toSorted());
  });
});
