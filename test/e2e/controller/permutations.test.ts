import { TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { DisableRuleCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { Alarm } from './alarm.ts';
import { launchHook, ScalingGroup, terminateHook } from './scaling-group.ts';
import { tag, untag } from './tagging.ts';
import { Theatre } from './theatre.ts';

/** Brings a role to a point, and lets things happen to it. Returns who should hold it when all is told. */
type Plot = (theatre: Theatre, disorder: () => void) => Promise<() => Promise<string>>;

const plots: Readonly<Record<string, Plot>> = {
  'a Spot warning with a terminate hook': async (theatre, disorder) => {
    const group = await ScalingGroup.create(theatre, { hooks: [terminateHook] });
    const lead = await group.only();
    const understudy = await theatre.launch('db', 1);
    disorder();
    theatre.stage.cloud.rooms.ec2.recommendRebalance(lead);
    theatre.stage.cloud.rooms.ec2.warnOfInterruption(lead, 'terminate');
    await group.terminate(lead, { isShrinking: true });
    return async () => {
      expect(await group.states()).toEqual({});
      return understudy;
    };
  },

  'a tag moved between two instances': async (theatre, disorder) => {
    const lead = await theatre.launch('db');
    const other = await theatre.launch(undefined, 1);
    disorder();
    await untag(theatre, lead);
    await tag(theatre, other, 'db');
    await tag(theatre, lead, 'nothing');
    return async () => other;
  },

  'a holder that is killed, and the replacement that its group launches': async (theatre, disorder) => {
    const group = await ScalingGroup.create(theatre, { hooks: [launchHook] });
    const lead = await group.only();
    disorder();
    await theatre.stage.clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [lead] }));
    return async () => {
      const replacement = await group.only();
      expect(await group.states()).toEqual({ [replacement]: 'InService' });
      return replacement;
    };
  },

  'an alarm that rings, is quiet and rings again': async (theatre, disorder) => {
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);
    const alarm = await Alarm.create(theatre, 'lag', { instanceId: lead });
    await theatre.settle(60_000);
    disorder();
    for (const state of ['ALARM', 'OK', 'ALARM'] as const) await alarm.becomes(state, 500);
    return async () => understudy;
  },

  'a retirement of one understudy, and the death of the lead': async (theatre, disorder) => {
    const lead = await theatre.launch('db');
    const retired = await theatre.launch('db');
    const third = await theatre.launch('db', 1);
    disorder();
    theatre.stage.cloud.rooms.ec2.scheduleEvent({
      type: 'AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED',
      instanceIds: [retired],
      startsInMs: 600_000,
      hasBackupCopy: true,
    });
    await theatre.stage.clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [lead] }));
    return async () => third;
  },
};

describe.each(Object.entries(plots))('%s', (_, plot) => {
  it.each([1, 2, 3])('comes to the same when every event comes twice and in disorder (%i)', async (seed) => {
    await using theatre = await Theatre.open({ seed });
    await theatre.defineDb();
    const expectedHolder = await plot(theatre, () => {
      theatre.stage.cloud.rooms.events.setDeliveryFaults({
        duplicateProbability: 1,
        reorderWindowMs: 20_000,
      });
    });
    // Nothing but the events: no resync makes anything good.
    await theatre.stage.clients.events.send(new DisableRuleCommand({ Name: 'understudy-resync' }));

    await theatre.settle(90_000);

    const holder = await expectedHolder();
    expect(await theatre.slot()).toMatchObject({ holder, intent: [] });
    expect(await theatre.elasticIpAt()).toBe(holder);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(holder));
    expect(await theatre.deadLetters()).toBe(0);
  });
});
