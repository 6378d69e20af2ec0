import { describe, expect, it } from 'vitest';
import type { PendingHook } from '../../../../shared/model/facts.ts';
import type { HookAnswer } from '../../../../shared/model/role-plan.ts';
import { staleReadWindowMs } from '../../../../shared/plan/doubt.ts';
import { combineAnswers, hookAnswers } from '../../../../shared/plan/hook-answers.ts';
import type { Scene } from '../../../builders/candidates.ts';
import { aCandidate, alarmed, electIn, leaving, minuteMs, observedOf } from '../../../builders/candidates.ts';
import { instanceId, nowMs } from '../../../builders/observed.ts';

const hook = (kind: PendingHook['kind'], rest: Partial<PendingHook> = {}) => ({
  hook: {
    kind,
    action: { groupName: 'databases', hookName: 'claim', actionToken: 'token-1' },
    sinceMs: nowMs - minuteMs,
    ...rest,
  },
});

/** What the role says of the hooks once its election was carried out. */
function answersIn(scene: Scene): readonly HookAnswer[] {
  const { holders, verdicts } = electIn(scene);
  const slots = [...holders.values()].map((holder) => ({ holder }));
  return hookAnswers(observedOf(scene), { slots, verdicts }, nowMs);
}

const answerOf = (answer: HookAnswer['answer'], words: string) => [
  { instanceId: instanceId(1), answer, words: `db: ${words}` },
];

describe('the answer to a launch hook', () => {
  const launching = { 1: hook('launch') };
  const scene = (rest: Partial<Scene> = {}): Scene => ({
    candidates: [aCandidate(1), aCandidate(2)],
    holders: [2],
    facts: launching,
    ...rest,
  });

  it.each<[who: string, rest: Partial<Scene>, answers: readonly HookAnswer[]]>([
    ['a holder', { holders: [1] }, answerOf('continue', 'holds the role')],
    ['one that is ready', {}, answerOf('continue', 'ready to step in')],
    [
      'one that is leaving already',
      { facts: { 1: { ...hook('launch'), ...leaving('rebalance', { words: 'rebalance' }) } } },
      answerOf('continue', `leaving since ${new Date(nowMs - minuteMs).toISOString()}: rebalance`),
    ],
    [
      'one that is not ready yet',
      { election: { ready: 'status-checks' }, statusChecks: { 1: 'initializing' } },
      answerOf('wait', 'waiting for its status checks; they are initializing'),
    ],
    [
      'one that is unhealthy',
      { facts: { 1: { ...hook('launch'), ...alarmed('ALARM') } } },
      answerOf('wait', 'unhealthy because alarm cpu is in ALARM'),
    ],
    [
      'one that is still pending',
      { candidates: [aCandidate(1, { state: 'pending' }), aCandidate(2)] },
      answerOf('wait', 'waiting for it to run; it is pending'),
    ],
    [
      'one that may not hold the role',
      { allow: { instances: instanceId(2) } },
      answerOf('abandon', `refused because its id is ${instanceId(1)}; allowed is ${instanceId(2)}`),
    ],
    [
      'one that EC2 would not give the addresses to',
      { state: { unfit: [{ instanceId: instanceId(1), words: 'it is full', untilMs: nowMs + 1 }] } },
      answerOf('wait', 'refused because it is full'),
    ],
    ['one that is gone', { candidates: [aCandidate(1, { state: 'terminated' })] }, []],
    [
      'one that is well, while another is gone',
      { candidates: [aCandidate(2, { state: 'terminated' }), aCandidate(1)], holders: [1] },
      answerOf('continue', 'holds the role'),
    ],
    ['one that is going', { candidates: [aCandidate(1, { state: 'shutting-down' })] }, []],
    [
      'one that is not to be seen yet',
      { candidates: [aCandidate(2)] },
      answerOf('wait', 'waiting for its tags to be seen'),
    ],
    [
      'one that is seen without its tags yet',
      { candidates: [aCandidate(1, { tags: {} }), aCandidate(2)] },
      answerOf('wait', 'waiting for its tags to be seen'),
    ],
    [
      'one that does not ask for as long as a read may be stale',
      {
        candidates: [aCandidate(2)],
        facts: { 1: hook('launch', { sinceMs: nowMs - staleReadWindowMs }) },
      },
      answerOf('wait', 'waiting for its tags to be seen'),
    ],
    [
      'one that still does not ask a moment later',
      {
        candidates: [aCandidate(1, { tags: {} }), aCandidate(2)],
        facts: { 1: hook('launch', { sinceMs: nowMs - staleReadWindowMs - 1 }) },
      },
      answerOf('continue', 'does not ask for the role'),
    ],
    [
      'one that still does not ask after a while',
      { candidates: [aCandidate(2)], facts: { 1: hook('launch', { sinceMs: nowMs - 3 * minuteMs }) } },
      answerOf('continue', 'does not ask for the role'),
    ],
    ['one that got its answer', { facts: { 1: hook('launch', { answeredAtMs: nowMs }) } }, []],
    [
      'a holder of one slot of several',
      { candidates: [aCandidate(1), aCandidate(2), aCandidate(3)], holders: [2, 1] },
      answerOf('continue', 'holds the role'),
    ],
    ['one without a hook', { facts: { 1: alarmed('OK') } }, []],
  ])('of %s', (_, rest, answers) => {
    expect(answersIn(scene(rest))).toEqual(answers);
  });
});

