import {
  CreateOrUpdateTagsCommand,
  DeleteTagsCommand,
  DescribeTagsCommand,
  type DescribeTagsCommandInput,
} from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from 'vitest';
import { aGroup, aRunningGroup, aScalingRoom, onlyInstance, type ScalingRoom } from './scaling-room.ts';

const ofGroup = { ResourceId: 'web', ResourceType: 'auto-scaling-group' };

async function tagsOf({ autoScaling }: ScalingRoom, input: DescribeTagsCommandInput = {}) {
  const { Tags = [] } = await autoScaling.send(new DescribeTagsCommand(input));
  return Tags.map(({ Key, Value, PropagateAtLaunch }) => [Key, Value, PropagateAtLaunch]);
}

describe('tags of a group', () => {
  test('are added, overwritten and removed by key', async () => {
    const room = aScalingRoom();
    await aGroup(room, { Tags: [{ Key: 'role', Value: 'web', PropagateAtLaunch: true }] });

    await room.autoScaling.send(
      new CreateOrUpdateTagsCommand({
        Tags: [
          { ...ofGroup, Key: 'role', Value: 'db', PropagateAtLaunch: false },
          { ...ofGroup, Key: 'team', Value: 'blue', PropagateAtLaunch: true },
        ],
      }),
    );
    const both = await tagsOf(room);
    await room.autoScaling.send(new DeleteTagsCommand({ Tags: [{ ...ofGroup, Key: 'role' }] }));

    expect(both).toEqual([
      ['role', 'db', false],
      ['team', 'blue', true],
    ]);
    expect(await tagsOf(room)).toEqual([['team', 'blue', true]]);
  });

  test('do not reach instances that run already', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room);

    await room.autoScaling.send(
      new CreateOrUpdateTagsCommand({
        Tags: [{ ...ofGroup, Key: 'role', Value: 'db', PropagateAtLaunch: true }],
      }),
    );

    const { InstanceId } = await onlyInstance(room);
    expect(room.rooms.ec2.instance(InstanceId)?.tags.has('role')).toBe(false);
  });

  test('are found by the documented filters, others are refused by name', async () => {
    const room = aScalingRoom();
    await aGroup(room, {
      Tags: [
        { Key: 'role', Value: 'web', PropagateAtLaunch: true },
        { Key: 'team', Value: 'blue', PropagateAtLaunch: false },
      ],
    });

    const found = await Promise.all(
      [
        { Name: 'auto-scaling-group', Values: ['web'] },
        { Name: 'key', Values: ['role'] },
        { Name: 'value', Values: ['blue'] },
        { Name: 'propagate-at-launch', Values: ['true'] },
      ].map(async (filter) => (await tagsOf(room, { Filters: [filter] })).map(([key]) => key)),
    );

    expect(found).toEqual([['role', 'team'], ['role'], ['team'], ['role']]);
    await expect(tagsOf(room, { Filters: [{ Name: 'colour', Values: ['x'] }] })).rejects.toThrow(
      "filter 'colour'",
    );
  });

  test('are all or none, and none of AWS', async () => {
    const room = aScalingRoom();
    await aGroup(room);

    const tagging = room.autoScaling.send(
      new CreateOrUpdateTagsCommand({
        Tags: [
          { ...ofGroup, Key: 'team', Value: 'blue' },
          { ...ofGroup, Key: 'aws:mine', Value: 'x' },
        ],
      }),
    );

    await expect(tagging).rejects.toMatchObject({ name: 'ValidationError' });
    expect(await tagsOf(room)).toEqual([]);
  });
});
