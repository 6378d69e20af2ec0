import { TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { replay } from '../../../demo/actors.ts';
import { Theatre } from './theatre.ts';

/** The calls of one failover, each by its number among those of its name. */
const calls = [
  ['dynamodb', 'Query', 1],
  ['dynamodb', 'BatchGetItem', 1],
  ['ec2', 'DescribeInstances', 1],
  ['ec2', 'DescribeAddresses', 1],
  ['dynamodb', 'UpdateItem', 1],
  ['ec2', 'AssociateAddress', 1],
  ['route53', 'ChangeResourceRecordSets', 1],
  ['dynamodb', 'BatchWriteItem', 1],
  ['dynamodb', 'UpdateItem', 2],
] as const;

/** Those that change something: after them it matters that the function was not told. */
const writes = calls.slice(4);

interface Failover {
  readonly theatre: Theatre;
  readonly lead: string;
  readonly understudy: string;
}

async function failover(prepare: (theatre: Theatre) => void): Promise<Failover> {
  const theatre = await Theatre.open();
  await theatre.defineDb();
  const lead = await theatre.launch('db');
  const understudy = await theatre.launch('db', 1);
  prepare(theatre);
  await theatre.stage.clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [lead] }));
  await theatre.settle(180_000);
  return { theatre, lead, understudy };
}

async function expectMoved({ theatre, lead, understudy }: Failover): Promise<void> {
  expect(await theatre.elasticIpAt()).toBe(understudy);
  expect(await theatre.record()).toBe(await theatre.privateIpOf(understudy));
  expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2, intent: [] });
  const moves = (await theatre.history()).filter(({ generation }) => generation === 2);
  expect(moves).toMatchObject([{ from: lead, to: understudy, outcome: 'converged' }]);
  expect(await theatre.deadLetters()).toBe(0);
}

describe('a failover that is disturbed', () => {
  it.each(calls)(
    'is finished after the function dies at the call %s %s %i',
    async (service, operation, nth) => {
      const moved = await failover(({ stage }) => {
        const fault = { kind: 'caller-killed' as const, when: 'before-effect' as const };
        stage.cloud.faults.add({ service, operation, nth, fault });
      });
      await using _ = moved.theatre;

      await expectMoved(moved);
    },
  );

  it.each(writes)(
    'is finished after the function dies once %s %s %i is done',
    async (service, operation, nth) => {
      const moved = await failover(({ stage }) => {
        const fault = { kind: 'caller-killed' as const, when: 'after-effect' as const };
        stage.cloud.faults.add({ service, operation, nth, fault });
      });
      await using _ = moved.theatre;

      await expectMoved(moved);
    },
  );

  it.each(calls)('comes out right when the answer to %s %s %i is lost', async (service, operation, nth) => {
    const moved = await failover(({ stage }) => {
      stage.cloud.faults.add({ service, operation, nth, fault: { kind: 'response-lost' } });
    });
    await using _ = moved.theatre;

    await expectMoved(moved);
  });

  it.each(calls)('is tried again after %s %s %i was throttled ten times', async (service, operation, nth) => {
    const code = { dynamodb: 'ThrottlingException', ec2: 'RequestLimitExceeded', route53: 'Throttling' }[
      service
    ];
    const moved = await failover(({ stage }) => {
      const fault = { kind: 'error' as const, code, status: service === 'ec2' ? 503 : 400 };
      // The first calls of the name pass, the next ten do not.
      for (let call = nth; call < nth + 10; call++) {
        stage.cloud.faults.add({ service, operation, nth: call, fault });
      }
    });
    await using _ = moved.theatre;

    await expectMoved(moved);
  });
});

describe('two invocations on one role', () => {
  it('lets the second ask the first to look again, so that no wake-up is lost', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const second = await theatre.launch('db', 1);
    const third = await theatre.launch('db');
    const { ec2 } = theatre.stage.clients;
    const fault = { kind: 'latency' as const, delayMs: 5_000 };
    theatre.stage.cloud.faults.add({ service: 'ec2', operation: 'AssociateAddress', nth: 1, fault });
    const before = theatre.witness.sightings.length;

    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [lead] }));
    theatre.clock.after(2_000, () => void ec2.send(new TerminateInstancesCommand({ InstanceIds: [second] })));
    await theatre.settle(20_000);

    expect(theatre.outcomes(before)).toContainEqual(
      expect.objectContaining({
        outcome: 'waiting',
        reason: expect.stringContaining('was asked to look again'),
      }),
    );
    expect(await theatre.elasticIpAt()).toBe(third);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(third));
    expect(await theatre.slot()).toMatchObject({ holder: third, intent: [] });
  });

  it('associates once when the same death is told to several invocations at once', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);
    await theatre.stage.clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [lead] }));
    const event = {
      id: '1c0a3c1e-55f0-4a54-9bd8-2f3a0a6c1b11',
      source: 'aws.ec2',
      'detail-type': 'EC2 Instance State-change Notification',
      time: new Date(theatre.clock.now()).toISOString(),
      detail: { 'instance-id': lead, state: 'shutting-down' },
    };

    await replay(
      theatre.stage,
      Array.from({ length: 40 }, () => event),
    );
    await theatre.settle();

    const associations = theatre.stage.cloud.callLog
      .calls()
      .filter(({ operation }) => operation === 'AssociateAddress');
    expect(associations).toHaveLength(2);
    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
    expect(await theatre.elasticIpAt()).toBe(understudy);
  });
});
