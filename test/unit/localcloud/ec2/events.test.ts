import {
  AllocateAddressCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { aLaunch, anEc2Room, aRunningInstance, type Ec2Room } from './ec2-room.ts';

function statesTold({ events }: Ec2Room): unknown[] {
  return events
    .filter(({ source }) => source === 'aws.ec2')
    .map(({ detail }) => (detail as { state: string }).state);
}

describe('EC2 Instance State-change Notification', () => {
  test('is sent for every state of a life, with the ARN of the instance', async () => {
    const ec2Room = anEc2Room({ region: 'eu-west-1' });
    const { client, clock, events } = ec2Room;
    const id = await aRunningInstance(ec2Room);

    await client.send(new StopInstancesCommand({ InstanceIds: [id] }));
    clock.advanceBy(60_000);
    await client.send(new StartInstancesCommand({ InstanceIds: [id] }));
    clock.advanceBy(60_000);
    await client.send(new RebootInstancesCommand({ InstanceIds: [id] }));
    await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    clock.advanceBy(60_000);

    expect(statesTold(ec2Room)).toEqual([
      'pending',
      'running',
      'stopping',
      'stopped',
      'pending',
      'running',
      'shutting-down',
      'terminated',
    ]);
    expect(events[0]).toEqual({
      source: 'aws.ec2',
      detailType: 'EC2 Instance State-change Notification',
      resources: [`arn:aws:ec2:eu-west-1:123456789012:instance/${id}`],
      detail: { 'instance-id': id, state: 'pending' },
    });
  });

  test('a termination overtakes a launch: the instance never runs', async () => {
    const ec2Room = anEc2Room();
    const id = await aLaunch(ec2Room);

    await ec2Room.client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    ec2Room.clock.advanceBy(60_000);

    expect(statesTold(ec2Room)).toEqual(['pending', 'shutting-down', 'terminated']);
  });
});

describe('Tag Change on Resource', () => {
  test('tells the whole tag set, the changed keys and a growing version', async () => {
    const ec2Room = anEc2Room();
    const { client, events } = ec2Room;
    const id = await aRunningInstance(ec2Room, {
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web-1' }] }],
    });
    const before = events.length;

    await client.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'role', Value: 'db' }] }));
    await client.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: 'role' }, { Key: 'Name' }] }));

    expect(events.slice(before)).toEqual([
      {
        source: 'aws.tag',
        detailType: 'Tag Change on Resource',
        resources: [`arn:aws:ec2:us-east-1:123456789012:instance/${id}`],
        detail: {
          'changed-tag-keys': ['role'],
          service: 'ec2',
          'resource-type': 'instance',
          version: 2,
          tags: { Name: 'web-1', role: 'db' },
        },
      },
      {
        source: 'aws.tag',
        detailType: 'Tag Change on Resource',
        resources: [`arn:aws:ec2:us-east-1:123456789012:instance/${id}`],
        detail: {
          'changed-tag-keys': ['Name', 'role'],
          service: 'ec2',
          'resource-type': 'instance',
          version: 3,
          tags: {},
        },
      },
    ]);
  });

  test('is not sent when no tag changes, nor for tags given at launch', async () => {
    const ec2Room = anEc2Room();
    const Tags = [{ Key: 'role', Value: 'db' }];
    const id = await aRunningInstance(ec2Room, { TagSpecifications: [{ ResourceType: 'instance', Tags }] });

    await ec2Room.client.send(new CreateTagsCommand({ Resources: [id], Tags }));

    expect(ec2Room.events.filter(({ source }) => source === 'aws.tag')).toEqual([]);
  });

  test('is sent for tags given at launch when the settings say so', async () => {
    const ec2Room = anEc2Room({ settings: { isCreationTagEventSent: true } });

    await ec2Room.client.send(
      new AllocateAddressCommand({
        TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [{ Key: 'role', Value: 'db' }] }],
      }),
    );

    expect(ec2Room.events).toMatchObject([
      { detail: { 'resource-type': 'elastic-ip', version: 1, tags: { role: 'db' } } },
    ]);
  });
});
