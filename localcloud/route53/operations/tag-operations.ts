import { z } from 'zod';
import { AwsError } from '../../core/aws-error.ts';
import { type Operation, operation } from '../../core/service.ts';
import type { Route53Account } from '../account.ts';
import { listOf, oneOf, text } from '../constraints.ts';
import type { HostedZone } from '../hosted-zone.ts';

const maxItemsPerCall = 10;

const resource = {
  ResourceType: oneOf(['healthcheck', 'hostedzone']),
  // The API reference says 64; the service itself refuses more than 32.
  ResourceId: text(32),
};

const tag = z.strictObject({ Key: text(128), Value: text(256).optional() });

/** ChangeTagsForResource, ListTagsForResource. */
export function tagOperations(account: Route53Account): readonly Operation[] {
  return [changeTagsForResource(account), listTagsForResource(account)];
}

function changeTagsForResource(account: Route53Account): Operation {
  return operation({
    name: 'ChangeTagsForResource',
    effect: 'write',
    input: z.strictObject({
      ...resource,
      AddTags: listOf(tag, maxItemsPerCall).optional(),
      RemoveTagKeys: listOf(text(128), maxItemsPerCall).optional(),
    }),
    run: ({ ResourceType, ResourceId, AddTags, RemoveTagKeys }) => {
      const zone = requireTaggable(account, ResourceType, ResourceId);
      if (AddTags === undefined && RemoveTagKeys === undefined) {
        throw new AwsError('InvalidInput', 'AddTags or RemoveTagKeys must be given.');
      }
      for (const key of RemoveTagKeys ?? []) zone.tags.delete(key);
      for (const { Key, Value } of AddTags ?? []) zone.tags.set(Key, Value ?? '');
      return {};
    },
    honesty: {
      modelled: ['Adds, replaces and removes tags of hosted zones, ten of each a call.'],
      notModelled: ['Health checks: none exist. Limits on all tags of a zone, and reserved prefixes.'],
      sources: [
        'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html',
        'https://github.com/crossplane-contrib/provider-aws/issues/1826 (length of ids)',
        'unverified: a call without AddTags and RemoveTagKeys is InvalidInput; removal comes before addition',
      ],
    },
  });
}

function listTagsForResource(account: Route53Account): Operation {
  return operation({
    name: 'ListTagsForResource',
    effect: 'read',
    input: z.strictObject(resource),
    run: ({ ResourceType, ResourceId }) => {
      const zone = requireTaggable(account, ResourceType, ResourceId);
      return {
        ResourceTagSet: {
          ResourceType,
          ResourceId,
          Tags: [...zone.tags].map(([Key, Value]) => ({ Key, Value })),
        },
      };
    },
    honesty: {
      modelled: ['The tags of a hosted zone.'],
      sources: ['https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTagsForResource.html'],
    },
  });
}

function requireTaggable(account: Route53Account, type: string, id: string): HostedZone {
  if (type === 'hostedzone') return account.zones.require(id);
  throw new AwsError('NoSuchHealthCheck', `A health check with id ${id} does not exist.`, 404);
}
