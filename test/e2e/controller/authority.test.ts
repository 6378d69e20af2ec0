import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalOperator } from '../cli/local-operator.ts';
import { valuesOf } from './metrics.ts';
import { ScalingGroup } from './scaling-group.ts';
import { tag } from './tagging.ts';
import { Theatre } from './theatre.ts';

const resyncMs = 61_000;

describe('a condition of `allow`', () => {
  let theatre: Theatre;
  let candidate: string;
  /** What is true of the candidate, by the condition that asks for it. */
  let truths: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    theatre = await Theatre.open();
    const group = await ScalingGroup.create(theatre, { hooks: [] });
    candidate = await group.only();
    await tag(theatre, candidate, 'dba', 'team');
    const { Reservations = [] } = await theatre.stage.clients.ec2.send(
      new DescribeInstancesCommand({ InstanceIds: [candidate] }),
    );
    const instance = Reservations[0]?.Instances?.[0];
    theatre.stage.cloud.rooms.ec2.setImageOwner(String(instance?.ImageId), { ownerId: '444455556666' });
    truths = {
      account: Reservations[0]?.OwnerId,
      autoScalingGroup: 'databases',
      launchTemplate: group.templateId,
      instanceProfile: instance?.IamInstanceProfile?.Arn,
      vpc: instance?.VpcId,
      subnets: instance?.SubnetId,
      image: instance?.ImageId,
      imageOwner: '444455556666',
      securityGroup: instance?.SecurityGroups?.[0]?.GroupId,
      instances: candidate,
      tags: { team: 'dba' },
    };
  });

  afterAll(async () => {
    await theatre[Symbol.asyncDispose]();
  });

  it.each([
    ['account', '999999999999'],
    ['autoScalingGroup', 'web'],
    ['launchTemplate', 'lt-0fffffffffffffff0'],
    ['instanceProfile', 'arn:aws:iam::111122223333:instance-profile/web'],
    ['vpc', 'vpc-0fffffffffffffff0'],
    ['subnets', ['subnet-0fffffffffffffff0', 'subnet-0fffffffffffffff1']],
    ['image', 'ami-0fffffffffffffff0'],
    ['imageOwner', 'amazon'],
    ['securityGroup', 'sg-0fffffffffffffff0'],
    ['instances', 'i-0fffffffffffffff0'],
    ['tags', { team: ['web', 'mail'] }],
  ])('on %s keeps out whom it does not mean, and lets in whom it does', async (condition, other) => {
    await theatre.defineDb({ allow: { [condition]: other } });
    await theatre.settle(resyncMs);
    const kept = {
      holder: (await theatre.slot())?.holder,
      warned: valuesOf(theatre, 'UnauthorizedCandidate'),
    };

    await theatre.defineDb({ allow: { [condition]: truths[condition] } });
    await theatre.settle(resyncMs);

    expect(kept.holder).toBeUndefined();
    expect(kept.warned.length).toBeGreaterThan(0);
    expect(await theatre.slot()).toMatchObject({ holder: candidate });
  });

  it('is not enough where another does not hold', async () => {
    await theatre.defineDb({ allow: { vpc: truths['vpc'], securityGroup: 'sg-0fffffffffffffff0' } });

    await theatre.settle(resyncMs);

    expect((await theatre.slot())?.holder).toBeUndefined();
  });
});

describe('an instance that may not hold the role', () => {
  it('is named by a metric, in the status and in the history of the next move', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    const [lettingIn, keepingOut] = theatre.stage.world.subnetIds;
    await theatre.defineDb({ allow: { subnets: lettingIn } });
    const outsider = await theatre.launch('db', 1);
    const warned = valuesOf(theatre, 'UnauthorizedCandidate');

    const insider = await theatre.launch('db', 0);
    const status = await operator.read('status db');

    const words = `refused because its subnet is ${keepingOut}; allowed is ${lettingIn}`;
    expect(warned).not.toEqual([]);
    expect(await theatre.elasticIpAt()).toBe(insider);
    expect(status).toMatchObject({
      roles: [
        {
          holder: insider,
          candidates: [
            { instanceId: insider },
            { instanceId: outsider, verdict: 'refused', unauthorized: true, words },
          ],
        },
      ],
    });
    expect((await theatre.history())[0]).toMatchObject({
      to: insider,
      verdicts: [`${insider} holds the role`, `${outsider} ${words}`],
    });
  });

  it('loses the role at the next look, when the operator draws the line behind it', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    await theatre.launch('db', 0);
    const insider = await theatre.launch('db', 1);

    await theatre.defineDb({ allow: { subnets: theatre.stage.world.subnetIds[1] } });
    await theatre.settle(resyncMs);

    expect(await theatre.elasticIpAt()).toBe(insider);
  });
});
