import { CreateLaunchTemplateCommand, DescribeImagesCommand } from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import { described, ec2Page, imageId, present, refusal, running } from './ec2-world.ts';

conformanceCase(
  'an image tells its owner',
  { source: ec2Page('DescribeImages') },
  async ({ clients: { ec2 } }) => {
    const { Images } = await ec2.send(new DescribeImagesCommand({ ImageIds: [imageId] }));

    expect(Images).toMatchObject([
      { ImageId: imageId, OwnerId: expect.stringMatching(/^\d{12}$/), State: 'available' },
    ]);
  },
);

conformanceCase(
  'a malformed image id is refused as such',
  { source: ec2Page('DescribeImages'), divergences: { moto: 'malformed ids are not found' } },
  async ({ clients: { ec2 } }) => {
    const refused = await refusal(ec2.send(new DescribeImagesCommand({ ImageIds: ['ami-none'] })));

    expect(refused).toMatchObject({ code: 'InvalidAMIID.Malformed', status: 400 });
  },
);

conformanceCase(
  'an instance launched from a template is tagged with it',
  {
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-instances-from-launch-template.html',
  },
  async (target) => {
    const LaunchTemplateName = `conformance-${Date.now()}`;
    const { LaunchTemplate } = await target.clients.ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName,
        LaunchTemplateData: { ImageId: imageId, InstanceType: 't3.small' },
      }),
    );

    const launched = await running(target, {
      LaunchTemplate: { LaunchTemplateName },
      ImageId: undefined,
      InstanceType: undefined,
    });

    const instance = await described(target, present(launched.InstanceId));
    expect(instance).toMatchObject({ ImageId: imageId, InstanceType: 't3.small' });
    expect(instance.Tags).toEqual(
      expect.arrayContaining([
        { Key: 'aws:ec2launchtemplate:id', Value: LaunchTemplate?.LaunchTemplateId },
        { Key: 'aws:ec2launchtemplate:version', Value: '1' },
      ]),
    );
  },
);
