import fc from 'fast-check';
import type { InstanceFacts, OperatorWords } from '../../shared/model/facts.ts';
import type { ObservedInstance } from '../../shared/model/observed.ts';
import type { SlotState, Unfit } from '../../shared/model/role-state.ts';
import { noState, slotOf } from '../../shared/model/role-state.ts';
import { instanceStateSchema } from '../../shared/model/trigger.ts';
import type { Scene } from './candidates.ts';
import { aCandidate, alarmed, leaving, minuteMs } from './candidates.ts';
import { instanceId, nowMs } from './observed.ts';

/** Candidates have these numbers; a slot may be held by one more, who is nowhere to be seen. */
const numbers = [1, 2, 3, 4, 5, 6];

const arbitraryAgeMs = fc.constantFrom(0, minuteMs / 2, minuteMs, 20 * minuteMs, 90 * minuteMs);

function arbitraryCandidate(number: number): fc.Arbitrary<ObservedInstance> {
  return fc
    .record({
      state: fc.oneof(
        { weight: 6, arbitrary: fc.constant('running' as const) },
        { weight: 1, arbitrary: fc.constantFrom(...instanceStateSchema.options) },
      ),
      role: fc.constantFrom('db', 'db', 'db', 'web, db', 'web', 'ROLE#db', ''),
      priority: fc.constantFrom('', '1', '-1'),
      app: fc.constantFrom('up', 'down'),
      zone: fc.constantFrom('eu-west-1a', 'eu-west-1b'),
      // Few values, so that some were launched together, and some after what was said of them.
      ageMs: arbitraryAgeMs,
    })
    .map(({ state, role, priority, app, zone, ageMs }) =>
      aCandidate(number, {
        state,
        tags: { role, 'role-priority': priority, app },
        zone,
        launchTimeMs: nowMs - ageMs,
      }),
    );
}

const arbitraryFacts: fc.Arbitrary<InstanceFacts> = fc
  .array(
    fc.constantFrom<InstanceFacts>(
      {},
      {},
      {},
      alarmed('OK'),
      alarmed('ALARM'),
      alarmed('INSUFFICIENT_DATA'),
      { launchHookSeenAtMs: nowMs - minuteMs },
      leaving('spot', { atMs: nowMs + minuteMs }),
      leaving('operator'),
      leaving('operator', { isOver: true }),
      leaving('health AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED', { atMs: nowMs + 60 * minuteMs }),
    ),
    { maxLength: 3 },
  )
  .map((all) => Object.assign({}, ...all));

const arbitraryElection: fc.Arbitrary<NonNullable<Scene['election']>> = fc.record({
  prefer: fc.constantFrom('incumbent', 'priority', 'newest', 'oldest'),
  failback: fc.boolean(),
  ready: fc.constantFrom<NonNullable<Scene['election']>['ready'] & {}>(
    'running',
    'running',
    'status-checks',
    'hook',
    'alarm',
    { tag: 'app=up' },
  ),
  cooldown: fc.constantFrom('10s', '60s', '10m'),
  zones: fc.constantFrom([], ['eu-west-1b']),
});

const arbitraryWords: fc.Arbitrary<OperatorWords> = fc
  .record({
    pin: fc.option(fc.constantFrom(...numbers), { freq: 3 }),
    failover: fc.option(
      fc.record({ slot: fc.nat(2), generation: fc.nat(2), to: fc.option(fc.constantFrom(...numbers)) }),
      { freq: 2 },
    ),
    ageMs: arbitraryAgeMs,
  })
  .map(({ pin, failover, ageMs }) => {
    const said = { by: 'ana', atMs: nowMs - ageMs };
    return {
      ...(pin === null ? {} : { pin: { instanceId: instanceId(pin), ...said } }),
      ...(failover === null
        ? {}
        : {
            failover: {
              slot: failover.slot,
              generation: failover.generation,
              ...(failover.to === null ? {} : { to: instanceId(failover.to) }),
              ...said,
            },
          }),
    };
  });

function arbitrarySlots(slots: number): fc.Arbitrary<readonly SlotState[]> {
  const one = fc.record({
    holder: fc.option(fc.constantFrom(...numbers, 9), { freq: 4 }),
    generation: fc.integer({ min: 1, max: 2 }),
    ageMs: arbitraryAgeMs,
  });
  return fc.array(one, { minLength: slots, maxLength: slots }).map((all) =>
    all.map(({ holder, generation, ageMs }, slot) => ({
      ...slotOf(noState, slot),
      ...(holder === null ? {} : { holder: instanceId(holder) }),
      generation,
      claimedAtMs: nowMs - ageMs,
    })),
  );
}

const arbitraryUnfit: fc.Arbitrary<readonly Unfit[]> = fc
  .subarray([instanceId(1), instanceId(4)])
  .map((ids) => ids.map((id) => ({ instanceId: id, words: 'it is full', untilMs: nowMs + 1 })));

/** Anything that an election may find: whoever holds whatever, and all that may be known of them. */
export const arbitraryScene: fc.Arbitrary<Scene> = fc
  .record({
    candidates: fc.subarray(numbers).chain((some) => fc.tuple(...some.map(arbitraryCandidate))),
    slots: fc.integer({ min: 1, max: 3 }).chain(arbitrarySlots),
    election: arbitraryElection,
    allowed: fc.option(fc.subarray(numbers, { minLength: 1 }), { freq: 2 }),
    facts: fc.tuple(...numbers.map(() => arbitraryFacts)),
    statusChecks: fc.tuple(
      ...numbers.map(() => fc.constantFrom('ok' as const, 'impaired' as const, 'initializing' as const)),
    ),
    words: arbitraryWords,
    unfit: arbitraryUnfit,
    roleAlarmAgeMs: fc.option(arbitraryAgeMs),
  })
  .map(({ slots, allowed, facts, statusChecks, words, unfit, roleAlarmAgeMs, ...rest }) => ({
    ...rest,
    slots: slots.length,
    ...(allowed === null ? {} : { allow: { instances: allowed.map(instanceId) } }),
    facts: byNumber(facts),
    statusChecks: byNumber(statusChecks),
    state: {
      slots,
      words,
      unfit,
      alarms:
        roleAlarmAgeMs === null
          ? {}
          : { 'db is down': { state: 'ALARM' as const, timeMs: nowMs - roleAlarmAgeMs } },
    },
  }));

function byNumber<Value>(values: readonly Value[]): Record<number, Value> {
  return Object.fromEntries(values.map((value, index) => [index + 1, value]));
}
