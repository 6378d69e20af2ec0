import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../shared/plan/elect.ts';
import { elect } from '../../shared/plan/elect.ts';
import { arbitraryInstances, deepFreeze } from '../builders/arbitraries.ts';
import { instanceId } from '../builders/observed.ts';

const arbitraryCandidates: fc.Arbitrary<readonly Candidate[]> = arbitraryInstances.chain((instances) =>
  fc.tuple(
    ...instances.map((instance) =>
      fc.record({
        instance: fc.constant(instance),
        asks: fc.boolean(),
        obstacle: fc.constantFrom(undefined, undefined, 'it has no public address'),
      }),
    ),
  ),
);
const arbitraryIncumbent = fc.option(fc.integer({ min: 1, max: 6 }).map(instanceId), { nil: undefined });

function isReady({ instance, asks, obstacle }: Candidate): boolean {
  return instance.state === 'running' && asks && obstacle === undefined;
}

describe('election', () => {
  it('elects somebody whenever somebody is ready, and only who is ready', () => {
    fc.assert(
      fc.property(arbitraryCandidates, arbitraryIncumbent, (candidates, incumbent) => {
        const { elected } = elect(candidates, incumbent);

        const ready = candidates.filter(isReady).map(({ instance }) => instance.instanceId);
        expect(elected === undefined).toBe(ready.length === 0);
        if (elected !== undefined) expect(ready).toContain(elected);
      }),
    );
  });

  it('comes to the same whatever the order of the candidates, and changes none of them', () => {
    const shuffled = arbitraryCandidates.chain((candidates) =>
      fc.tuple(
        fc.constant(deepFreeze(candidates)),
        fc.shuffledSubarray([...candidates], { minLength: candidates.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, arbitraryIncumbent, ([candidates, others], incumbent) => {
        expect(elect(others, incumbent)).toEqual(elect(candidates, incumbent));
      }),
    );
  });

  it('comes to the same when a candidate is named twice', () => {
    fc.assert(
      fc.property(arbitraryCandidates, arbitraryIncumbent, (candidates, incumbent) => {
        expect(elect([...candidates, ...candidates], incumbent).elected).toBe(
          elect(candidates, incumbent).elected,
        );
      }),
    );
  });

  it('keeps whom it elected, as long as that one is ready, whoever else comes or goes', () => {
    const twice = arbitraryCandidates.chain((candidates) =>
      fc.tuple(fc.constant(candidates), fc.subarray([...candidates])),
    );
    fc.assert(
      fc.property(twice, arbitraryIncumbent, ([candidates, staying], incumbent) => {
        const { elected } = elect(candidates, incumbent);
        const isStaying = staying.some(({ instance }) => instance.instanceId === elected);

        if (isStaying) expect(elect(staying, elected).elected).toBe(elected);
        expect(elect(candidates, elected).elected).toBe(elected);
      }),
    );
  });

  it('has exactly one verdict for each candidate, and exactly one holder when somebody is elected', () => {
    fc.assert(
      fc.property(arbitraryCandidates, arbitraryIncumbent, (candidates, incumbent) => {
        const { elected, verdicts } = elect(candidates, incumbent);

        const ids = candidates.map(({ instance }) => instance.instanceId);
        expect(verdicts.map((each) => each.instanceId).toSorted()).toEqual(ids.toSorted());
        const holders = verdicts.filter(({ kind }) => kind === 'holder').map((each) => each.instanceId);
        expect(holders).toEqual(elected === undefined ? [] : [elected]);
      }),
    );
  });
});
