import { describe, expect, it } from 'vitest';
import type { InstanceFacts } from '../../../../shared/model/facts.ts';
import { instanceFactsSchema } from '../../../../shared/model/facts.ts';
import type { Trigger } from '../../../../shared/model/trigger.ts';
import { alarmAfter, drained, factsAfter, undrained } from '../../../../shared/plan/learn.ts';
import { mergeFacts } from '../../../../shared/plan/merge-facts.ts';
import { instanceId, nowMs, roleName } from '../../../builders/observed.ts';

const woken = { eventId: 'e', timeMs: nowMs };
const its = { ...woken, instanceId: instanceId(1) };
const action = { groupName: 'databases', hookName: 'claim', actionToken: 'token-1' };
const retirement = 'AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED';

const health = (rest: object = {}): Trigger => ({
  kind: 'health-event',
  ...woken,
  instanceIds: [instanceId(1), instanceId(2)],
  eventTypeCode: retirement,
  startsAtMs: nowMs + 1_000,
  isClosed: false,
  ...rest,
});
const alarm = (rest: object = {}): Trigger => ({
  kind: 'alarm',
  ...woken,
  alarmName: 'cpu',
  state: 'ALARM',
  instanceIds: [instanceId(1)],
  roles: [],
  ...rest,
});

/** The facts after all of the triggers, in their order. */
function factsOf(...triggers: readonly Trigger[]): InstanceFacts {
  return triggers.reduce<InstanceFacts>((known, each) => factsAfter(known, each, instanceId(1)), {});
}

describe('factsAfter', () => {
  it.each<[trigger: Trigger, facts: InstanceFacts]>([
    [{ kind: 'tag-change', ...its, tags: {}, version: 7 }, { tagVersion: 7 }],
    [
      { kind: 'spot-interruption', ...its, action: 'terminate' },
      {
        leaving: {
          spot: { saidAtMs: nowMs, atMs: nowMs + 120_000, words: 'Spot interruption (terminate)' },
        },
      },
    ],
    [
      { kind: 'rebalance-recommendation', ...its },
      { leaving: { rebalance: { saidAtMs: nowMs, atMs: nowMs, words: 'rebalance recommendation' } } },
    ],
    [
      health(),
      {
        leaving: {
          [`health ${retirement}`]: {
            saidAtMs: nowMs,
            atMs: nowMs + 1_000,
            words: `AWS Health event ${retirement}`,
          },
        },
      },
    ],
    [alarm(), { alarms: { cpu: { state: 'ALARM', timeMs: nowMs } } }],
    [
      { kind: 'launch-hook', ...its, action },
      {
        hook: { kind: 'launch', action, sinceMs: nowMs },
        launchHookSeenAtMs: nowMs,
        leaving: { 'terminate-hook': { saidAtMs: nowMs, atMs: nowMs, words: 'launched', isOver: true } },
      },
    ],
    [
      { kind: 'terminate-hook', ...its, action },
      {
        hook: { kind: 'terminate', action, sinceMs: nowMs },
        leaving: {
          'terminate-hook': {
            saidAtMs: nowMs,
            atMs: nowMs,
            words: 'termination by Auto Scaling group databases',
          },
        },
      },
    ],
  ])('keeps what $kind tells', (trigger, facts) => {
    expect(instanceFactsSchema.parse(factsOf(trigger))).toEqual(facts);
  });

  it.each<[trigger: Trigger]>([
    [{ kind: 'ec2-state-change', ...its, state: 'terminated' }],
    [{ kind: 'tag-call', ...woken, instanceIds: [instanceId(1)] }],
    [{ kind: 'operator-request', ...woken, roles: [], words: 'failover' }],
    [{ kind: 'scheduled-resync', ...woken }],
    [{ kind: 'tag-change', ...its, instanceId: instanceId(2), tags: {}, version: 7 }],
    [health({ instanceIds: [instanceId(2)] })],
    [alarm({ instanceIds: [] })],
  ])('learns nothing from $kind that tells nothing of the instance', (trigger) => {
    const known = { tagVersion: 1 };

    expect(factsAfter(known, trigger, instanceId(1))).toBe(known);
  });

  it('gives back the very facts when all is known, whatever order the table keeps names in', () => {
    const known = factsOf(alarm({ alarmName: 'cpu' }), alarm({ alarmName: 'disk' }), health());
    const reordered = {
      ...known,
      alarms: Object.fromEntries(Object.entries(known.alarms ?? {}).toReversed()),
    };

    expect(factsAfter(reordered, alarm({ alarmName: 'disk' }), instanceId(1))).toBe(reordered);
  });

  it('keeps the latest tag version', () => {
    const change = (version: number): Trigger => ({ kind: 'tag-change', ...its, tags: {}, version });

    expect(factsOf(change(7), change(3)).tagVersion).toBe(7);
  });

  it('takes another time, and the end, of a scheduled event from the later word', () => {
    const moved = health({ timeMs: nowMs + 1, startsAtMs: nowMs + 9_000 });
    const closed = health({ timeMs: nowMs + 2, isClosed: true });

    expect(factsOf(health(), moved).leaving?.[`health ${retirement}`]?.atMs).toBe(nowMs + 9_000);
    for (const facts of [factsOf(health(), moved, closed), factsOf(closed, moved, health())]) {
      expect(facts.leaving?.[`health ${retirement}`]?.isOver).toBe(true);
    }
  });

  it('tells scheduled events of several types apart', () => {
    const reboot = health({ eventTypeCode: 'AWS_EC2_SYSTEM_REBOOT_MAINTENANCE_SCHEDULED', isClosed: true });

    const { leaving = {} } = factsOf(health(), reboot);

    expect(Object.values(leaving).map(({ isOver }) => isOver === true)).toEqual([false, true]);
  });

  it('takes the second warning of a Spot Instance that was stopped and started again', () => {
    const warning = (timeMs: number): Trigger => ({
      kind: 'spot-interruption',
      ...its,
      timeMs,
      action: 'stop',
    });

    expect(factsOf(warning(nowMs), warning(nowMs - 3_600_000)).leaving?.['spot']?.atMs).toBe(nowMs + 120_000);
  });

  it('forgets a termination when the instance is launched again, out of a warm pool', () => {
    const terminating: Trigger = { kind: 'terminate-hook', ...its, action };
    const launching: Trigger = { kind: 'launch-hook', ...its, timeMs: nowMs + 60_000, action };

    for (const facts of [factsOf(terminating, launching), factsOf(launching, terminating)]) {
      expect(facts.leaving?.['terminate-hook']?.isOver).toBe(true);
      expect(facts.hook?.kind).toBe('launch');
    }
  });

  it('does not ask for an answer again that was given', () => {
    const hook = { kind: 'launch' as const, action, sinceMs: nowMs, answeredAtMs: nowMs + 5 };
    const known = mergeFacts(factsOf({ kind: 'launch-hook', ...its, action }), { hook });

    expect(factsAfter(known, { kind: 'launch-hook', ...its, action }, instanceId(1))).toBe(known);
  });

  it('keeps the fifty latest alarms', () => {
    const rings = Array.from({ length: 60 }, (_, index) =>
      alarm({ alarmName: `alarm ${index}`, timeMs: nowMs + index }),
    );

    const { alarms = {} } = factsOf(...rings.toReversed());

    expect(Object.keys(alarms)).toHaveLength(50);
    expect(alarms).toHaveProperty('alarm 59');
    expect(alarms).not.toHaveProperty('alarm 9');
  });
});

