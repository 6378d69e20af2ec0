import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateTagsCommand,
  DeleteLaunchTemplateCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  ModifyLaunchTemplateCommand,
  type RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { anEc2Room, type Ec2Room } from './ec2-room.ts';

const data = {
  ImageId: 'ami-0123456789abcdef0',
  InstanceType: 't3.micro',
  KeyName: 'key',
  SecurityGroupIds: ['sg-00000000000000001'],
  IamInstanceProfile: { Name: 'web' },
  UserData: Buffer.from('#!/bin/sh').toString('base64'),
  Monitoring: { Enabled: true },
  NetworkInterfaces: [
    {
      DeviceIndex: 0,
      AssociatePublicIpAddress: true,
      Groups: ['sg-00000000000000001', 'sg-00000000000000002'],
    },
  ],
  TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'role', Value: 'web' }] }],
} as const satisfies RequestLaunchTemplateData;

async function aTemplate({ client }: Ec2Room, name = 'web'): Promise<string> {
  const { LaunchTemplate } = await client.send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName: name, LaunchTemplateData: data }),
  );
  return LaunchTemplate?.LaunchTemplateId ?? '';
}

async function versionsOf({ client }: Ec2Room, Versions?: string[]) {
  const { LaunchTemplateVersions = [] } = await client.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: 'web', Versions }),
  );
  return LaunchTemplateVersions.map(({ VersionNumber, DefaultVersion, LaunchTemplateData }) => ({
    number: VersionNumber,
    isDefault: DefaultVersion,
    type: LaunchTemplateData?.InstanceType,
    image: LaunchTemplateData?.ImageId,
  }));
}

describe('a launch template', () => {
  test('keeps the data that it was given', async () => {
    const room = anEc2Room();
    const id = await aTemplate(room);

    const { LaunchTemplateVersions } = await room.client.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id }),
    );

    expect(LaunchTemplateVersions).toMatchObject([{ LaunchTemplateId: id, LaunchTemplateName: 'web' }]);
    expect(LaunchTemplateVersions?.[0]?.LaunchTemplateData).toEqual(data);
  });

  test('grows by versions, of which one is the default', async () => {
    const room = anEc2Room();
    await aTemplate(room);

    await room.client.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateName: 'web',
        SourceVersion: '$Latest',
        LaunchTemplateData: { InstanceType: 't3.small' },
      }),
    );
    const before = await versionsOf(room);
    const { LaunchTemplate } = await room.client.send(
      new ModifyLaunchTemplateCommand({ LaunchTemplateName: 'web', DefaultVersion: '2' }),
    );

    expect(before).toEqual([
      { number: 2, isDefault: false, type: 't3.small', image: data.ImageId },
      { number: 1, isDefault: true, type: 't3.micro', image: data.ImageId },
    ]);
    expect(LaunchTemplate).toMatchObject({ DefaultVersionNumber: 2, LatestVersionNumber: 2 });
    expect(await versionsOf(room, ['$Default'])).toMatchObject([{ number: 2, isDefault: true }]);
  });

  test('is described by id, name and tag', async () => {
    const room = anEc2Room();
    const [id] = [await aTemplate(room), await aTemplate(room, 'database')];
    await room.client.send(
      new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'team', Value: 'blue' }] }),
    );

    const found = await Promise.all(
      [
        { LaunchTemplateIds: [id] },
        { LaunchTemplateNames: ['web'] },
        { Filters: [{ Name: 'tag:team', Values: ['blue'] }] },
        { Filters: [{ Name: 'launch-template-name', Values: ['w*'] }] },
      ].map((input) => room.client.send(new DescribeLaunchTemplatesCommand(input))),
    );

    expect(found.map(({ LaunchTemplates }) => LaunchTemplates?.map((each) => each.LaunchTemplateId))).toEqual(
      Array(4).fill([id]),
    );
  });

  test('is made once for one client token', async () => {
    const room = anEc2Room();
    const create = new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'web',
      LaunchTemplateData: data,
      ClientToken: 'once',
    });

    const [first, second] = [await room.client.send(create), await room.client.send(create)];

    expect(second.LaunchTemplate).toEqual(first.LaunchTemplate);
    expect(room.room.world.launchTemplates.size).toBe(1);
  });

  test('is gone with all its versions when deleted, and its name is free', async () => {
    const room = anEc2Room();
    const id = await aTemplate(room);

    await room.client.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: id }));

    await expect(versionsOf(room)).rejects.toMatchObject({
      name: 'InvalidLaunchTemplateName.NotFoundException',
      message: 'The specified launch template, with template name web, does not exist.',
    });
    expect(await aTemplate(room)).not.toBe(id);
  });

  test.each([
    [
      'a name that is taken',
      { LaunchTemplateName: 'web' },
      'InvalidLaunchTemplateName.AlreadyExistsException',
    ],
    [
      'a name with a space',
      { LaunchTemplateName: 'no good' },
      'InvalidLaunchTemplateName.MalformedException',
    ],
    [
      'user data that are no base64',
      { LaunchTemplateName: 'new', LaunchTemplateData: { UserData: '#!' } },
      'InvalidParameterValue',
    ],
    [
      'data that are not modelled',
      {
        LaunchTemplateName: 'new',
        LaunchTemplateData: { InstanceMarketOptions: { MarketType: 'spot' as const } },
      },
      'UnknownParameter',
    ],
  ])('is refused with %s', async (_what, input, code) => {
    const room = anEc2Room();
    await aTemplate(room);

    const creating = room.client.send(
      new CreateLaunchTemplateCommand({ LaunchTemplateData: data, ...input }),
    );

    await expect(creating).rejects.toMatchObject({ name: code });
    expect(room.room.world.launchTemplates.size).toBe(1);
  });

  test('has no version that was not made', async () => {
    const room = anEc2Room();
    const id = await aTemplate(room);

    await expect(versionsOf(room, ['9'])).rejects.toMatchObject({
      name: 'InvalidLaunchTemplateId.VersionNotFound',
      message: `Could not find the specified version 9 for the launch template with ID ${id}.`,
    });
  });
});
