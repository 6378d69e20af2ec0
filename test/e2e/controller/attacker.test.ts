import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { countWrites } from '../../../demo/measure.ts';
import { valuesOf } from './metrics.ts';
import { tag } from './tagging.ts';
import { Theatre } from './theatre.ts';

const soonMs = 10_000;

interface Attack {
  readonly theatre: Theatre;
  readonly lead: string;
  readonly understudy: string;
  /** Runs in the second subnet, which the role does not allow, and can write tags. */
  readonly attacker: string;
}

async function openUnderAttack(): Promise<Attack> {
  const theatre = await Theatre.open();
  await theatre.defineDb({ allow: { subnets: theatre.stage.world.subnetIds[0] } });
  return {
    theatre,
    lead: await theatre.launch('db', 0),
    understudy: await theatre.launch('db', 0),
    attacker: await theatre.launch(undefined, 1),
  };
}

/** What the controller has written since, anywhere but in its own table. */
function writesToTheWorld({ witness }: Theatre, from: number): number {
  return witness.sightings
    .slice(from)
    .map(({ calls }) => countWrites(calls.filter(({ service }) => service !== 'dynamodb')))
    .reduce((sum, count) => sum + count, 0);
}

/** Every key of the controller's table. */
async function keysIn({ stage }: Theatre): Promise<readonly string[]> {
  const { Items = [] } = await stage.clients.dynamodb.send(
    new ScanCommand({ TableName: stage.deployment.tableName, ConsistentRead: true }),
  );
  return Items.map(({ pk, sk }) => `${pk?.S} ${sk?.S}`).toSorted();
}

describe('an instance that tags itself', () => {
  it('gets nothing, is named, and disturbs nobody', async () => {
    const { theatre, lead, attacker } = await openUnderAttack();
    await using _ = theatre;
    const before = theatre.witness.sightings.length;

    await tag(theatre, attacker, 'db');
    await tag(theatre, attacker, '999999', 'role-priority');
    await theatre.settle(120_000);

    expect(writesToTheWorld(theatre, before)).toBe(0);
    expect(await theatre.slot()).toMatchObject({ holder: lead, generation: 1 });
    expect(valuesOf(theatre, 'UnauthorizedCandidate').length).toBeGreaterThan(0);
    expect(theatre.outcomes(before).map(({ outcome }) => outcome)).toEqual(['noop', 'noop']);
  });

  it('gets nothing even when it is the last one', async () => {
    const { theatre, lead, understudy, attacker } = await openUnderAttack();
    await using _ = theatre;
    await tag(theatre, attacker, 'db');
    await theatre.settle(soonMs);

    await theatre.terminate(understudy);
    await theatre.terminate(lead);
    await theatre.settle(120_000);

    expect((await theatre.slot())?.holder).toBeUndefined();
    expect(await theatre.elasticIpAt()).toBeUndefined();
    expect(await theatre.record()).not.toBe(await theatre.privateIpOf(attacker));
  });
});

describe('an instance that squats names', () => {
  it.each([
    ['keys of the table', 'ROLE#db,SPEC,STATE,ROLES,RESYNC'],
    ['wildcards', '*,d*,db*,?b'],
    ['the role in another dress', 'DB,d\u200bb,ｄｂ,db\u0000,\tdb,db\n'],
    ['names of what JavaScript has', '__proto__,constructor,hasOwnProperty'],
    ['a value as long as there can be', 'x'.repeat(256)],
    ['expressions', "db' OR '1'='1,$(db),{{db}},%64%62"],
    ['roles that do not exist', Array.from({ length: 30 }, (_, index) => `r-${index}`).join(',')],
  ])('with %s finds no role, and leaves nothing in the table', async (_, value) => {
    const { theatre, lead, attacker } = await openUnderAttack();
    await using _theatre = theatre;
    const keys = await keysIn(theatre);
    const before = theatre.witness.sightings.length;

    await tag(theatre, attacker, value);
    await theatre.settle(soonMs);

    expect(theatre.sightings(before)).toHaveLength(1);
    expect(theatre.outcomes(before).every(({ outcome }) => outcome === 'ignored')).toBe(true);
    expect(await deadLettersAndFailures(theatre, before)).toEqual({ deadLetters: 0, failures: [] });
    // What an instance told of itself is one item, whatever it told.
    expect((await keysIn(theatre)).filter((key) => key !== `INSTANCE#${attacker} FACTS`)).toEqual(keys);
    expect(await theatre.slot()).toMatchObject({ holder: lead, generation: 1 });
  });
});

async function deadLettersAndFailures(theatre: Theatre, from: number): Promise<object> {
  const failures = theatre.sightings(from).flatMap(({ failure }) => failure ?? []);
  return { deadLetters: await theatre.deadLetters(), failures };
}

describe('an instance that floods tags', () => {
  it('does not hold up a failover, and the table does not grow with its tags', async () => {
    const { theatre, lead, understudy, attacker } = await openUnderAttack();
    await using _ = theatre;
    for (let number = 0; number < 100; number++) {
      await tag(theatre, attacker, number % 2 === 1 ? `db,flood-${number}` : `flood-${number}`);
    }

    await theatre.stage.clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [lead] }));
    await theatre.settle(soonMs);

    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await theatre.slot()).toMatchObject({ generation: 2 });
    expect((await keysIn(theatre)).filter((key) => key.startsWith(`INSTANCE#${attacker}`))).toEqual([
      `INSTANCE#${attacker} FACTS`,
      `INSTANCE#${attacker} ROLE#db`,
    ]);
    expect(await theatre.deadLetters()).toBe(0);
  });
});

describe('an instance that claims during a failover', () => {
  it.each([0, 30, 80, 120, 200])(
    'loses to the understudy when it tags itself %i ms after the lead was killed',
    async (delayMs) => {
      const { theatre, lead, understudy, attacker } = await openUnderAttack();
      await using _ = theatre;

      await theatre.stage.clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [lead] }));
      await theatre.settle(delayMs);
      await tag(theatre, attacker, 'db');
      await theatre.settle();

      expect(await theatre.elasticIpAt()).toBe(understudy);
      expect(await theatre.record()).toBe(await theatre.privateIpOf(understudy));
      expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2, intent: [] });
    },
  );
});

describe('somebody who may put events on the bus', () => {
  it('can pass neither for AWS nor for an operator', async () => {
    const { theatre, lead } = await openUnderAttack();
    await using _ = theatre;
    const before = theatre.witness.sightings.length;
    const entries = [
      {
        Source: 'aws.ec2',
        DetailType: 'EC2 Instance State-change Notification',
        Detail: JSON.stringify({ 'instance-id': lead, state: 'terminated' }),
      },
      {
        Source: 'understudy',
        DetailType: 'Operator Request',
        Detail: JSON.stringify({ roles: ['db'], words: 'failover of db by nobody' }),
      },
    ];

    const { Entries = [] } = await theatre.stage.clients.events.send(
      new PutEventsCommand({ Entries: entries }),
    );
    await theatre.settle(soonMs);

    expect(Entries.map(({ ErrorCode }) => ErrorCode)).toEqual(['NotAuthorizedForSourceException', undefined]);
    expect(theatre.sightings(before)).toEqual([]);
    expect(await theatre.slot()).toMatchObject({ holder: lead, generation: 1 });
  });
});
