import { describe, expect, it } from 'vitest';
import {
  alarmFactSchema,
  alarmStates,
  instanceFactsSchema,
  operatorWordsSchema,
} from '../../../../shared/model/facts.ts';

const instanceId = 'i-0a1b2c3d4e5f60718';
const leaving = { saidAtMs: 1, atMs: 2, words: 'Spot interruption (terminate)' };
const action = { groupName: 'web-asg', hookName: 'understudy-launch', actionToken: 'token' };
const said = { by: 'ana', atMs: 1 };
const farAwayMs = 8e15;

describe('the facts of an instance', () => {
  it.each<[what: string, facts: object]>([
    ['nothing', {}],
    ['the version of its tags', { tagVersion: 3 }],
    ['why it leaves', { leaving: { spot: leaving, operator: { ...leaving, isOver: true } } }],
    ['its alarms', { alarms: { cpu: { state: 'OK', timeMs: 1 } } }],
    ['a hook that waits', { hook: { kind: 'launch', action, sinceMs: 1 } }],
    ['a hook that was answered', { hook: { kind: 'terminate', action, sinceMs: 1, answeredAtMs: 2 } }],
    ['when its launch hook was seen', { launchHookSeenAtMs: farAwayMs }],
  ])('may be %s', (_, facts) => {
    expect(instanceFactsSchema.parse(facts)).toEqual(facts);
  });

  it.each<[path: string, facts: object]>([
    ['', { tagsVersion: 3 }],
    ['tagVersion', { tagVersion: '3' }],
    ['leaving.spot', { leaving: { spot: { ...leaving, by: 'ana' } } }],
    ['leaving.spot.words', { leaving: { spot: { ...leaving, words: undefined } } }],
    ['leaving.spot.isOver', { leaving: { spot: { ...leaving, isOver: false } } }],
    ['leaving.spot.atMs', { leaving: { spot: { ...leaving, atMs: farAwayMs + 1 } } }],
    ['leaving.spot.saidAtMs', { leaving: { spot: { ...leaving, saidAtMs: -farAwayMs - 1 } } }],
    ['alarms.cpu', { alarms: { cpu: { state: 'OK', timeMs: 1, roles: [] } } }],
    ['alarms.cpu.state', { alarms: { cpu: { state: 'ok', timeMs: 1 } } }],
    ['hook.kind', { hook: { kind: 'wait', action, sinceMs: 1 } }],
    ['hook.sinceMs', { hook: { kind: 'launch', action } }],
    ['hook', { hook: { kind: 'launch', action, sinceMs: 1, answer: 'continue' } }],
    ['hook.action', { hook: { kind: 'launch', action: { ...action, region: 'x' }, sinceMs: 1 } }],
    ['hook.action.hookName', { hook: { kind: 'launch', action: { ...action, hookName: 7 }, sinceMs: 1 } }],
  ])('are refused at "%s" when they are %j', (path, facts) => {
    const { error } = instanceFactsSchema.safeParse(facts);

    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});

describe('an alarm', () => {
  it('is in one of three states, the worst of them last', () => {
    expect(alarmStates).toEqual(['OK', 'INSUFFICIENT_DATA', 'ALARM']);
    expect(alarmStates.map((state) => alarmFactSchema.safeParse({ state, timeMs: 1 }).success)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('the words of an operator', () => {
  it.each<[what: string, words: object]>([
    ['nothing', {}],
    ['a pin', { pin: { instanceId, ...said } }],
    ['a freeze', { frozen: said }],
    ['a failover', { failover: { slot: 0, generation: 0, ...said } }],
    ['a failover to an instance', { failover: { slot: 3, generation: 7, to: instanceId, ...said } }],
  ])('may be %s', (_, words) => {
    expect(operatorWordsSchema.parse(words)).toEqual(words);
  });

  it.each<[path: string, words: object]>([
    ['', { drain: said }],
    ['pin.instanceId', { pin: said }],
    ['pin', { pin: { instanceId, ...said, why: 'x' } }],
    ['frozen.by', { frozen: { atMs: 1 } }],
    ['frozen.atMs', { frozen: { by: 'ana' } }],
    ['frozen', { frozen: { ...said, why: 'x' } }],
    ['failover.slot', { failover: { slot: -1, generation: 0, ...said } }],
    ['failover.slot', { failover: { slot: 0.5, generation: 0, ...said } }],
    ['failover.generation', { failover: { slot: 0, generation: -1, ...said } }],
    ['failover.to', { failover: { slot: 0, generation: 0, to: 'db', ...said } }],
    ['failover', { failover: { slot: 0, generation: 0, from: instanceId, ...said } }],
  ])('are refused at "%s" when they are %j', (path, words) => {
    const { error } = operatorWordsSchema.safeParse(words);

    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});
