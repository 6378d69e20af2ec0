import {
  CreateOrUpdateTagsCommand,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeTagsCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import { expect } from 'vitest';
import { refusal } from '../ec2/ec2-world.ts';
import { scalingCase } from './scaling-case.ts';
import { aGroup, autoScalingPage, theInstance } from './scaling-world.ts';

scalingCase('the name of a group is taken', autoScalingPage('CreateAutoScalingGroup'), async (target) => {
  const name = await aGroup(target, { DesiredCapacity: 0 });

  const { code, message } = await refusal(aGroup(target, { AutoScalingGroupName: name, DesiredCapacity: 0 }));

  expect(code).toBe('AlreadyExistsFault');
  expect(message).toBe(
    `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
  );
});

for (const [what, input, message] of [
  [
    'a maximum under the minimum',
    { MinSize: 2, MaxSize: 1 },
    'Max bound, 1, must be greater than or equal to min bound, 2',
  ],
  [
    'a desired capacity out of bounds',
    { MinSize: 1, MaxSize: 2, DesiredCapacity: 5 },
    'Desired capacity:5 must be between the specified min size:1 and max size:2',
  ],
  [
    'no launch template',
    { LaunchTemplate: undefined },
    'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
  ],
] as const)
  scalingCase(
    `a group with ${what} is refused`,
    autoScalingPage('CreateAutoScalingGroup'),
    async (target) => {
      const refused = await refusal(aGroup(target, { DesiredCapacity: undefined, ...input }));

      expect(refused).toMatchObject({ code: 'ValidationError', message, status: 400 });
    },
  );

scalingCase(
  'a group with neither zones nor subnets is refused',
  autoScalingPage('CreateAutoScalingGroup'),
  async (target) => {
    const refused = await refusal(aGroup(target, { VPCZoneIdentifier: undefined }));

    expect(refused).toMatchObject({
      code: 'ValidationError',
      message: 'At least one Availability Zone or VPC Subnet is required.',
    });
  },
);

scalingCase(
  'a name of no group finds nothing',
  autoScalingPage('DescribeAutoScalingGroups'),
  async (target) => {
    const { AutoScalingGroups } = await target.clients.autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['conformance-nobody'] }),
    );

    expect(AutoScalingGroups).toEqual([]);
  },
);

scalingCase(
  'a desired capacity beyond the bounds is refused',
  autoScalingPage('SetDesiredCapacity'),
  async (target) => {
    const name = await aGroup(target, { MinSize: 1, MaxSize: 2 });
    const refused = async (DesiredCapacity: number): Promise<string> => {
      const setting = target.clients.autoScaling.send(
        new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity }),
      );
      return (await refusal(setting)).message;
    };

    expect(await refused(3)).toBe(
      'New SetDesiredCapacity value 3 is above max value 2 for the AutoScalingGroup.',
    );
    expect(await refused(0)).toBe(
      'New SetDesiredCapacity value 0 is below min value 1 for the AutoScalingGroup.',
    );
  },
);

scalingCase(
  'a group with instances is deleted only by force',
  autoScalingPage('DeleteAutoScalingGroup'),
  async (target) => {
    const name = await aGroup(target);
    await theInstance(target, name);
    const remove = (ForceDelete: boolean) =>
      target.clients.autoScaling.send(
        new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: name, ForceDelete }),
      );

    const { code } = await refusal(remove(false));
    await remove(true);

    expect(code).toBe('ResourceInUseFault');
    await target.eventually(async () => {
      const { AutoScalingGroups } = await target.clients.autoScaling.send(
        new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
      );
      expect(AutoScalingGroups).toEqual([]);
    });
  },
);

scalingCase(
  'a group that is not there is a ValidationError',
  autoScalingPage('CreateOrUpdateTags'),
  async (target) => {
    const setting = target.clients.autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'conformance-nobody', DesiredCapacity: 1 }),
    );

    expect(await refusal(setting)).toMatchObject({ code: 'ValidationError', status: 400 });
  },
);

scalingCase('tags are overwritten by key', autoScalingPage('CreateOrUpdateTags'), async (target) => {
  const name = await aGroup(target, {
    DesiredCapacity: 0,
    Tags: [{ Key: 'role', Value: 'web', PropagateAtLaunch: true }],
  });
  const tag = { ResourceId: name, ResourceType: 'auto-scaling-group', Key: 'role', Value: 'db' };

  await target.clients.autoScaling.send(
    new CreateOrUpdateTagsCommand({ Tags: [{ ...tag, PropagateAtLaunch: false }] }),
  );

  const { Tags } = await target.clients.autoScaling.send(
    new DescribeTagsCommand({ Filters: [{ Name: 'auto-scaling-group', Values: [name] }] }),
  );
  expect(Tags).toEqual([{ ...tag, PropagateAtLaunch: false }]);
});

scalingCase(
  'a launch template that is not there is refused',
  autoScalingPage('CreateAutoScalingGroup'),
  async (target) => {
    const creating = aGroup(target, { LaunchTemplate: { LaunchTemplateName: 'conformance-nobody' } });

    expect(await refusal(creating)).toMatchObject({
      code: 'ValidationError',
      message:
        'You must use a valid fully-formed launch template. The specified launch template, with template name conformance-nobody, does not exist.',
    });
  },
);
