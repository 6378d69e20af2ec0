import { ChangeTagsForResourceCommand, ListTagsForResourceCommand } from '@aws-sdk/client-route-53';
import { expect } from 'vitest';
import { expectedError, zoneCase } from './zone-case.ts';

const source = 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html';

zoneCase('tags of a zone are added, replaced and removed', source, async (zone) => {
  const resource = { ResourceType: 'hostedzone', ResourceId: zone.id } as const;
  const one = { Key: 'one', Value: '1' };
  await zone.route53.send(
    new ChangeTagsForResourceCommand({ ...resource, AddTags: [one, { Key: 'two', Value: '2' }] }),
  );

  await zone.route53.send(
    new ChangeTagsForResourceCommand({
      ...resource,
      AddTags: [{ Key: 'two', Value: 'new' }],
      RemoveTagKeys: ['one'],
    }),
  );

  const listed = await zone.route53.send(new ListTagsForResourceCommand(resource));
  expect(listed.ResourceTagSet).toEqual({ ...resource, Tags: [{ Key: 'two', Value: 'new' }] });
});

zoneCase(
  'the id of a tagged zone has no prefix',
  'https://github.com/getmoto/moto/issues/8931',
  async (zone) => {
    const ResourceId = '/hostedzone/Z00000000000';

    const listing = zone.route53.send(
      new ListTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId }),
    );

    const reason = `No hosted zone found with ID: ${ResourceId}`;
    await expect(listing).rejects.toMatchObject(expectedError('NoSuchHostedZone', reason, 404));
  },
);
