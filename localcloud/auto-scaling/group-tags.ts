import { z } from 'zod';
import { limitExceeded, validationError } from './errors.ts';
import { oneOf, text } from './inputs.ts';
import type { Group, GroupTag } from './state/group.ts';

/** Tags as requests give them. */
export const tagsInput = z.array(
  z.strictObject({
    ResourceId: z.string().optional(),
    ResourceType: oneOf(['auto-scaling-group']).optional(),
    Key: text(1, 128),
    Value: z.string().max(256, 'Member must have length less than or equal to 256').optional(),
    PropagateAtLaunch: z.boolean().optional(),
  }),
);

export type WireTag = z.infer<typeof tagsInput>[number];

// https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
const tagsPerGroupMax = 50;

/** The group's tags with these written over them. Throws ValidationError and LimitExceeded. */
export function withTags(tags: Group['tags'], added: readonly WireTag[]): ReadonlyMap<string, GroupTag> {
  const merged = new Map(tags);
  for (const { Key, Value = '', PropagateAtLaunch = false } of added) {
    if (Key.toLowerCase().startsWith('aws:'))
      throw validationError('Tag keys starting with aws: are reserved for internal use');
    merged.set(Key, { value: Value, isPropagatedAtLaunch: PropagateAtLaunch });
  }
  if (merged.size > tagsPerGroupMax)
    throw limitExceeded(`The maximum number of tags for an Auto Scaling group is ${tagsPerGroupMax}`);
  return merged;
}

/** One tag as Describe actions answer it. */
export function tagView(groupName: string, key: string, { value, isPropagatedAtLaunch }: GroupTag): object {
  return {
    ResourceId: groupName,
    ResourceType: 'auto-scaling-group',
    Key: key,
    Value: value,
    PropagateAtLaunch: isPropagatedAtLaunch,
  };
}
