import { describe, expect, it } from 'vitest';
import type { InstanceId } from '../../../../shared/model/ids.ts';
import type { InstanceState } from '../../../../shared/model/trigger.ts';
import { instanceStateSchema } from '../../../../shared/model/trigger.ts';
import type { Hint } from '../../../../shared/plan/doubt.ts';
import { doubtOf, staleReadWindowMs } from '../../../../shared/plan/doubt.ts';
import { anInstance, anObservation, instanceId, nowMs, roleName } from '../../../builders/observed.ts';

function doubt(event: InstanceState, described: InstanceState, ageMs = 1_000): string | undefined {
  const hints = new Map([[instanceId(1), { state: event, timeMs: nowMs - ageMs }]]);
  return doubtOf(hints, anObservation({ instances: [anInstance(1, { state: described })] }), nowMs);
}

/** What each event casts doubt on. Termination casts none: it is believed. */
const behind: Readonly<Record<InstanceState, readonly InstanceState[]>> = {
  pending: [],
  running: ['pending', 'stopping', 'stopped'],
  stopping: ['pending', 'running'],
  stopped: ['pending', 'running'],
  'shutting-down': [],
  terminated: [],
};

const pairs = instanceStateSchema.options.flatMap((event) =>
  instanceStateSchema.options.map((described) => ({
    event,
    described,
    isBehind: behind[event].includes(described),
  })),
);

describe('doubtOf', () => {
  it.each(pairs)(
    'event $event, described $described: behind is $isBehind',
    ({ event, described, isBehind }) => {
      expect(doubt(event, described) !== undefined).toBe(isBehind);
    },
  );

  it('says who, what was read and what the event says', () => {
    expect(doubt('stopped', 'running')).toBe(
      `${instanceId(1)} was described as running while its event says stopped`,
    );
  });

  it('holds against an event up to the end of the window, and then believes the read', () => {
    expect(doubt('stopped', 'running', staleReadWindowMs)).toBeDefined();
    expect(doubt('stopped', 'running', staleReadWindowMs + 1)).toBeUndefined();
  });

  it('holds when the clock of the event is ahead of ours', () => {
    expect(doubt('stopped', 'running', -60_000)).toBeDefined();
  });

  it('does not arise from events of instances that were not read', () => {
    const hints = new Map([[instanceId(2), { state: 'stopped' as const, timeMs: nowMs }]]);

    expect(doubtOf(hints, anObservation({ instances: [anInstance(1)] }), nowMs)).toBeUndefined();
  });
});

describe('doubtOf tags', () => {
  const told = (roles: readonly string[], ageMs = 1_000) =>
    new Map([
      [
        instanceId(1),
        {
          timeMs: nowMs - ageMs,
          asks: { roles: roles.map((name) => roleName(name)), version: 3, timeMs: nowMs - ageMs },
        },
      ],
    ]);

  it.each([
    ['a claim that the read does not show', ['db'], [], true],
    ['a claim that it shows', ['db'], [anInstance(1)], false],
    ['a release that it does not show', [], [anInstance(1)], true],
    ['a release that it shows', [], [anInstance(1, { tags: {} })], false],
    ['a claim of another role', ['web'], [], false],
    ['a claim that the read shows of another instance', ['db'], [anInstance(2)], true],
    ['a release, whatever another instance asks for', [], [anInstance(2)], false],
  ])('looks at %s', (_, roles, instances, isDoubted) => {
    const doubt = doubtOf(told(roles), anObservation({ instances }), nowMs);

    expect(doubt !== undefined).toBe(isDoubted);
  });

  it('says whose tags were read otherwise', () => {
    expect(doubtOf(told(['db']), anObservation(), nowMs)).toBe(
      `the tags of ${instanceId(1)} were described otherwise than its event tells`,
    );
  });

  it('holds against an event up to the end of the window, and then believes the read', () => {
    expect(doubtOf(told(['db'], staleReadWindowMs), anObservation(), nowMs)).toBeDefined();
    expect(doubtOf(told(['db'], staleReadWindowMs + 1), anObservation(), nowMs)).toBeUndefined();
  });

  it.each([
    ['terminated', false],
    ['shutting-down', false],
    ['stopped', true],
  ] as const)('of an instance that was told to be %s: %s', (state, isDoubted) => {
    const hints = new Map([...told(['db'])].map(([id, hint]) => [id, { ...hint, state }]));

    expect(doubtOf(hints, anObservation(), nowMs) !== undefined).toBe(isDoubted);
  });

  it('looks at every instance of which an event tells', () => {
    const [asks] = told(['db']).values();
    const both = new Map<InstanceId, Hint>([
      [instanceId(2), { state: 'running' as const, timeMs: nowMs }],
      [instanceId(1), asks ?? { timeMs: nowMs }],
    ]);

    expect(doubtOf(both, anObservation({ instances: [anInstance(2)] }), nowMs)).toContain(instanceId(1));
  });
});
