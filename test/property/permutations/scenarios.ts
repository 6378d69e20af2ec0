import { normalizeDnsName } from '../../../shared/model/dns-name.ts';
import { nothingWritten } from '../../../shared/model/role-state.ts';
import { busEvents } from '../../builders/bus-events.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  aRecord,
  aRole,
  heldBy,
  instanceId,
} from '../../builders/observed.ts';
import { aSettledStage } from '../../fakes/settled-stage.ts';
import { Stage } from '../../fakes/stage.ts';
import type { Scenario } from './scenario.ts';

const minuteMs = 60_000;
const weekMs = 7 * 24 * 60 * minuteMs;

/** Instance 1 holds `db` and knows no understudy yet. */
function aLonelyStage(): Stage {
  const stage = aSettledStage();
  stage.ec2.put(anInstance(2, { tags: {} }));
  return stage;
}

const webRecord = aRecord('10.0.1.2', { name: normalizeDnsName('web.corp.internal') });

/** Instance 1 holds `db`, and instance 2 holds `web`. */
function aStageOfTwoRoles(): Stage {
  const stage = aLonelyStage();
  stage.ec2.put(anInstance(2, { tags: { role: 'web' } }));
  stage.route53.put(webRecord);
  stage.store.define(
    aRole(
      { addresses: [], records: [{ zone: 'corp.internal', name: 'web.corp.internal', value: 'privateIp' }] },
      'web',
    ),
    heldBy(2, { written: { ...nothingWritten, records: [webRecord] } }),
  );
  return stage;
}

/** Alarms may move the role at any time. */
function aStageWithoutCooldown(): Stage {
  const stage = new Stage();
  stage.store.define(aRole({ election: { cooldown: '0s' } }), heldBy(1));
  stage.ec2.put(anInstance(1), anInstance(2));
  stage.ec2.putElasticIp(anElasticIp(1, { allocationId: allocationId(0xe1) }));
  stage.route53.put(aRecord('10.0.1.1'));
  return stage;
}

const killedAndReplaced: Scenario = {
  name: 'a holder that is killed, and the replacement that its group launches',
  stage: () => {
    const stage = aLonelyStage();
    stage.ec2.put(anInstance(3, { state: 'pending' }));
    return stage;
  },
  steps: [
    { happens: ({ ec2 }) => ec2.terminate(instanceId(1)), event: busEvents.state(1, 'shutting-down', 0) },
    { happens: ({ ec2 }) => ec2.put(anInstance(3)), event: busEvents.state(3, 'running', 2_000) },
    { event: busEvents.launchHook(3, 3_000) },
  ],
  ending: { holder: 3, generations: [2], answers: { 'launch-3': 'CONTINUE' } },
};

/** The same with one event more: 2,520 orders instead of 90. */
export const killedForGood: Scenario = {
  ...killedAndReplaced,
  steps: [...killedAndReplaced.steps, { event: busEvents.state(1, 'terminated', 4_000) }],
};

export const scenarios: readonly Scenario[] = [
  {
    name: 'a Spot warning with a terminate hook',
    stage: aSettledStage,
    steps: [
      { event: busEvents.rebalance(1, 0) },
      { event: busEvents.spot(1, 1_000) },
      { event: busEvents.terminateHook(1, 2_000) },
    ],
    ending: { holder: 2, generations: [2], answers: { 'terminate-1': 'CONTINUE' } },
  },
  {
    name: 'a tag moved between two instances, told by the tag service and by CloudTrail',
    stage: aLonelyStage,
    steps: [
      {
        happens: ({ ec2 }) => ec2.put(anInstance(1, { tags: {} })),
        event: busEvents.tags(1, {}, 5, 0),
      },
      {
        happens: ({ ec2 }) => ec2.put(anInstance(2)),
        event: busEvents.tags(2, { role: 'db' }, 3, 1_000),
      },
      { event: busEvents.tagCall([1, 2], 1_000) },
    ],
    ending: { holder: 2, generations: [2] },
  },
  killedAndReplaced,
  {
    name: 'an alarm that rings, is quiet and rings again',
    stage: aStageWithoutCooldown,
    steps: [
      { event: busEvents.alarm(1, 'ALARM', 100) },
      { event: busEvents.alarm(1, 'OK', 200) },
      { event: busEvents.alarm(1, 'ALARM', 300) },
    ],
    ending: { holder: 2, generations: [2] },
  },
  {
    name: 'a retirement that is announced for later, put off and called off',
    stage: aSettledStage,
    steps: [
      { event: busEvents.health(1, 0, { startsAtMs: weekMs }) },
      { event: busEvents.health(1, 1_000, { startsAtMs: 2 * weekMs }) },
      { event: busEvents.health(1, 2_000, { startsAtMs: 2 * weekMs, isClosed: true }) },
    ],
    ending: { holder: 1, generations: [1] },
  },
  {
    name: 'tags exchanged between the holders of two roles',
    stage: aStageOfTwoRoles,
    steps: [
      {
        happens: ({ ec2 }) => ec2.put(anInstance(1, { tags: { role: 'web' } })),
        event: busEvents.tags(1, { role: 'web' }, 7, 0),
      },
      {
        happens: ({ ec2 }) => ec2.put(anInstance(2)),
        event: busEvents.tags(2, { role: 'db' }, 4, 1_000),
      },
      { event: busEvents.tagCall([1, 2], 2_000) },
    ],
    ending: { holder: 2, generations: [2], otherHolders: { web: instanceId(1) } },
  },
  {
    name: 'an understudy that is to be retired, and then a holder that dies',
    stage: () => {
      const stage = aSettledStage();
      stage.ec2.put(anInstance(3));
      return stage;
    },
    steps: [
      { event: busEvents.health(2, 0, { startsAtMs: 5 * minuteMs }) },
      { event: busEvents.rebalance(2, 1_000) },
      { happens: ({ ec2 }) => ec2.terminate(instanceId(1)), event: busEvents.state(1, 'terminated', 2_000) },
    ],
    // Where the death is told first, the second has the role until its leaving is told.
    ending: { holder: 3, generations: [2, 3] },
  },
];
