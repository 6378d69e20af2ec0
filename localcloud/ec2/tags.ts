import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { invalidParameterValue } from './errors.ts';
import { compileFilters, exactValues, type FilterFields, filtersInput } from './filters.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { cutPage, pagingInput } from './paging.ts';
import { kindOfId, notFound, type ResourceKind } from './state/ids.ts';
import type { Resource, Tags } from './state/resources.ts';
import type { World } from './state/world.ts';
import { expectRoom, expectTags, isReserved, retag, tagsInput } from './tag-rules.ts';

interface Tagged {
  readonly kind: ResourceKind;
  readonly resource: Resource;
}

const taggableKinds: readonly ResourceKind[] = [
  'instance',
  'network-interface',
  'elastic-ip',
  'vpc',
  'subnet',
  'internet-gateway',
  'route-table',
  'security-group',
  'volume',
  'launch-template',
];

/** CreateTags, DeleteTags and DescribeTags. */
export function tagOperations(world: World): readonly Operation[] {
  return [createTags(world), deleteTags(world), describeTags(world)];
}

function createTags(world: World): Operation {
  return ec2Operation({
    name: 'CreateTags',
    effect: 'write',
    input: { Resources: z.array(z.string()), Tags: tagsInput },
    honesty: {
      modelled: [
        'All resources are tagged or none.',
        'At most 50 tags a resource, keys up to 127 and values up to 256 characters, no keys starting with aws:.',
        'An id that is malformed or of an unknown kind is InvalidID; one that does not exist is the NotFound of its kind.',
        'Sends Tag Change on Resource with the next version when something changed.',
      ],
      sources: [
        ec2Page('CreateTags'),
        'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions',
        'https://docs.aws.amazon.com/tag-editor/latest/userguide/tag-monitor.html',
        'unverified: whether writing the value that a tag already has sends an event',
      ],
    },
    run: ({ Resources, Tags }) => {
      const added = expectTags(Tags);
      const changes = expectTagged(world, Resources).map(({ kind, resource }) => {
        const tags: Tags = new Map([...resource.tags, ...added]);
        expectRoom(tags);
        return { kind, resource, tags };
      });
      for (const { kind, resource, tags } of changes) retag(world, kind, resource, tags);
      return {};
    },
  });
}

function deleteTags(world: World): Operation {
  return ec2Operation({
    name: 'DeleteTags',
    effect: 'write',
    input: { Resources: z.array(z.string()), Tags: tagsInput.optional() },
    honesty: {
      modelled: [
        'A key without a value removes the tag; with a value only when it is the current one; an empty value only an empty one.',
        'Without tags all user tags are removed, those starting with aws: stay.',
      ],
      sources: [ec2Page('DeleteTags')],
    },
    run: ({ Resources, Tags }) => {
      for (const { kind, resource } of expectTagged(world, Resources))
        retag(world, kind, resource, without(resource.tags, Tags));
      return {};
    },
  });
}

function without(tags: Tags, removals: z.infer<typeof tagsInput> | undefined): Tags {
  if (removals === undefined) return new Map([...tags].filter(([key]) => isReserved(key)));
  const kept = new Map(tags);
  for (const { Key = '', Value } of removals)
    if (Value === undefined || tags.get(Key) === Value) kept.delete(Key);
  return kept;
}

function expectTagged(world: World, ids: readonly string[]): Tagged[] {
  return [...new Set(ids)].map((id) => {
    const kind = kindOfId(id);
    if (kind === undefined) throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
    const resource = world.shelf(kind).get(id);
    if (resource === undefined) throw notFound(kind, [id]);
    return { kind, resource };
  });
}

interface TagLine extends Tagged {
  readonly key: string;
  readonly value: string;
  readonly serial: number;
}

const tagFields: FilterFields<TagLine> = {
  key: ({ key }) => key,
  value: ({ value }) => value,
  'resource-id': ({ resource }) => resource.id,
  'resource-type': ({ kind }) => kind,
};

function describeTags(world: World): Operation {
  return ec2Operation({
    name: 'DescribeTags',
    effect: 'read',
    input: { Filters: filtersInput, ...pagingInput },
    honesty: {
      modelled: ['All documented filters; MaxResults 5 to 1000 with NextToken.'],
      sources: [ec2Page('DescribeTags')],
    },
    run: ({ Filters, ...paging }) => {
      // This action alone has no such filter: it calls the same thing `key`.
      if (Filters?.some(({ Name }) => Name === 'tag-key'))
        throw invalidParameterValue("The filter 'tag-key' is invalid");
      const isWanted = compileFilters(Filters, tagFields, ({ key, value }) => new Map([[key, value]]));
      const lines = tagLines(world, exactValues(Filters, 'resource-id')).filter(isWanted);
      const { items, nextToken } = cutPage(lines, ({ serial }) => serial, paging, { min: 5, max: 1000 });
      const Tags = items.map(({ kind, resource, key, value }) => ({
        Key: key,
        ResourceId: resource.id,
        ResourceType: kind,
        Value: value,
      }));
      return { Tags, ...nextToken };
    },
  });
}

// More than any resource has tags, and more resources of a kind than fit in memory: serials stay exact numbers.
const tagsPerSerial = 1_000;
const serialsPerKind = 1e12;

function tagLines(world: World, ids: readonly string[] | undefined): TagLine[] {
  const lines: TagLine[] = [];
  for (const [rank, kind] of taggableKinds.entries()) {
    const shelf = world.shelf(kind);
    const resources =
      ids === undefined
        ? shelf.allSeen()
        : ids.flatMap((id) => (kindOfId(id) === kind ? (shelf.seen(id) ?? []) : []));
    for (const resource of resources) {
      let serial = rank * serialsPerKind + shelf.serialOf(resource.id) * tagsPerSerial;
      for (const [key, value] of resource.tags) {
        serial += 1;
        lines.push({ kind, resource, key, value, serial });
      }
    }
  }
  return lines;
}
