import { describe, expect, it } from 'vitest';
import { judgeLostZone, judgeMemory, judgeRound } from '../../bench/load/judge.ts';
import type { LostZone } from '../../bench/load/lost-zone.ts';
import type { ResyncRound } from '../../bench/load/resync-round.ts';

function aLoss(overrides: Partial<LostZone> = {}): LostZone {
  return {
    roles: 1_000,
    boundMs: 190_000,
    convergedMs: 191_000,
    lost: [],
    medianMs: 90_000,
    deadLetters: 0,
    redeliveries: 0,
    receivesMax: 1,
    timedOut: 0,
    failedResyncs: 0,
    counts: new Map(),
    ...overrides,
  };
}

function aRound(
  calls: Readonly<Record<string, number>> = {},
  overrides: Partial<ResyncRound> = {},
): ResyncRound {
  const counts = new Map(Object.entries(calls).map(([name, made]) => [name, { made, throttled: 0 }]));
  return { roles: 1_000, instances: 5_000, passes: 1, durationMs: 1_000, restless: 0, counts, ...overrides };
}

describe('the judge of a load', () => {
  it('finds nothing wrong with a zone that was lost without loss, and a round by pages', () => {
    expect(judgeLostZone(aLoss())).toEqual([]);
    expect(judgeRound(aRound({ 'ec2:DescribeInstances': 5, 'route53:ListResourceRecordSets': 7 }))).toEqual(
      [],
    );
    expect(judgeMemory({ heapBytes: 1, residentBytes: 1, outcomes: { noop: 5 } })).toEqual([]);
  });

  it.each([
    ['a role that is lost', aLoss({ lost: ['role-1 is held by nobody'] })],
    ['a dead letter', aLoss({ deadLetters: 1 })],
    ['a message that was about to become one', aLoss({ receivesMax: 5 })],
    ['a function that was stopped', aLoss({ timedOut: 1 })],
    ['far more time than the limits ask for', aLoss({ convergedMs: 400_000 })],
  ])('tells of %s', (_, loss) => {
    expect(judgeLostZone(loss)).toHaveLength(1);
  });

  it.each([
    ['calls that grow with roles', aRound({ 'route53:ListResourceRecordSets': 300 })],
    ['a write', aRound({ 'dynamodb:UpdateItem': 1 })],
    ['a role that does not rest', aRound({}, { restless: 1 })],
    ['a round that takes a second pass', aRound({}, { passes: 2 })],
  ])('tells of %s', (_, round) => {
    expect(judgeRound(round)).toHaveLength(1);
  });

  it('tells of more memory than the function has, and of roles that did not rest', () => {
    const large = { heapBytes: 1, residentBytes: 600 * 1_048_576, outcomes: { noop: 4, refused: 1 } };

    expect(judgeMemory(large)).toHaveLength(2);
  });
});
