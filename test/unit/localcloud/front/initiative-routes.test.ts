import { expect, test } from 'vitest';
import { type Cloud, createCloud } from '../../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import type { EventEnvelope } from '../../../../localcloud/events/event-envelope.ts';
import { answerControl } from '../../../../localcloud/front/control.ts';

const aCloud = (): Cloud => createCloud({ clock: new VirtualClock() });

async function ask(
  cloud: Cloud,
  method: string,
  name: string,
  body: unknown,
): Promise<{ readonly status: number; readonly answer: unknown }> {
  const response = await answerControl(cloud, {
    method,
    path: `/_localcloud/${name}`,
    query: new URLSearchParams(),
    headers: {},
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: JSON.parse(response.body) };
}

async function aRunningInstance(cloud: Cloud): Promise<string> {
  const [id = ''] = cloud.rooms.ec2.runInstances({
    ImageId: 'ami-0123456789abcdef0',
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
  });
  await cloud.passTime(10_000);
  return id;
}

/** What reaches the default bus from now on. */
function eventsOf(cloud: Cloud): readonly EventEnvelope[] {
  const events: EventEnvelope[] = [];
  cloud.rooms.events.onEvent((event) => void events.push(event));
  return events;
}

test('an instance is interrupted two minutes after the warning on the default bus', async () => {
  const cloud = aCloud();
  const instanceId = await aRunningInstance(cloud);
  const events = eventsOf(cloud);

  const { answer } = await ask(cloud, 'POST', 'spot-interruptions', { instanceId, action: 'terminate' });
  await cloud.passTime(180_000);

  expect(answer).toEqual({ instanceId, action: 'terminate' });
  expect(events[0]).toMatchObject({
    'detail-type': 'EC2 Spot Instance Interruption Warning',
    time: '2026-01-01T00:00:10Z',
  });
  expect(cloud.rooms.ec2.instance(instanceId)?.state).toBe('terminated');
});

test('a rebalance is recommended', async () => {
  const cloud = aCloud();
  const instanceId = await aRunningInstance(cloud);
  const events = eventsOf(cloud);

  await ask(cloud, 'POST', 'rebalance-recommendations', { instanceId });

  expect(events).toMatchObject([{ 'detail-type': 'EC2 Instance Rebalance Recommendation' }]);
});

test('a retirement is scheduled and carried out', async () => {
  const cloud = aCloud();
  const instanceId = await aRunningInstance(cloud);
  const events = eventsOf(cloud);

  const { answer } = await ask(cloud, 'POST', 'scheduled-events', {
    type: 'AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED',
    instanceIds: [instanceId],
    startsInMs: 60_000,
  });
  await cloud.passTime(120_000);

  expect(events[0]).toMatchObject({ 'detail-type': 'AWS Health Event', detail: answer });
  expect(cloud.rooms.ec2.instance(instanceId)?.state).toBe('stopped');
});

test('an instance that is not there or does not run is told in EC2’s words', async () => {
  const cloud = aCloud();
  const instanceId = 'i-0123456789abcdef0';

  const { status, answer } = await ask(cloud, 'POST', 'spot-interruptions', { instanceId, action: 'stop' });

  expect(status).toBe(400);
  expect(answer).toEqual({
    error: {
      code: 'InvalidInstanceID.NotFound',
      message: `The instance ID '${instanceId}' does not exist`,
    },
  });
});

test('images get owners and are deregistered', async () => {
  const cloud = aCloud();
  const imageId = 'ami-0123456789abcdef0';

  await ask(cloud, 'PUT', 'images', { imageId, ownerId: '137112412989', ownerAlias: 'amazon' });
  const owned = cloud.rooms.ec2.world.images.get(imageId);
  await ask(cloud, 'PUT', 'images', { imageId, isDeregistered: true });

  expect(owned).toEqual({ id: imageId, ownerId: '137112412989', ownerAlias: 'amazon' });
  expect(cloud.rooms.ec2.world.images.get(imageId)).toBeUndefined();
});

test('a target group that is not there is put to no use', async () => {
  const targetGroupArn =
    'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef';

  const { status, answer } = await ask(aCloud(), 'PUT', 'target-groups', { targetGroupArn, isInUse: true });

  expect(status).toBe(400);
  expect(answer).toMatchObject({ error: { code: 'TargetGroupNotFound' } });
});
