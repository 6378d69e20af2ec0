import { describe, expect, it } from 'vitest';
import { countCalls, countWrites, roundTripsUntilChanged } from '../../../demo/measure.ts';
import { failoverCalls } from '../../../docs/cost-model.ts';
import { Theatre } from './theatre.ts';

describe('the main job', () => {
  it('gives the role’s address and name to the instance that launches with its tag', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();

    const lead = await theatre.launch('db');

    expect(await theatre.elasticIpAt()).toBe(lead);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(lead));
    expect(await theatre.slot()).toMatchObject({ holder: lead, generation: 1, intent: [] });
  });

  it('moves both to the understudy when the holder is killed, within the budget of calls', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);
    const before = theatre.witness.sightings.length;

    await theatre.terminate(lead);

    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(understudy));
    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
    const failover = theatre
      .sightings(before)
      .find(({ outcomes }) => outcomes.some(({ outcome }) => outcome === 'converged'));
    const calls = failover?.calls ?? [];
    const counts = countCalls(calls);
    expect(calls.map(({ operation }) => operation).toSorted()).toEqual(failoverCalls);
    expect(counts.ec2 + counts.route53).toBeLessThanOrEqual(4);
    expect(counts.dynamodb).toBeLessThanOrEqual(5);
    expect(roundTripsUntilChanged(calls)).toBeLessThanOrEqual(4);
  });

  it('answers a duplicate with two reads of EC2 and two of DynamoDB, and no write', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);
    await theatre.terminate(lead);

    for (const event of theatre.events()) {
      const before = theatre.witness.sightings.length;
      await theatre.replay([event]);
      const [sighting] = theatre.sightings(before);
      const counts = countCalls(sighting?.calls ?? []);
      expect(counts.ec2).toBeLessThanOrEqual(2);
      expect(counts.dynamodb).toBeLessThanOrEqual(2);
      expect(counts.route53).toBe(0);
      expect(countWrites(sighting?.calls ?? [])).toBe(0);
    }
    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
  });

  it('spends one call to EC2 and one to DynamoDB on an instance that asks for nothing', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();

    await theatre.launch(undefined);

    for (const { calls, outcomes } of theatre.sightings()) {
      expect(countCalls(calls)).toEqual({ ec2: 1, route53: 0, dynamodb: 1 });
      expect(outcomes).toMatchObject([{ outcome: 'ignored' }]);
    }
    expect(theatre.sightings()).toHaveLength(2);
  });

  it('finds the roles of a terminated instance although its tags are gone', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db,web');
    const [event] = theatre.events(lead).filter((each) => JSON.stringify(each).includes('"running"'));
    await theatre.terminate(lead);
    const before = theatre.witness.sightings.length;

    await theatre.replay([{ ...event, detail: { 'instance-id': lead, state: 'terminated' } }]);

    expect(theatre.outcomes(before)).toMatchObject([{ role: 'db', outcome: 'vacant' }]);
  });

  it('serves several roles from one instance, each with its own address', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb({ addresses: [] });
    await theatre.define('web', {
      addresses: [{ elasticIp: theatre.stage.world.allocationId }],
      records: [{ zone: 'example.com', name: 'www.example.com', value: 'elasticIp' }],
    });

    const both = await theatre.launch('db, web');

    expect(await theatre.slot('db')).toMatchObject({ holder: both });
    expect(await theatre.slot('web')).toMatchObject({ holder: both });
    expect(await theatre.record('www.example.com', theatre.stage.world.publicZoneId)).toBe(
      theatre.stage.world.publicIp,
    );
  });

  it('keeps the last record and is vacant when nobody is left, until the next candidate comes', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const address = await theatre.privateIpOf(lead);

    await theatre.terminate(lead);

    expect(await theatre.record()).toBe(address);
    expect(await theatre.slot()).toMatchObject({ generation: 2 });
    expect((await theatre.slot())?.holder).toBeUndefined();

    const next = await theatre.launch('db', 1);

    expect(await theatre.elasticIpAt()).toBe(next);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(next));
    expect(await theatre.slot()).toMatchObject({ holder: next, generation: 3 });
  });

  it('writes the history of every move', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);

    await theatre.terminate(lead);

    expect(await theatre.history()).toMatchObject([
      {
        generation: 2,
        from: lead,
        to: understudy,
        cause: `ec2-state-change ${lead} shutting-down`,
        outcome: 'converged',
      },
      { generation: 1, to: lead, cause: `ec2-state-change ${lead} running` },
    ]);
  });

  it('makes good what it never heard of at the next resync', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);
    theatre.stage.cloud.rooms.events.setDeliveryFaults({ dropProbability: 1 });
    await theatre.terminate(lead);

    await theatre.settle(120_000);

    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(understudy));
  });
});
