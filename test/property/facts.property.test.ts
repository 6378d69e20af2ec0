import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstanceFacts } from '../../shared/model/facts.ts';
import { instanceFactsSchema } from '../../shared/model/facts.ts';
import type { Trigger } from '../../shared/model/trigger.ts';
import { factsAfter } from '../../shared/plan/learn.ts';
import { mergeFacts } from '../../shared/plan/merge-facts.ts';
import { deepFreeze } from '../builders/arbitraries.ts';
import { instanceId, nowMs } from '../builders/observed.ts';

/** Few values of everything, so that many triggers speak of the same thing at the same time. */
const arbitraryTrigger: fc.Arbitrary<Trigger> = fc
  .record({
    timeMs: fc.integer({ min: nowMs, max: nowMs + 3 }),
    instance: fc.constantFrom(1, 1, 1, 2),
    version: fc.nat(3),
    token: fc.constantFrom('token-1', 'token-2'),
    name: fc.constantFrom('cpu', 'disk', 'constructor', '7'),
    state: fc.constantFrom('OK' as const, 'ALARM' as const, 'INSUFFICIENT_DATA' as const),
    eventTypeCode: fc.constantFrom(
      'AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED',
      'AWS_EC2_INSTANCE_STOP_SCHEDULED',
    ),
    isClosed: fc.boolean(),
    interruption: fc.constantFrom('terminate' as const, 'stop' as const),
    startsAtMs: fc.constantFrom(nowMs + 10, nowMs + 20),
    pick: fc.nat(7),
  })
  .map((some): Trigger => {
    const woken = { eventId: 'e', timeMs: some.timeMs };
    const its = { ...woken, instanceId: instanceId(some.instance) };
    const theirs = { ...woken, instanceIds: [instanceId(some.instance), instanceId(3)] };
    const action = { groupName: 'databases', hookName: 'claim', actionToken: some.token };
    const { state, eventTypeCode, isClosed, startsAtMs } = some;
    const all: readonly Trigger[] = [
      { kind: 'tag-change', ...its, tags: {}, version: some.version },
      { kind: 'spot-interruption', ...its, action: some.interruption },
      { kind: 'rebalance-recommendation', ...its },
      { kind: 'launch-hook', ...its, action },
      { kind: 'terminate-hook', ...its, action },
      { kind: 'health-event', ...theirs, eventTypeCode, startsAtMs, isClosed },
      { kind: 'alarm', ...theirs, alarmName: some.name, state, roles: [] },
      { kind: 'ec2-state-change', ...its, state: 'running' },
    ];
    return all[some.pick] ?? { kind: 'scheduled-resync', ...woken };
  });

const arbitraryTriggers = fc.array(arbitraryTrigger, { maxLength: 8 });
const arbitraryFacts = arbitraryTriggers.map((triggers) => deepFreeze(factsOf(triggers)));

function factsOf(triggers: readonly Trigger[]): InstanceFacts {
  return triggers.reduce<InstanceFacts>((known, each) => factsAfter(known, each, instanceId(1)), {});
}

describe('facts', () => {
  it('come to the same whatever the order of the triggers, with each of them twice', () => {
    const twice = arbitraryTriggers.chain((triggers) =>
      fc.tuple(
        fc.constant(triggers),
        fc.shuffledSubarray([...triggers, ...triggers], { minLength: triggers.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(twice, ([once, shuffled]) => {
        expect(factsOf(shuffled)).toEqual(factsOf(once));
      }),
      { numRuns: 1_000 },
    );
  });

  it('stay the very same when a trigger comes again', () => {
    fc.assert(
      fc.property(arbitraryTriggers, (triggers) => {
        const known = deepFreeze(factsOf(triggers));

        for (const trigger of triggers) expect(factsAfter(known, trigger, instanceId(1))).toBe(known);
      }),
    );
  });

  it('of two writers are joined to the same, whichever comes first', () => {
    fc.assert(
      fc.property(arbitraryFacts, arbitraryFacts, arbitraryFacts, (a, b, c) => {
        expect(mergeFacts(a, b)).toEqual(mergeFacts(b, a));
        expect(mergeFacts(mergeFacts(a, b), c)).toEqual(mergeFacts(a, mergeFacts(b, c)));
        expect(mergeFacts(a, a)).toBe(a);
      }),
    );
  });

  it('are the same once they were stored and read', () => {
    fc.assert(
      fc.property(arbitraryFacts, (facts) => {
        expect(instanceFactsSchema.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
      }),
    );
  });
});
