import type { LaunchInput } from '../ec2/launch-input.ts';
import type { FoundLaunchTemplate } from '../ec2/launch-template-lookup.ts';
import type { Group, GroupTag, Placement } from './state/group.ts';

/**
 * The request that launches one instance from the template into the placement. The group's subnet overrides the
 * template's; of two tags with one key the group's wins.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
 */
export function launchInputFor(
  { data }: FoundLaunchTemplate,
  { subnetId }: Placement,
  groupTags: ReadonlyMap<string, GroupTag>,
): LaunchInput {
  const { TagSpecifications = [], NetworkInterfaces, ...rest } = data;
  const tags = new Map<string | undefined, string | undefined>();
  for (const { ResourceType, Tags = [] } of TagSpecifications)
    if (ResourceType === 'instance') for (const { Key, Value } of Tags) tags.set(Key, Value);
  for (const [key, { value, isPropagatedAtLaunch }] of groupTags)
    if (isPropagatedAtLaunch) tags.set(key, value);
  const Tags = [...tags].map(([Key, Value]) => ({ Key, Value }));
  return {
    ...rest,
    MinCount: 1,
    MaxCount: 1,
    TagSpecifications: [
      ...TagSpecifications.filter(({ ResourceType }) => ResourceType !== 'instance'),
      ...(Tags.length === 0 ? [] : [{ ResourceType: 'instance', Tags }]),
    ],
    // A request names its subnet at one place only.
    ...(NetworkInterfaces === undefined
      ? { SubnetId: subnetId }
      : {
          NetworkInterfaces: NetworkInterfaces.map((each) =>
            each.NetworkInterfaceId === undefined ? { ...each, SubnetId: subnetId } : each,
          ),
        }),
  };
}

/** The tags that AWS itself puts on an instance of the group. */
export function awsTagsOf(
  group: Pick<Group, 'name'>,
  { id, version }: Pick<FoundLaunchTemplate, 'id' | 'version'>,
): Readonly<Record<string, string>> {
  return {
    'aws:autoscaling:groupName': group.name,
    'aws:ec2launchtemplate:id': id,
    'aws:ec2launchtemplate:version': String(version),
  };
}
