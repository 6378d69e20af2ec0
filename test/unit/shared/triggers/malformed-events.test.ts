import { describe, expect, it } from 'vitest';
import { parseEvent, parseEventText } from '../../../../shared/triggers/parse-event.ts';
import { manifest, readFixture } from '../../../builders/events.ts';
import { editedFixture } from './edited-fixture.ts';
import { failureOf, malformed } from './failure-of.ts';

const instanceIdWords = 'must be i- and 8 or 17 hexadecimal digits';
const roleNameWords = 'must be 1 to 63 lower-case letters';

/** Of each malformed fixture: the field that is wrong, and how. */
const problems: Readonly<Record<string, string>> = {
  'not-an-event.json': 'id: Invalid input: expected string',
  'ec2-state-bad-time.json': 'time: Invalid ISO datetime',
  'ec2-state-no-instance-id.json': 'detail.instance-id: Invalid input: expected string',
  'ec2-state-unknown-state.json': 'detail.state: Invalid option',
  'tag-change-no-resources.json': 'resources: Invalid input: expected',
  'tag-change-resource-is-no-instance.json': 'resources.0: must be the ARN of an instance',
  'tag-change-tags-are-a-list.json': 'detail.tags: Invalid input: expected record',
  'tag-change-version-is-text.json': 'detail.version: Invalid input: expected number',
  'tag-call-no-request.json': 'detail.requestParameters: Invalid input: expected object',
  'tag-call-bad-instance-id.json': `detail.requestParameters.resourcesSet.items.0.resourceId: ${instanceIdWords}`,
  'tag-call-resources-are-text.json': 'detail.requestParameters.resourcesSet.items: Invalid input',
  'launch-hook-no-instance-id.json': 'detail.EC2InstanceId: Invalid input: expected string',
  'launch-hook-empty-token.json': 'detail.LifecycleActionToken: Too small',
  'launch-hook-another-transition.json': 'detail.LifecycleTransition: Invalid input: expected',
  'terminate-hook-no-group.json': 'detail.AutoScalingGroupName: Invalid input: expected string',
  'terminate-hook-instance-id-is-a-list.json': 'detail.EC2InstanceId: Invalid input: expected string',
  'spot-interruption-no-instance-id.json': 'detail.instance-id: Invalid input: expected string',
  'spot-interruption-unknown-action.json': 'detail.instance-action: Invalid option',
  'rebalance-recommendation-no-instance-id.json': 'detail.instance-id: Invalid input: expected string',
  'rebalance-recommendation-nested-instance-id.json': 'detail.instance-id: Invalid input: expected string',
  'health-event-no-start-time.json': 'detail.startTime: Invalid input: expected string',
  'health-event-start-time-of-another-form.json': 'detail.startTime: must be a time such as',
  'health-event-impossible-start-time.json': 'detail.startTime: must be a time that exists',
  'health-event-unknown-status.json': 'detail.statusCode: Invalid option',
  'health-event-entities-are-ids.json': 'detail.affectedEntities.0: Invalid input: expected object',
  'health-event-bad-instance-id.json': `detail.affectedEntities.0.entityValue: ${instanceIdWords}`,
  'alarm-unknown-state.json': 'detail.state.value: Invalid option',
  'alarm-bad-timestamp.json': 'detail.state.timestamp: Invalid ISO datetime',
  'alarm-no-configuration.json': 'detail.configuration: Invalid input: expected object',
  'alarm-instance-id-is-a-number.json':
    'detail.configuration.metrics.0.metricStat.metric.dimensions.InstanceId: Invalid input: expected string',
  'operator-request-no-roles.json': 'detail.roles: Too small',
  'operator-request-bad-role.json': `detail.roles.1: ${roleNameWords}`,
  'operator-request-roles-are-text.json': 'detail.roles: Invalid input: expected array',
  'operator-request-no-words.json': 'detail.words: Too small',
  'scheduled-resync-no-id.json': 'id: Invalid input: expected string',
};

/** Kinds whose events say something beside that they happened. */
const kinds = manifest.kinds.filter(({ kind }) => kind !== 'scheduled-resync');

interface Event {
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A fixture in which every field of the detail is the value, but for those that say what sort of event it is. */
function withDetailOf(kind: string, fixture: string, value: unknown): object {
  const event: Event = JSON.parse(readFixture(`${kind}/${fixture}`));
  const scope = new Set(['service', 'resource-type', 'eventTypeCategory', 'eventName', 'backupEvent']);
  const detail = Object.entries(event.detail).map(([key, each]) => [key, scope.has(key) ? each : value]);
  return { ...event, detail: Object.fromEntries(detail) };
}

function nested(depth: number): unknown {
  let value: unknown = 'i-0a1b2c3d4e5f60718';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { 'instance-id': value };
  return value;
}

describe('a malformed event', () => {
  it.each(manifest.malformed)('as malformed/%s is refused for good, naming the field', (name) => {
    const failure = failureOf(() => parseEventText(readFixture(`malformed/${name}`)));

    expect(failure).toMatchObject({ ...malformed, message: expect.stringContaining(` ${problems[name]}`) });
  });

  it.each(kinds)('of kind $kind that is nested ten thousand deep is refused', ({ kind, fixtures }) => {
    const event = withDetailOf(kind, fixtures[0] ?? '', nested(10_000));

    expect(failureOf(() => parseEvent(event))).toMatchObject(malformed);
  });

  it.each(kinds)('of kind $kind that is as large as a message can be is refused in few words', (each) => {
    const texts = Array.from({ length: 100_000 }, () => 'i-XYZ');
    const event = withDetailOf(each.kind, each.fixtures[0] ?? '', texts);

    const failure = failureOf(() => parseEvent(event));

    expect(failure).toMatchObject({ ...malformed, message: expect.stringMatching(/^.{1,1500}$/s) });
  });

  it('that is wrong in many places is refused for the first few, with the number of the others', () => {
    const event = JSON.parse(readFixture('tag-call/create-tags.json'));
    event.detail.requestParameters.resourcesSet.items = Array.from({ length: 1000 }, () => ({
      resourceId: 7,
    }));

    const failure = failureOf(() => parseEvent(event));

    expect(failure).toMatchObject({ message: expect.stringMatching(/; and 995 more$/) });
  });

  it('that is wrong in five places is refused for all five, and says nothing of others', () => {
    const event = editedFixture('tag-change/claim.json', { tags: { a: 1, b: 2, c: 3, d: 4, e: 5 } });

    const failure = failureOf(() => parseEvent(event));

    expect(failure).toMatchObject({ message: expect.stringMatching(/detail\.tags\.e: [^;]+$/) });
  });

  it('that is wrong in a field with a name without end is refused in few words', () => {
    const event = editedFixture('tag-change/claim.json', { tags: { ['x'.repeat(100_000)]: 1 } });

    const failure = failureOf(() => parseEvent(event));

    expect(failure).toMatchObject({ ...malformed, message: expect.stringMatching(/^.{1,300}$/s) });
  });

  it('that is nothing but two hundred thousand brackets is refused', () => {
    const text = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;

    expect(failureOf(() => parseEventText(text))).toMatchObject(malformed);
  });
});
