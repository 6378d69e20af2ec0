import { describe, expect, it } from 'vitest';
import type { ObservedInstance } from '../../../../shared/model/observed.ts';
import type { Candidate } from '../../../../shared/plan/elect.ts';
import { elect } from '../../../../shared/plan/elect.ts';
import { anInstance, instanceId, nowMs } from '../../../builders/observed.ts';

/** A candidate that asks for the role and could take it. */
function aCandidate(number: number, overrides: Partial<ObservedInstance> = {}): Candidate {
  return { instance: anInstance(number, overrides), asks: true, obstacle: undefined };
}

const priority = (value: string) => ({ tags: { role: 'db', 'role-priority': value } });

describe('elect', () => {
  it.each<[who: string, candidates: Candidate[], incumbent: number | undefined, elected: number | undefined]>(
    [
      ['nobody when nobody asks', [], undefined, undefined],
      ['nobody when the incumbent is not among the candidates', [], 1, undefined],
      ['the only candidate', [aCandidate(1)], undefined, 1],
      ['the incumbent while it is healthy', [aCandidate(1), aCandidate(2)], 2, 2],
      ['the incumbent before a higher priority', [aCandidate(1, priority('9')), aCandidate(2)], 2, 2],
      ['another when the incumbent stopped', [aCandidate(1), aCandidate(2, { state: 'stopped' })], 2, 1],
      ['another when the incumbent no longer asks', [aCandidate(1), { ...aCandidate(2), asks: false }], 2, 1],
      [
        'another when something is in the way of the incumbent',
        [aCandidate(1), { ...aCandidate(2), obstacle: 'it has no public address' }],
        2,
        1,
      ],
      ['the higher priority', [aCandidate(1), aCandidate(2, priority('1'))], undefined, 2],
      [
        'a missing priority before a negative one',
        [aCandidate(1, priority('-1')), aCandidate(2)],
        undefined,
        2,
      ],
      ['an unreadable priority as none', [aCandidate(1), aCandidate(2, priority('high'))], undefined, 1],
      [
        'the older launch among equal priorities',
        [aCandidate(1, { launchTimeMs: nowMs }), aCandidate(2, { launchTimeMs: nowMs - 1 })],
        undefined,
        2,
      ],
      [
        'the lower id among those launched together',
        [aCandidate(2, { launchTimeMs: nowMs }), aCandidate(1, { launchTimeMs: nowMs })],
        undefined,
        1,
      ],
      [
        'the next who is ready, whatever the priority of those who are not',
        [aCandidate(1, { ...priority('9'), state: 'pending' }), aCandidate(2)],
        undefined,
        2,
      ],
    ],
  )('elects %s', (_, candidates, incumbent, expected) => {
    const { elected } = elect(candidates, incumbent === undefined ? undefined : instanceId(incumbent));

    expect(elected).toBe(expected === undefined ? undefined : instanceId(expected));
  });

  it.each<[state: ObservedInstance['state'], kind: string, words: string]>([
    ['pending', 'waiting', 'waiting for it to run; it is pending'],
    ['stopping', 'stopped', 'waiting for it to start; it is stopping'],
    ['stopped', 'stopped', 'waiting for it to start; it is stopped'],
    ['shutting-down', 'gone', 'is shutting-down'],
    ['terminated', 'gone', 'is terminated'],
  ])('says of an instance that is %s: %s', (state, kind, words) => {
    const { elected, verdicts } = elect([aCandidate(1, { state })], instanceId(1));

    expect(elected).toBeUndefined();
    expect(verdicts).toEqual([{ instanceId: instanceId(1), kind, words }]);
  });

  it('has a verdict on each, in the order in which they would step in', () => {
    const { verdicts } = elect(
      [
        { ...aCandidate(4), obstacle: 'it has no private address' },
        aCandidate(2),
        { ...aCandidate(3), asks: false },
        aCandidate(1, priority('5')),
      ],
      instanceId(2),
    );

    expect(verdicts).toEqual([
      { instanceId: instanceId(1), kind: 'ready', words: 'ready to step in' },
      { instanceId: instanceId(2), kind: 'holder', words: 'holds the role' },
      { instanceId: instanceId(3), kind: 'gone', words: 'no longer carries the tag of the role' },
      { instanceId: instanceId(4), kind: 'refused', words: 'refused because it has no private address' },
    ]);
  });
});
