import { z } from 'zod';
import { notModelled } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import { validationError } from './errors.ts';
import { tagsInput, tagView, type WireTag, withTags } from './group-tags.ts';
import { inOrder, pageOf, pagingInput } from './page.ts';
import { autoScalingPage, guidePage } from './sources.ts';
import type { Group, GroupTag } from './state/group.ts';
import type { Groups } from './state/groups.ts';

/** CreateOrUpdateTags, DeleteTags and DescribeTags. */
export function tagOperations(groups: Groups): readonly Operation[] {
  return [createOrUpdateTags(groups), deleteTags(groups), describeTags(groups)];
}

function createOrUpdateTags(groups: Groups): Operation {
  return operation({
    name: 'CreateOrUpdateTags',
    effect: 'write',
    input: z.strictObject({ Tags: tagsInput }),
    honesty: {
      modelled: [
        'All tags or none, at most 50 a group, no keys starting with aws:. Instances that run already do not get them.',
      ],
      notModelled: ['Tag Change on Resource for groups'],
      sources: [autoScalingPage('CreateOrUpdateTags'), guidePage('ec2-auto-scaling-tagging')],
    },
    run: ({ Tags }) => {
      const changes = [...byGroup(groups, Tags)].map(
        ([group, tags]) => [group, withTags(group.tags, tags)] as const,
      );
      for (const [group, tags] of changes) group.tags = tags;
      return {};
    },
  });
}

function deleteTags(groups: Groups): Operation {
  return operation({
    name: 'DeleteTags',
    effect: 'write',
    input: z.strictObject({ Tags: tagsInput }),
    honesty: {
      modelled: ['By key, whatever the value; a key that the group has not is passed over.'],
      sources: [autoScalingPage('DeleteTags'), 'unverified: whether a value that differs keeps the tag'],
    },
    run: ({ Tags }) => {
      for (const [group, tags] of byGroup(groups, Tags)) {
        const removed = new Set(tags.map(({ Key }) => Key));
        group.tags = new Map([...group.tags].filter(([key]) => !removed.has(key)));
      }
      return {};
    },
  });
}

function byGroup(groups: Groups, tags: readonly WireTag[]): ReadonlyMap<Group, readonly WireTag[]> {
  const tagsOf = new Map<Group, WireTag[]>();
  for (const tag of tags) {
    if (tag.ResourceId === undefined || tag.ResourceType === undefined)
      throw validationError('A tag must name its group: ResourceId and ResourceType are required.');
    const group = groups.expectModifiable(tag.ResourceId);
    tagsOf.set(group, [...(tagsOf.get(group) ?? []), tag]);
  }
  return tagsOf;
}

interface TagLine {
  readonly groupName: string;
  readonly key: string;
  readonly tag: GroupTag;
}

const fields: Readonly<Record<string, (line: TagLine) => string>> = {
  'auto-scaling-group': ({ groupName }) => groupName,
  key: ({ key }) => key,
  value: ({ tag }) => tag.value,
  'propagate-at-launch': ({ tag }) => String(tag.isPropagatedAtLaunch),
};

function describeTags(groups: Groups): Operation {
  return operation({
    name: 'DescribeTags',
    effect: 'read',
    input: z.strictObject({
      Filters: z
        .array(z.strictObject({ Name: z.string().optional(), Values: z.array(z.string()).optional() }))
        .optional(),
      ...pagingInput(100),
    }),
    honesty: {
      modelled: ['All documented filters; pages of 50 unless MaxRecords says otherwise.'],
      sources: [autoScalingPage('DescribeTags'), 'unverified: the order of tags'],
    },
    run: ({ Filters = [], ...paging }) => {
      const tests = Filters.map(({ Name = '', Values = [] }) => {
        const field = Object.hasOwn(fields, Name) ? fields[Name] : undefined;
        if (field === undefined) throw notModelled(`the filter '${Name}' of DescribeTags`);
        const wanted = new Set(Values);
        return (line: TagLine) => wanted.has(field(line));
      });
      const lines = tagLines(groups).filter((line) => tests.every((test) => test(line)));
      const { page, NextToken } = pageOf(inOrder(lines, keyOfLine), keyOfLine, paging, 50);
      return { Tags: page.map(({ groupName, key, tag }) => tagView(groupName, key, tag)), NextToken };
    },
  });
}

function tagLines(groups: Groups): TagLine[] {
  return [...groups.all.values()].flatMap(({ name, tags }) =>
    [...tags].map(([key, tag]) => ({ groupName: name, key, tag })),
  );
}

// No name of a group holds a control character, so that lines are in order of group first.
function keyOfLine({ groupName, key }: TagLine): string {
  return `${groupName}\t${key}`;
}
