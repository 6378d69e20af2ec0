import {
  DescribeInstanceStatusCommand,
  type InstanceStatusEvent,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import type { BusEvent } from '../../../../localcloud/core/surroundings.ts';
import { aLaunch, anEc2Room, aRunningInstance, type Ec2Room } from './ec2-room.ts';

const twoWeeksMs = 14 * 86_400_000;

function healthEvents({ events }: Ec2Room): readonly BusEvent[] {
  return events.filter(({ source }) => source === 'aws.health');
}

async function eventsOf({ client }: Ec2Room, id: string): Promise<readonly InstanceStatusEvent[]> {
  const { InstanceStatuses } = await client.send(new DescribeInstanceStatusCommand({ InstanceIds: [id] }));
  return InstanceStatuses?.[0]?.Events ?? [];
}

test('a retirement is told as AWS Health does, and terminates the instance at its time', async () => {
  const ec2 = anEc2Room();
  const id = await aRunningInstance(ec2);

  const eventArn = ec2.room.scheduleEvent({
    type: 'AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED',
    instanceIds: [id],
    startsInMs: twoWeeksMs,
    entityForm: 'arn',
  });
  const described = await eventsOf(ec2, id);
  ec2.clock.advanceBy(twoWeeksMs - 1);
  const before = ec2.room.instance(id)?.state;
  ec2.clock.advanceBy(1);

  const arn = `arn:aws:ec2:us-east-1:123456789012:instance/${id}`;
  const now = 'Thu, 01 Jan 2026 00:00:04 GMT';
  const then = 'Thu, 15 Jan 2026 00:00:04 GMT';
  const told = healthEvents(ec2);
  expect(eventArn).toMatch(
    /^arn:aws:health:us-east-1::event\/EC2\/AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED\/AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED_[0-9a-f]+$/,
  );
  expect(told[0]).toEqual({
    source: 'aws.health',
    detailType: 'AWS Health Event',
    resources: [arn],
    detail: {
      eventArn,
      service: 'EC2',
      eventTypeCode: 'AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED',
      eventTypeCategory: 'scheduledChange',
      eventScopeCode: 'ACCOUNT_SPECIFIC',
      communicationId: expect.stringMatching(/^[0-9a-f]+-1$/),
      startTime: then,
      lastUpdatedTime: now,
      statusCode: 'upcoming',
      eventRegion: 'us-east-1',
      eventDescription: [{ language: 'en_US', latestDescription: expect.any(String) }],
      affectedEntities: [{ entityValue: arn, lastUpdatedTime: now, status: 'PENDING' }],
      affectedAccount: '123456789012',
      page: '1',
      totalPages: '1',
      backupEvent: 'false',
      personas: ['OPERATIONS'],
      actionability: 'ACTION_REQUIRED',
    },
  });
  expect(described).toMatchObject([{ Code: 'instance-retirement', NotBefore: new Date(then) }]);
  expect(before).toBe('running');
  expect(ec2.room.instance(id)?.state).toBe('shutting-down');
  expect(told[1]?.detail).toMatchObject({ statusCode: 'closed', affectedEntities: [{ status: 'RESOLVED' }] });
});

describe('a scheduled event', () => {
  test.each([
    ['AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED', 'stopped'],
    ['AWS_EC2_INSTANCE_STOP_SCHEDULED', 'stopped'],
    ['AWS_EC2_INSTANCE_TERMINATION_SCHEDULED', 'terminated'],
    ['AWS_EC2_SYSTEM_REBOOT_MAINTENANCE_SCHEDULED', 'running'],
  ] as const)('%s leaves the instance %s', async (type, state) => {
    const ec2 = anEc2Room();
    const id = await aRunningInstance(ec2);

    ec2.room.scheduleEvent({ type, instanceIds: [id], startsInMs: 60_000 });
    ec2.clock.advanceBy(120_000);

    expect(ec2.room.instance(id)?.state).toBe(state);
  });

  test('of maintenance lasts two hours and is closed then', async () => {
    const ec2 = anEc2Room();
    const id = await aRunningInstance(ec2);

    ec2.room.scheduleEvent({
      type: 'AWS_EC2_SYSTEM_REBOOT_MAINTENANCE_SCHEDULED',
      instanceIds: [id],
      startsInMs: 60_000,
    });
    ec2.clock.advanceBy(60_000 + 7_199_999);
    const during = await eventsOf(ec2, id);
    ec2.clock.advanceBy(1);

    expect(during).toMatchObject([
      { Code: 'system-reboot', NotAfter: new Date(Date.UTC(2026, 0, 1, 2, 1, 4)) },
    ]);
    expect(await eventsOf(ec2, id)).toEqual([]);
    expect(healthEvents(ec2).map(({ detail }) => Reflect.get(detail, 'statusCode'))).toEqual([
      'upcoming',
      'closed',
    ]);
  });

  test('is no longer of an instance that was stopped and started', async () => {
    const ec2 = anEc2Room();
    const id = await aRunningInstance(ec2);
    ec2.room.scheduleEvent({
      type: 'AWS_EC2_INSTANCE_STOP_SCHEDULED',
      instanceIds: [id],
      startsInMs: 600_000,
    });

    await ec2.client.send(new StopInstancesCommand({ InstanceIds: [id] }));
    ec2.clock.advanceBy(60_000);
    await ec2.client.send(new StartInstancesCommand({ InstanceIds: [id] }));
    ec2.clock.advanceBy(60_000);
    const described = await eventsOf(ec2, id);
    ec2.clock.advanceBy(600_000);

    expect(described).toEqual([]);
    expect(ec2.room.instance(id)?.state).toBe('running');
  });

  test('comes in pages, and as a copy for the backup region, all of one communication', async () => {
    const ec2 = anEc2Room();
    const ids = [await aRunningInstance(ec2), await aRunningInstance(ec2), await aRunningInstance(ec2)];

    ec2.room.scheduleEvent({
      type: 'AWS_EC2_INSTANCE_STOP_SCHEDULED',
      instanceIds: ids,
      startsInMs: 60_000,
      entitiesPerPage: 2,
      hasBackupCopy: true,
    });

    const told = healthEvents(ec2);
    expect(told.map(({ resources }) => resources)).toEqual([
      ids.slice(0, 2),
      ids.slice(0, 2),
      ids.slice(2),
      ids.slice(2),
    ]);
    expect(
      told.map(({ detail }) => ['page', 'totalPages', 'backupEvent'].map((key) => Reflect.get(detail, key))),
    ).toEqual([
      ['1', '2', 'false'],
      ['1', '2', 'true'],
      ['2', '2', 'false'],
      ['2', '2', 'true'],
    ]);
    expect(new Set(told.map(({ detail }) => Reflect.get(detail, 'communicationId')))).toHaveProperty(
      'size',
      1,
    );
  });

  test('is for running instances only', async () => {
    const ec2 = anEc2Room();
    const ids = [await aRunningInstance(ec2), await aLaunch(ec2)];

    const planning = (): string =>
      ec2.room.scheduleEvent({
        type: 'AWS_EC2_INSTANCE_STOP_SCHEDULED',
        instanceIds: ids,
        startsInMs: 60_000,
      });

    expect(planning).toThrow(/is pending, not running/);
    expect(healthEvents(ec2)).toEqual([]);
  });
});
