import { describe, expect, it } from 'vitest';
import { gapsWithin } from './gaps.ts';
import { launchHook, ScalingGroup, terminateHook } from './scaling-group.ts';
import { Theatre } from './theatre.ts';

/** Answers to Auto Scaling so far, by the names of the calls. */
function answers({ stage }: Theatre): readonly string[] {
  return stage.cloud.callLog
    .calls()
    .map(({ operation }) => operation)
    .filter((operation) => operation === 'CompleteLifecycleAction');
}

describe('an Auto Scaling launch hook', () => {
  it('is completed once the instance holds its role', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();

    const group = await ScalingGroup.create(theatre, { hooks: [launchHook] });

    const instance = await group.only();
    expect(await group.states()).toEqual({ [instance]: 'InService' });
    expect(await theatre.elasticIpAt()).toBe(instance);
    expect(answers(theatre)).toHaveLength(1);
  });

  it('is completed for an instance that is ready to step in', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');

    const group = await ScalingGroup.create(theatre, { hooks: [launchHook], size: 2 });

    expect(Object.values(await group.states())).toEqual(['InService', 'InService']);
    expect(await theatre.elasticIpAt()).toBe(lead);
  });

  it('is abandoned for an instance that may not hold the role', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb({ allow: { subnets: theatre.stage.world.subnetIds[1] } });

    const group = await ScalingGroup.create(theatre, { hooks: [launchHook] });

    expect(Object.values(await group.states())).not.toContain('InService');
    expect(answers(theatre).length).toBeGreaterThan(0);
    expect(await theatre.elasticIpAt()).toBeUndefined();
    expect(await theatre.slot()).toBeUndefined();
  });

  it('holds an instance back until the status checks that the role waits for are good', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb({ election: { ready: 'status-checks' } });

    const group = await ScalingGroup.create(theatre, { hooks: [launchHook] });
    const early = await group.states();
    await theatre.settle(120_000);

    const instance = await group.only();
    expect(early).toEqual({ [instance]: 'Pending:Wait' });
    expect(await group.states()).toEqual({ [instance]: 'InService' });
    expect(await theatre.elasticIpAt()).toBe(instance);
  });

  it('of somebody else is left to them', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();

    const group = await ScalingGroup.create(theatre, {
      hooks: [{ ...launchHook, LifecycleHookName: 'warm-up-caches' }],
    });

    expect(Object.values(await group.states())).toEqual(['Pending:Wait']);
    expect(answers(theatre)).toEqual([]);
  });

  it('is answered once, however often its event comes', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    await ScalingGroup.create(theatre, { hooks: [launchHook] });
    const events = theatre.witness.events.filter(({ source }) => source === 'aws.autoscaling');

    await theatre.replay([...events, ...events]);

    expect(answers(theatre)).toHaveLength(1);
  });
});

describe('an Auto Scaling termination hook', () => {
  it('waits until the understudy has everything, so that the role is never without an instance', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const group = await ScalingGroup.create(theatre, { hooks: [terminateHook] });
    const lead = await group.only();
    const understudy = await theatre.launch('db', 1);

    await group.terminate(lead, { isShrinking: true });
    const gaps = await gapsWithin(theatre, 60_000);

    expect(gaps).toEqual([]);
    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(understudy));
    expect(await group.states()).toEqual({});
    expect(await theatre.history()).toMatchObject([
      { from: lead, to: understudy, cause: `terminate-hook ${lead} databases/understudy-terminate` },
      {},
    ]);
  });

  it('waits for the replacement that the group launches, and both go without a gap', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const group = await ScalingGroup.create(theatre, { hooks: [launchHook, terminateHook] });
    const lead = await group.only();

    await group.terminate(lead, { isShrinking: false });
    const gaps = await gapsWithin(theatre, 60_000);

    const replacement = await group.only();
    expect(gaps).toEqual([]);
    expect(replacement).not.toBe(lead);
    expect(await group.states()).toEqual({ [replacement]: 'InService' });
    expect(await theatre.elasticIpAt()).toBe(replacement);
  });

  it('is given another while, for as long as there is no successor', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb({ election: { handover: '20m' } });
    const group = await ScalingGroup.create(theatre, { hooks: [terminateHook] });
    const lead = await group.only();

    await group.terminate(lead, { isShrinking: true });
    // Four times as long as the hook itself would wait.
    await theatre.settle(480_000);
    const waiting = await group.states();
    const understudy = await theatre.launch('db', 1);

    expect(waiting).toEqual({ [lead]: 'Terminating:Wait' });
    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await group.states()).toEqual({});
  });

  it('does not hold an instance longer than the role’s handover says', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb({ election: { handover: '3m' } });
    const group = await ScalingGroup.create(theatre, { hooks: [terminateHook] });
    const lead = await group.only();

    await group.terminate(lead, { isShrinking: true });
    await theatre.settle(170_000);
    const before = await group.states();
    await theatre.settle(90_000);

    expect(before).toEqual({ [lead]: 'Terminating:Wait' });
    expect(await group.states()).toEqual({});
    expect((await theatre.slot())?.holder).toBeUndefined();
  });

  it('lets go at once who holds nothing', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db', 1);
    const group = await ScalingGroup.create(theatre, { hooks: [terminateHook] });
    const understudy = await group.only();

    await group.terminate(understudy, { isShrinking: true });
    await theatre.settle(20_000);

    expect(await group.states()).toEqual({});
    expect(await theatre.elasticIpAt()).toBe(lead);
    expect(await theatre.slot()).toMatchObject({ holder: lead, generation: 1 });
  });

  it('waits for the successors of all its roles', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    await theatre.define('web', {
      records: [{ zone: 'corp.internal', name: 'web.corp.internal', value: 'privateIp' }],
    });
    const group = await ScalingGroup.create(theatre, { hooks: [terminateHook], role: 'db, web' });
    const lead = await group.only();
    const database = await theatre.launch('db', 1);

    await group.terminate(lead, { isShrinking: true });
    await theatre.settle();
    const halfWay = await group.states();
    const web = await theatre.launch('web', 1);
    // An event wakes the roles that it concerns; that all are through shows to the next resync.
    await theatre.settle(60_000);

    expect(halfWay).toEqual({ [lead]: 'Terminating:Wait' });
    expect(await theatre.slot('db')).toMatchObject({ holder: database });
    expect(await theatre.slot('web')).toMatchObject({ holder: web });
    expect(await group.states()).toEqual({});
  });

  it('of somebody else is left to them', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const foreign = { ...terminateHook, LifecycleHookName: 'ship-logs' };
    const group = await ScalingGroup.create(theatre, { hooks: [foreign, terminateHook] });
    const lead = await group.only();
    const understudy = await theatre.launch('db', 1);

    await group.terminate(lead, { isShrinking: true });
    await theatre.settle();

    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await group.states()).toEqual({ [lead]: 'Terminating:Wait' });
  });

  it('is picked up by the resync when the answer to it failed', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const group = await ScalingGroup.create(theatre, { hooks: [terminateHook] });
    const lead = await group.only();
    await theatre.launch('db', 1);
    const fault = { kind: 'error' as const, code: 'Throttling', status: 400 };
    theatre.stage.cloud.faults.add({ operation: 'CompleteLifecycleAction', timesMax: 5, fault });

    await group.terminate(lead, { isShrinking: true });
    await theatre.settle(100_000);

    expect(await group.states()).toEqual({});
  });
});
