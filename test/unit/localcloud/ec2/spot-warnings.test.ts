import { StartInstancesCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { aLaunch, anEc2Room, aRunningInstance, type Ec2Room } from './ec2-room.ts';

/** The details of events of a type that were sent about an instance's state. */
function statesSent({ events }: Ec2Room): readonly unknown[] {
  return events
    .filter(({ detailType }) => detailType === 'EC2 Instance State-change Notification')
    .map(({ detail }) => Reflect.get(detail, 'state'));
}

describe('a Spot interruption', () => {
  test.each([
    ['terminate', 'shutting-down', 'Server.SpotInstanceTermination'],
    ['stop', 'stopping', 'Server.SpotInstanceShutdown'],
  ] as const)('to %s is warned of two minutes before', async (action, state, code) => {
    const ec2 = anEc2Room();
    const id = await aRunningInstance(ec2, { Placement: { AvailabilityZone: 'us-east-1b' } });

    ec2.room.warnOfInterruption(id, action);
    ec2.clock.advanceBy(119_999);
    const before = ec2.room.instance(id)?.state;
    ec2.clock.advanceBy(1);

    expect(ec2.events.find(({ detailType }) => detailType.includes('Spot'))).toEqual({
      source: 'aws.ec2',
      detailType: 'EC2 Spot Instance Interruption Warning',
      resources: [`arn:aws:ec2:us-east-1b:instance/${id}`],
      detail: { 'instance-id': id, 'instance-action': action },
    });
    expect(before).toBe('running');
    expect(ec2.room.instance(id)).toMatchObject({ state, stateReason: { code } });
    expect(statesSent(ec2)).toEqual(['pending', 'running', state]);
  });

  test('to hibernate begins with the warning', async () => {
    const ec2 = anEc2Room();
    const id = await aRunningInstance(ec2);

    ec2.room.warnOfInterruption(id, 'hibernate');

    expect(ec2.room.instance(id)?.state).toBe('stopping');
  });

  test('takes an instance that is protected from termination', async () => {
    const ec2 = anEc2Room();
    const id = await aRunningInstance(ec2, { DisableApiTermination: true });

    ec2.room.warnOfInterruption(id, 'terminate');
    ec2.clock.advanceBy(180_000);

    expect(ec2.room.instance(id)?.state).toBe('terminated');
  });

  test('leaves an instance alone that was stopped and started meanwhile', async () => {
    const ec2 = anEc2Room();
    const id = await aRunningInstance(ec2);
    ec2.room.warnOfInterruption(id, 'terminate');

    await ec2.client.send(new StopInstancesCommand({ InstanceIds: [id] }));
    ec2.clock.advanceBy(60_000);
    await ec2.client.send(new StartInstancesCommand({ InstanceIds: [id] }));
    ec2.clock.advanceBy(120_000);

    expect(ec2.room.instance(id)?.state).toBe('running');
  });
});

test('a rebalance recommendation is an event and nothing more', async () => {
  const ec2 = anEc2Room();
  const id = await aRunningInstance(ec2);

  ec2.room.recommendRebalance(id);
  ec2.clock.advanceBy(600_000);

  expect(ec2.events.at(-1)).toEqual({
    source: 'aws.ec2',
    detailType: 'EC2 Instance Rebalance Recommendation',
    resources: [`arn:aws:ec2:us-east-1:123456789012:instance/${id}`],
    detail: { 'instance-id': id },
  });
  expect(ec2.room.instance(id)?.state).toBe('running');
});

test('nobody is warned of what does not run', async () => {
  const ec2 = anEc2Room();
  const id = await aLaunch(ec2);

  expect(() => ec2.room.warnOfInterruption(id, 'stop')).toThrow(
    `The instance '${id}' is pending, not running.`,
  );
  expect(() => ec2.room.recommendRebalance('i-0123456789abcdef0')).toThrow(
    "The instance ID 'i-0123456789abcdef0' does not exist",
  );
  expect(ec2.events.map(({ source, detailType }) => [source, detailType])).toEqual([
    ['aws.ec2', 'EC2 Instance State-change Notification'],
  ]);
});