describe('alarmAfter', () => {
  const roleAlarm = (state: string, timeMs: number) =>
    alarm({ state, timeMs, instanceIds: [], roles: [roleName('db')] });

  it('is the last word, in whatever order words come', () => {
    const first = alarmAfter(undefined, roleAlarm('ALARM', nowMs));

    expect(alarmAfter(first, roleAlarm('OK', nowMs + 1))).toEqual({ state: 'OK', timeMs: nowMs + 1 });
    expect(alarmAfter(first, roleAlarm('OK', nowMs - 1))).toBe(first);
  });

  it('believes the worst of several words at one time', () => {
    const ok = alarmAfter(undefined, roleAlarm('OK', nowMs));

    expect(alarmAfter(ok, roleAlarm('ALARM', nowMs))?.state).toBe('ALARM');
  });

  it('learns nothing from anything else', () => {
    expect(alarmAfter(undefined, { kind: 'rebalance-recommendation', ...its })).toBeUndefined();
  });
});

describe('a drain', () => {
  it('stands until it is taken back, and can be said again', () => {
    const first = drained({}, nowMs, 'ana');
    const second = undrained(first, nowMs + 1, 'ben');
    const third = drained(second, nowMs + 2, 'ana');

    expect([first, second, third].map(({ leaving }) => leaving?.['operator'])).toEqual([
      { saidAtMs: nowMs, atMs: nowMs, words: 'drained by ana' },
      { saidAtMs: nowMs + 1, atMs: nowMs + 1, words: 'undrained by ben', isOver: true },
      { saidAtMs: nowMs + 2, atMs: nowMs + 2, words: 'drained by ana' },
    ]);
  });

  it('does not touch what else is known', () => {
    const known = factsOf(alarm(), health());

    expect(undrained(drained(known, nowMs, 'ana'), nowMs + 1, 'ana')).toMatchObject(known);
  });
});
