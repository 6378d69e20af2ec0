import { describe, expect, it } from 'vitest';
import { eventRules } from '../../../infra/event-rules.ts';
import { wiring } from '../../../infra/wiring.ts';
import { compilePattern } from '../../../localcloud/events/pattern-parameter.ts';
import { priorityTagKey } from '../../../shared/plan/role-tag.ts';
import { hookNamePrefix } from '../../../shared/triggers/lifecycle-action.ts';
import { parseEvent } from '../../../shared/triggers/parse-event.ts';
import { replaced } from '../../builders/arbitrary-input.ts';
import { kindFixtures, manifest, readFixture } from '../../builders/events.ts';

/** A pattern may have so many characters, by https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const patternLengthMax = 2048;

const rules = eventRules('role').map(({ kind, eventPattern }) => ({
  kind,
  pattern: compilePattern(JSON.stringify(eventPattern)),
}));

/** The kinds whose rules let an event through. */
function rulesFor(event: object): readonly string[] {
  return rules.filter(({ pattern }) => pattern.matches(event)).map(({ kind }) => kind);
}

function fixture(path: string): object {
  return JSON.parse(readFixture(path));
}

/** A fixture with another value at a place in its detail; undefined takes the field away. */
function changed(path: string, place: string, value: unknown): object {
  return Object(replaced(fixture(path), ['detail', ...place.split('.')], value));
}

describe('eventRules', () => {
  const letThrough = manifest.kinds
    .filter(({ kind, rule }) => kind !== 'scheduled-resync' && rule !== 'none')
    .flatMap(({ kind, rule, fixtures }) => fixtures.map((name) => ({ rule, path: `${kind}/${name}` })));

  it.each(letThrough)('lets $path through by the rule $rule alone', ({ rule, path }) => {
    expect(rulesFor(fixture(path))).toEqual([rule]);
  });

  const keptOut = [
    ...manifest.kinds.flatMap(({ kind, keptOut: names }) => names.map((name) => `${kind}/${name}`)),
    ...manifest.foreign.map((name) => `foreign/${name}`),
    'operator-request/failover.json',
    'operator-request/drain.json',
    'scheduled-resync/scheduled-event.json',
  ];

  it.each(keptOut)('keeps %s out', (path) => {
    expect(rulesFor(fixture(path))).toEqual([]);
  });

  it('lets through whatever becomes a trigger, but for tags that are not about roles', () => {
    const triggers = kindFixtures.filter(({ path }) => parseEvent(fixture(path)).kind === 'trigger');

    const lost = triggers.filter(({ path }) => rulesFor(fixture(path)).length === 0).map(({ path }) => path);

    expect(lost).toEqual([
      'tag-change/unrelated.json',
      'tag-call/create-tags-unrelated.json',
      'operator-request/failover.json',
      'operator-request/drain.json',
      'scheduled-resync/scheduled-event.json',
    ]);
  });

  it('gives patterns that EventBridge takes, each and all as one, whatever the key of the role tag', () => {
    const patterns = eventRules('k'.repeat(128)).map(({ eventPattern }) => eventPattern);

    const texts = [...patterns, { $or: patterns }].map((pattern) => JSON.stringify(pattern));

    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(patternLengthMax);
    expect(() => texts.map(compilePattern)).not.toThrow();
  });

  it('asks for the key that it is given, and for the key of the priority', () => {
    const keys = eventRules('duty').find(({ kind }) => kind === 'tag-change')?.eventPattern.detail;

    expect(keys).toMatchObject({ 'changed-tag-keys': ['duty', priorityTagKey] });
  });

  it('asks for the hooks that the parsers take', () => {
    const hooks = eventRules('role').filter(({ kind }) => kind.endsWith('-hook'));

    expect(hooks.map(({ eventPattern }) => eventPattern.detail)).toMatchObject([
      { LifecycleHookName: [{ prefix: hookNamePrefix }] },
      { LifecycleHookName: [{ prefix: hookNamePrefix }] },
    ]);
  });

  it.each<[what: string, event: object]>([
    [
      'tags that the controller could write on addresses',
      changed('tag-change/claim.json', 'resource-type', 'elastic-ip'),
    ],
    ['a role tag on another service’s resource', changed('tag-change/claim.json', 'service', 'rds')],
    [
      'a call of another service that has the same name',
      changed('tag-call/delete-tags.json', 'eventSource', 'elasticfilesystem.amazonaws.com'),
    ],
    [
      'a call that removes all tags of a volume',
      changed(
        'tag-call/delete-all-tags.json',
        'requestParameters.resourcesSet.items.0.resourceId',
        'vol-0a1b2c3d4e5f60718',
      ),
    ],
    [
      'a call of CreateTags without any tag, which EC2 refuses anyway',
      changed('tag-call/create-tags.json', 'requestParameters.tagSet', {}),
    ],
    [
      'an announcement about dedicated hosts',
      changed(
        'health-event/instance-retirement.json',
        'affectedEntities.0.entityValue',
        'h-0a1b2c3d4e5f60718',
      ),
    ],
    [
      'an alarm on a database',
      changed('alarm/alarm.json', 'configuration.metrics.0.metricStat.metric.dimensions', {
        DBInstanceIdentifier: 'orders',
      }),
    ],
  ])('keeps out %s', (_, event) => {
    expect(rulesFor(event)).toEqual([]);
  });

  it.each<[what: string, kind: string, event: object]>([
    [
      'a changed priority',
      'tag-change',
      changed('tag-change/unrelated.json', 'changed-tag-keys', ['owner', priorityTagKey]),
    ],
    [
      'a Health event from before there were backup regions',
      'health-event',
      changed('health-event/instance-retirement.json', 'backupEvent', undefined),
    ],
    [
      'an alarm on an instance of which the description also names a role',
      'alarm',
      changed('alarm/alarm.json', 'configuration.description', 'understudy:role=web-primary'),
    ],
  ])('lets through %s', (_, kind, event) => {
    expect(rulesFor(event)).toEqual([kind]);
  });
});

describe('wiring', () => {
  it('names each rule after the controller and the kind', () => {
    expect(wiring.rules.map(({ name, kind }) => [name, kind])).toEqual(
      eventRules(wiring.roleTagKey).map(({ kind }) => [`understudy-${kind}`, kind]),
    );
  });
});
