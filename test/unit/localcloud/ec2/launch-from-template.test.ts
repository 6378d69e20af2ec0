import {
  CreateLaunchTemplateCommand,
  type CreateLaunchTemplateCommandOutput,
  DescribeInstancesCommand,
  type Instance,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { anEc2Room, type Ec2Room } from './ec2-room.ts';

async function aTemplate({ client }: Ec2Room): Promise<string> {
  const { LaunchTemplate }: CreateLaunchTemplateCommandOutput = await client.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'database',
      LaunchTemplateData: {
        ImageId: 'ami-0123456789abcdef0',
        InstanceType: 't3.small',
        IamInstanceProfile: { Name: 'db' },
        TagSpecifications: [
          {
            ResourceType: 'instance',
            Tags: [
              { Key: 'role', Value: 'db' },
              { Key: 'stage', Value: 'test' },
            ],
          },
        ],
      },
    }),
  );
  return LaunchTemplate?.LaunchTemplateId ?? '';
}

async function launched(
  room: Ec2Room,
  input: Partial<RunInstancesCommandInput>,
): Promise<Instance | undefined> {
  const { Instances } = await room.client.send(
    new RunInstancesCommand({ MinCount: 1, MaxCount: 1, ...input }),
  );
  const { Reservations } = await room.client.send(
    new DescribeInstancesCommand({ InstanceIds: [Instances?.[0]?.InstanceId ?? ''] }),
  );
  return Reservations?.[0]?.Instances?.[0];
}

test('an instance has what its template says, and AWS tags it with the template', async () => {
  const room = anEc2Room();
  const id = await aTemplate(room);

  const instance = await launched(room, { LaunchTemplate: { LaunchTemplateName: 'database' } });

  expect(instance).toMatchObject({
    ImageId: 'ami-0123456789abcdef0',
    InstanceType: 't3.small',
    IamInstanceProfile: { Arn: 'arn:aws:iam::123456789012:instance-profile/db' },
    Tags: [
      { Key: 'role', Value: 'db' },
      { Key: 'stage', Value: 'test' },
      { Key: 'aws:ec2launchtemplate:id', Value: id },
      { Key: 'aws:ec2launchtemplate:version', Value: '1' },
    ],
  });
});

test('what the request gives goes before what its template says', async () => {
  const room = anEc2Room();
  const LaunchTemplateId = await aTemplate(room);

  const instance = await launched(room, {
    LaunchTemplate: { LaunchTemplateId, Version: '$Latest' },
    InstanceType: 't3.large',
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'role', Value: 'replica' }] }],
  });

  expect(instance).toMatchObject({ InstanceType: 't3.large', ImageId: 'ami-0123456789abcdef0' });
  expect(instance?.Tags).toEqual(
    expect.arrayContaining([
      { Key: 'role', Value: 'replica' },
      { Key: 'stage', Value: 'test' },
    ]),
  );
});

test('a template or version that is not there is refused', async () => {
  const room = anEc2Room();
  await aTemplate(room);

  await expect(launched(room, { LaunchTemplate: { LaunchTemplateName: 'web' } })).rejects.toMatchObject({
    name: 'InvalidLaunchTemplateName.NotFoundException',
  });
  await expect(
    launched(room, { LaunchTemplate: { LaunchTemplateName: 'database', Version: '2' } }),
  ).rejects.toMatchObject({ name: 'InvalidLaunchTemplateId.VersionNotFound' });
});
