import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observed, ObservedInstance } from '../../shared/model/observed.ts';
import type { Election } from '../../shared/plan/election/elect.ts';
import { elect } from '../../shared/plan/election/elect.ts';
import { combineAnswers, hookAnswers } from '../../shared/plan/hook-answers.ts';
import { deepFreeze } from '../builders/arbitraries.ts';
import { arbitraryScene } from '../builders/arbitrary-scenes.ts';
import { aCandidate, alarmed, leaving, minuteMs, observedOf } from '../builders/candidates.ts';
import { instanceId, nowMs } from '../builders/observed.ts';

const withoutWords = (observed: Observed): Observed => ({
  ...observed,
  state: { ...observed.state, words: {} },
});
const arbitraryObserved = arbitraryScene.map((scene) => deepFreeze(withoutWords(observedOf(scene))));

function electionOf(observed: Observed): Election {
  return elect(observed, observed.state.slots, () => undefined, nowMs);
}

function joinedBy(observed: Observed, newcomer: ObservedInstance): Observed {
  return { ...observed, instances: [...observed.instances, newcomer] };
}

/** Candidates have the numbers 1 to 6. */
const newcomer = 7;

describe('a newcomer', () => {
  const ineligible = fc.constantFrom<Partial<ObservedInstance>>(
    { state: 'pending' },
    { state: 'stopped' },
    { state: 'shutting-down' },
    { state: 'terminated' },
    { tags: {} },
    { tags: { role: 'web' } },
    { tags: { role: 'DB' } },
  );

  it('that cannot hold the role changes nothing', () => {
    fc.assert(
      fc.property(arbitraryObserved, ineligible, (observed, how) => {
        const election = electionOf(joinedBy(observed, aCandidate(newcomer, how)));

        expect(election.holders).toEqual(electionOf(observed).holders);
        expect(election.verdicts).toHaveLength(observed.instances.length + 1);
      }),
      { numRuns: 300 },
    );
  });

  it('that is the last whom anybody would take, takes nothing from anybody', () => {
    fc.assert(
      fc.property(arbitraryObserved, (observed) => {
        const isOldWanted = observed.role.spec.election.prefer === 'oldest';
        const last = aCandidate(newcomer, {
          tags: { role: 'db', 'role-priority': '-9', app: 'up' },
          zone: 'eu-west-1z',
          launchTimeMs: isOldWanted ? nowMs : nowMs - 10_000 * minuteMs,
        });
        const facts = {
          ...observed.state.facts,
          [last.instanceId]: { ...alarmed('ALARM'), ...leaving('operator') },
        };
        const after = electionOf(joinedBy({ ...observed, state: { ...observed.state, facts } }, last));

        for (const [slot, holder] of electionOf(observed).holders) {
          if (holder !== undefined) expect(after.holders.get(slot)).toBe(holder);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('an incumbent', () => {
  it('that is ready stays, unless its operator wants failback', () => {
    fc.assert(
      fc.property(arbitraryObserved, (observed) => {
        const { election: spec } = observed.role.spec;
        const election = electionOf(observed);

        for (const { slot, holder } of observed.state.slots) {
          const isThere = observed.instances.some((each) => each.instanceId === holder);
          if (!isThere || [...election.holders.values()].includes(holder) || spec.failback) continue;
          const verdict = election.verdicts.find((each) => each.instanceId === holder);
          expect(verdict?.kind, `slot ${slot} lost its holder`).not.toBe('ready');
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the answers to hooks', () => {
  const arbitraryHook = fc.record({
    kind: fc.constantFrom('launch' as const, 'terminate' as const),
    ageMs: fc.constantFrom(0, minuteMs, 5 * minuteMs, 20 * minuteMs),
    isAnswered: fc.boolean(),
  });
  const arbitraryHooked = fc
    .tuple(arbitraryObserved, fc.dictionary(fc.constantFrom('1', '2', '3', '8'), arbitraryHook))
    .map(([observed, hooks]) => {
      const action = { groupName: 'g', hookName: 'understudy', actionToken: 't' };
      const facts = Object.entries(hooks).map(([number, { kind, ageMs, isAnswered }]) => {
        const id = instanceId(Number(number));
        const hook = { kind, action, sinceMs: nowMs - ageMs, ...(isAnswered ? { answeredAtMs: nowMs } : {}) };
        return [id, { ...observed.state.facts[id], hook }] as const;
      });
      return { ...observed, state: { ...observed.state, facts: Object.fromEntries(facts) } };
    });

  function answersTo(observed: Observed) {
    const { holders, verdicts } = electionOf(observed);
    const slots = [...holders.values()].map((holder) => ({ holder }));
    return { holders: [...holders.values()], answers: hookAnswers(observed, { slots, verdicts }, nowMs) };
  }

  it('are one for each that waits and is not gone, and none for any other', () => {
    fc.assert(
      fc.property(arbitraryHooked, (observed) => {
        const waiting = Object.entries(observed.state.facts).flatMap(([id, { hook }]) => {
          const state = observed.instances.find((each) => each.instanceId === id)?.state;
          const isGone = state === 'shutting-down' || state === 'terminated';
          return hook !== undefined && hook.answeredAtMs === undefined && !isGone ? [id] : [];
        });

        expect(
          answersTo(observed)
            .answers.map((each) => each.instanceId)
            .toSorted(),
        ).toEqual(waiting.toSorted());
      }),
      { numRuns: 300 },
    );
  });

  it('let go whoever ends and holds nothing, and whoever held on for as long as the role gives it', () => {
    fc.assert(
      fc.property(arbitraryHooked, (observed) => {
        const { holders, answers } = answersTo(observed);

        for (const { instanceId: id, answer } of answers) {
          const hook = observed.state.facts[id]?.hook;
          if (hook?.kind !== 'terminate') continue;
          const isOver = nowMs - hook.sinceMs >= 10 * minuteMs;
          expect(answer).toBe(holders.includes(id) && !isOver ? 'wait' : 'continue');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of several roles come to one, whatever their order and however often each is given', () => {
    const answer = fc.record({
      instanceId: fc.constant(instanceId(1)),
      answer: fc.constantFrom('continue' as const, 'abandon' as const, 'wait' as const),
      words: fc.constantFrom('db: a', 'web: b', 'nat: c'),
    });
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 5 }), (answers) => {
        const one = combineAnswers(answers);

        expect(combineAnswers(answers.toReversed())).toEqual(one);
        expect(combineAnswers([...answers, ...answers]).answer).toBe(one.answer);
        if (answers.some((each) => each.answer === 'abandon')) expect(one.answer).toBe('abandon');
        else expect(one.answer).toBe(answers.some((each) => each.answer === 'wait') ? 'wait' : 'continue');
      }),
    );
  });
});
