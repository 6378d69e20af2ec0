import { CreateTagsCommand, DeleteTagsCommand, DescribeTagsCommand } from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import type { Target } from '../target.ts';
import { aNetwork, anElasticIp, anInterface, ec2Page, refusal } from './ec2-world.ts';

const restrictionsPage =
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions';

async function tagsOf({ clients: { ec2 } }: Target, resourceId: string): Promise<Record<string, string>> {
  const { Tags } = await ec2.send(
    new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [resourceId] }] }),
  );
  return Object.fromEntries(Tags?.map(({ Key, Value }) => [Key, Value]) ?? []);
}

function tag({ clients: { ec2 } }: Target, resourceId: string, tags: Readonly<Record<string, string>>) {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return ec2.send(new CreateTagsCommand({ Resources: [resourceId], Tags }));
}

conformanceCase(
  'CreateTags adds to and overwrites what there is, on several resources at once',
  { source: ec2Page('CreateTags') },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const eni = await anInterface(target, subnetIds[0]);
    const { allocationId } = await anElasticIp(target);
    await tag(target, eni, { Name: 'old', kept: 'yes' });

    await target.clients.ec2.send(
      new CreateTagsCommand({
        Resources: [eni, allocationId],
        Tags: [
          { Key: 'Name', Value: 'new <&> "quoted"' },
          { Key: 'role', Value: '' },
        ],
      }),
    );

    expect(await tagsOf(target, eni)).toEqual({ Name: 'new <&> "quoted"', kept: 'yes', role: '' });
    expect(await tagsOf(target, allocationId)).toEqual({ Name: 'new <&> "quoted"', role: '' });
  },
);

conformanceCase(
  'DeleteTags with a value removes only that value, without one any, and without tags all',
  { source: ec2Page('DeleteTags'), divergences: { moto: 'removes nothing when no tag is named' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { allocationId } = await anElasticIp(target);
    const Resources = [allocationId];
    await tag(target, allocationId, { a: '1', b: '2', c: '3', d: '4' });

    await ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: 'a', Value: 'other' }] }));
    await ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: 'a', Value: '' }] }));
    await ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: 'b', Value: '2' }, { Key: 'c' }] }));
    const some = await tagsOf(target, allocationId);
    await ec2.send(new DeleteTagsCommand({ Resources }));

    expect(some).toEqual({ a: '1', d: '4' });
    expect(await tagsOf(target, allocationId)).toEqual({});
  },
);

conformanceCase('a resource takes fifty tags', { source: restrictionsPage }, async (target) => {
  const { allocationId } = await anElasticIp(target);
  await tag(target, allocationId, Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`key${n}`, 'x'])));

  const refused = await refusal(tag(target, allocationId, { oneMore: 'x' }));
  await tag(target, allocationId, { key0: 'changed' });

  expect(refused).toMatchObject({ code: 'TagLimitExceeded', status: 400 });
  expect(Object.keys(await tagsOf(target, allocationId))).toHaveLength(50);
});

conformanceCase(
  'keys of AWS, long keys and long values are refused',
  { source: restrictionsPage, divergences: { moto: 'takes keys of AWS' } },
  async (target) => {
    const { allocationId } = await anElasticIp(target);

    const codes = [
      (await refusal(tag(target, allocationId, { 'aws:mine': 'x' }))).code,
      (await refusal(tag(target, allocationId, { ['k'.repeat(129)]: 'x' }))).code,
      (await refusal(tag(target, allocationId, { key: 'v'.repeat(257) }))).code,
    ];

    expect(new Set(codes)).toEqual(new Set(['InvalidParameterValue']));
    expect(await tagsOf(target, allocationId)).toEqual({});
  },
);

conformanceCase(
  'what does not exist cannot be tagged, and nothing else in the request is',
  {
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
    divergences: { moto: 'tags anything' },
  },
  async (target) => {
    const { ec2 } = target.clients;
    const { allocationId } = await anElasticIp(target);
    const tagWith = (id: string) =>
      ec2.send(
        new CreateTagsCommand({ Resources: [allocationId, id], Tags: [{ Key: 'role', Value: 'db' }] }),
      );

    const unknown = await refusal(tagWith('i-00000000000000000'));
    const malformed = await refusal(tagWith('instance-1'));

    expect(unknown.code).toBe('InvalidInstanceID.NotFound');
    expect(malformed).toEqual({
      code: 'InvalidID',
      message: "The ID 'instance-1' is not valid",
      status: 400,
    });
    expect(await tagsOf(target, allocationId)).toEqual({});
  },
);

conformanceCase(
  'tags are found by key, value and resource type',
  { source: ec2Page('DescribeTags'), divergences: { moto: 'calls the resource type vpc-elastic-ip' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const eni = await anInterface(target, subnetIds[0]);
    const { allocationId } = await anElasticIp(target);
    const value = `conformance-${Date.now()}`;
    await tag(target, eni, { role: value, other: value });
    await tag(target, allocationId, { role: value });

    const { Tags } = await target.clients.ec2.send(
      new DescribeTagsCommand({
        Filters: [
          { Name: 'key', Values: ['role'] },
          { Name: 'value', Values: [`${value.slice(0, -1)}?`] },
          { Name: 'resource-type', Values: ['elastic-ip'] },
        ],
      }),
    );

    expect(Tags).toEqual([
      { Key: 'role', ResourceId: allocationId, ResourceType: 'elastic-ip', Value: value },
    ]);
  },
);
