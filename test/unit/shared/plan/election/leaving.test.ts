import { describe, expect, it } from 'vitest';
import type { InstanceFacts, LeavingSource } from '../../../../../shared/model/facts.ts';
import { aCandidate, holdersIn, leaving, minuteMs, verdictIn } from '../../../../builders/candidates.ts';
import { nowMs } from '../../../../builders/observed.ts';

const retirement = 'health AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED';
const inMinutes = (minutes: number) => ({ atMs: nowMs + minutes * minuteMs });
const iso = (minutes: number) => new Date(nowMs + minutes * minuteMs).toISOString();

describe('a holder that is known to go', () => {
  it.each<[source: string, facts: InstanceFacts, moves: boolean, words: string]>([
    [
      'by a Spot interruption',
      leaving('spot', { ...inMinutes(1), words: 'Spot interruption (terminate)' }),
      true,
      `leaving at ${iso(1)}: Spot interruption (terminate)`,
    ],
    ['by a rebalance recommendation', leaving('rebalance'), true, `leaving since ${iso(-1)}: it was said`],
    ['by a terminate hook', leaving('terminate-hook'), true, `leaving since ${iso(-1)}: it was said`],
    ['by a drain', leaving('operator'), true, `leaving since ${iso(-1)}: it was said`],
    [
      'by maintenance in 15 minutes',
      leaving(retirement, inMinutes(15)),
      true,
      `leaving at ${iso(15)}: it was said`,
    ],
    [
      'by maintenance in 16 minutes',
      leaving(retirement, inMinutes(16)),
      false,
      `leaving at ${iso(16)}: it was said`,
    ],
    [
      'by a retirement that was due',
      leaving(retirement, inMinutes(-2)),
      true,
      `leaving since ${iso(-2)}: it was said`,
    ],
    ['by none any more, as it was taken back', leaving('operator', { isOver: true }), false, ''],
    [
      'by a warning before it was stopped and started again',
      leaving('spot', { atMs: nowMs - 61 * minuteMs }),
      false,
      '',
    ],
    [
      'by a drain before it was stopped and started again',
      leaving('operator', { atMs: nowMs - 61 * minuteMs }),
      true,
      `leaving since ${iso(-61)}: it was said`,
    ],
    [
      'by a warning from the moment of its launch',
      leaving('spot', { atMs: nowMs - 60 * minuteMs + 1 }),
      true,
      `leaving since ${new Date(nowMs - 60 * minuteMs + 1).toISOString()}: it was said`,
    ],
    [
      'by a Spot interruption, though the clock of its event be far ahead of ours',
      leaving('spot', inMinutes(20)),
      true,
      `leaving at ${iso(20)}: it was said`,
    ],
    [
      'by several things: the first of them counts',
      { leaving: { ...leaving('spot', inMinutes(2)).leaving, ...leaving('rebalance').leaving } },
      true,
      `leaving since ${iso(-1)}: it was said`,
    ],
    [
      'by several things, the last of them said first',
      {
        leaving: {
          ...leaving('rebalance', { words: 'rebalance recommendation' }).leaving,
          ...leaving('spot', { ...inMinutes(-3), words: 'Spot interruption' }).leaving,
        },
      },
      true,
      `leaving since ${iso(-3)}: Spot interruption`,
    ],
  ])('%s', (_, facts, moves, words) => {
    const scene = { candidates: [aCandidate(1), aCandidate(2)], holders: [1], facts: { 1: facts } };
    const alone = { ...scene, candidates: [aCandidate(1)] };

    expect(holdersIn(scene)).toEqual([moves ? 2 : 1]);
    expect(holdersIn(alone)).toEqual([1]);
    expect(verdictIn(alone, 1)).toEqual({
      kind: 'holder',
      words: words === '' ? 'holds the role' : `holds the role; ${words}`,
    });
  });

  it('says the same of two things at one time, whichever was learned first', () => {
    const words = (...sources: readonly LeavingSource[]) => {
      const all = sources.map((source) => leaving(source, { words: source }).leaving);
      const facts = { 1: { leaving: Object.assign({}, ...all) } };
      return verdictIn({ candidates: [aCandidate(1)], holders: [1], facts }, 1).words;
    };

    expect(words('spot', 'rebalance')).toBe(`holds the role; leaving since ${iso(-1)}: rebalance`);
    expect(words('rebalance', 'spot')).toBe(words('spot', 'rebalance'));
  });

  it('hands over at once, whatever the cooldown', () => {
    const scene = {
      candidates: [aCandidate(1), aCandidate(2)],
      holders: [1],
      claimedAtMs: nowMs,
      facts: { 1: leaving('spot') },
    };

    expect(holdersIn(scene)).toEqual([2]);
    expect(verdictIn(scene, 1).kind).toBe('leaving');
  });

  it('stays when the only other one is leaving too', () => {
    const scene = {
      candidates: [aCandidate(1), aCandidate(2)],
      holders: [2],
      facts: { 1: leaving('rebalance'), 2: leaving('spot') },
    };

    expect(holdersIn(scene)).toEqual([2]);
  });
});

describe('a candidate whose maintenance is announced', () => {
  const announced = { 1: leaving(retirement, inMinutes(60)) };

  it('comes after those who stay', () => {
    expect(holdersIn({ candidates: [aCandidate(1), aCandidate(2)], facts: announced })).toEqual([2]);
  });

  it('is ready, and its verdict tells of it', () => {
    const scene = { candidates: [aCandidate(1), aCandidate(2)], holders: [2], facts: announced };

    expect(verdictIn(scene, 1)).toEqual({
      kind: 'ready',
      words: `ready to step in; leaving at ${iso(60)}: it was said`,
    });
  });
});
