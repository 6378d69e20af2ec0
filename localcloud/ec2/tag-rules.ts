import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { invalidParameterValue } from './errors.ts';
import { publishTagChange } from './events.ts';
import type { ResourceKind } from './state/ids.ts';
import type { Resource, Tags } from './state/resources.ts';
import type { World } from './state/world.ts';

export const tagsInput = z.array(
  z.strictObject({ Key: z.string().optional(), Value: z.string().optional() }),
);

export const tagSpecificationsInput = z
  .array(z.strictObject({ ResourceType: z.string().optional(), Tags: tagsInput.optional() }))
  .optional();

type WireTags = z.infer<typeof tagsInput>;
type TagSpecifications = z.infer<typeof tagSpecificationsInput>;

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
const tagsPerResourceMax = 50;
const keyLengthMax = 127;
const valueLengthMax = 256;

/** No tags, never tagged. */
export const untagged = { tags: new Map<string, string>(), tagVersion: 0 } as const;

/** The tags a resource is created with, as the resource keeps them. */
export function initialTags(tags: Tags): Pick<Resource, 'tags' | 'tagVersion'> {
  return { tags, tagVersion: tags.size > 0 ? 1 : 0 };
}

/**
 * The tags that a request's specifications give to resources of `kind`. Throws InvalidParameterValue for types
 * that the action does not create.
 */
export function tagsFor(
  kind: ResourceKind,
  specifications: TagSpecifications,
  createdKinds: readonly ResourceKind[] = [kind],
): Tags {
  const tags: { Key?: string | undefined; Value?: string | undefined }[] = [];
  for (const { ResourceType, Tags } of specifications ?? []) {
    if (!createdKinds.some((created) => created === ResourceType))
      throw invalidParameterValue(
        `'${ResourceType ?? 'null'}' is not a valid taggable resource type for this operation.`,
      );
    if (ResourceType === kind) tags.push(...(Tags ?? []));
  }
  return expectTags(tags);
}

/** The tags of a request as a map, checked against the rules for tags that users set. */
export function expectTags(tags: WireTags): Tags {
  const map = new Map<string, string>();
  for (const { Key = '', Value = '' } of tags) {
    expectKey(Key);
    if (Value.length > valueLengthMax)
      throw invalidParameterValue(`Tag value exceeds the maximum length of ${valueLengthMax} characters`);
    if (map.has(Key)) throw invalidParameterValue(`Duplicate tag key '${Key}' specified.`);
    map.set(Key, Value);
  }
  expectRoom(map);
  return map;
}

/** Tags whose keys start with `aws:` are not counted. */
export function expectRoom(tags: Tags): void {
  const userTags = [...tags.keys()].filter((key) => !isReserved(key));
  if (userTags.length > tagsPerResourceMax)
    throw new AwsError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
}

export function isReserved(key: string): boolean {
  return key.toLowerCase().startsWith('aws:');
}

/** Puts the resource with these tags, and tells the bus when they differ from those before. */
export function retag(world: World, kind: ResourceKind, resource: Resource, tags: Tags): void {
  const keys = new Set([...resource.tags.keys(), ...tags.keys()]);
  const changedKeys = [...keys].filter((key) => resource.tags.get(key) !== tags.get(key));
  if (changedKeys.length === 0) return;
  const tagged = { ...resource, tags, tagVersion: resource.tagVersion + 1 };
  world.shelf(kind).put(tagged);
  publishTagChange(world, tagged, changedKeys);
}

/** Tags given at creation are an event only where the settings say so. */
export function announceInitialTags(world: World, resource: Resource): void {
  if (world.settings.isCreationTagEventSent && resource.tags.size > 0)
    publishTagChange(world, resource, [...resource.tags.keys()]);
}

/** Tags as Describe calls show them; undefined, and so left out, when there are none. */
export function tagList(tags: Tags): { Key: string; Value: string }[] | undefined {
  return tags.size === 0 ? undefined : [...tags].map(([Key, Value]) => ({ Key, Value }));
}

function expectKey(key: string): void {
  if (key === '') throw invalidParameterValue('Tag key cannot be empty');
  if (isReserved(key))
    throw invalidParameterValue("Tag keys starting with 'aws:' are reserved for internal use");
  if (key.length > keyLengthMax)
    throw invalidParameterValue(`Tag key exceeds the maximum length of ${keyLengthMax} characters`);
}