describe('the answer to a terminate hook', () => {
  const terminating = (rest: Partial<PendingHook> = {}) => ({
    1: { ...hook('terminate', rest), ...leaving('terminate-hook') },
  });

  it.each<[who: string, scene: Scene, answers: readonly HookAnswer[]]>([
    [
      'a holder that handed over',
      { candidates: [aCandidate(1), aCandidate(2)], holders: [1], facts: terminating() },
      answerOf('continue', 'holds the role no more'),
    ],
    [
      'a holder without successor',
      { candidates: [aCandidate(1)], holders: [1], facts: terminating() },
      answerOf('wait', 'waiting for a successor'),
    ],
    [
      'one that has waited as long as the role lets it',
      {
        candidates: [aCandidate(1)],
        holders: [1],
        facts: terminating({ sinceMs: nowMs - 5 * minuteMs }),
        election: { handover: '5m' },
      },
      answerOf('continue', 'no successor came within 300 seconds'),
    ],
    [
      'one that holds nothing and may hold nothing',
      { candidates: [aCandidate(1)], facts: terminating(), allow: { instances: instanceId(2) } },
      answerOf('continue', 'holds the role no more'),
    ],
    ['one that is gone', { candidates: [aCandidate(1, { state: 'terminated' })], facts: terminating() }, []],
    [
      'one that is nowhere to be seen',
      { candidates: [], facts: terminating() },
      answerOf('continue', 'holds the role no more'),
    ],
  ])('of %s', (_, scene, answers) => {
    expect(answersIn(scene)).toEqual(answers);
  });
});

describe('combineAnswers', () => {
  const said = (answer: HookAnswer['answer'], words: string): HookAnswer => ({
    instanceId: instanceId(1),
    answer,
    words,
  });

  it.each<[answers: readonly HookAnswer[], answer: HookAnswer['answer'], words: string]>([
    [[said('continue', 'db: ready')], 'continue', 'db: ready'],
    [[said('continue', 'db: ready'), said('wait', 'web: pending')], 'wait', 'web: pending'],
    [[said('wait', 'db: pending'), said('abandon', 'web: refused')], 'abandon', 'web: refused'],
    [[said('wait', 'web: pending'), said('wait', 'db: pending')], 'wait', 'db: pending; web: pending'],
    [[], 'continue', ''],
  ])('of %j is %s', (answers, answer, words) => {
    expect(combineAnswers(answers)).toEqual({ answer, words });
  });
});
