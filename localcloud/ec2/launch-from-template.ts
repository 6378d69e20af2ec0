import { z } from 'zod';
import type { LaunchInput } from './launch-input.ts';
import { findLaunchTemplate } from './launch-template-lookup.ts';
import type { World } from './state/world.ts';

/** The parameter of RunInstances that names a launch template. */
export const launchTemplateInput = z
  .strictObject({
    LaunchTemplateId: z.string().optional(),
    LaunchTemplateName: z.string().optional(),
    Version: z.string().optional(),
  })
  .optional();

interface TemplatedLaunch {
  readonly input: LaunchInput;
  /** The tags that AWS puts on the instances, with the reserved prefix `aws:`. */
  readonly awsTags: ReadonlyMap<string, string>;
}

type TagSpecifications = LaunchInput['TagSpecifications'];

/**
 * A request with what its launch template says: what the request itself gives goes before, and of two tags with one key
 * the request's. Throws EC2's errors for what there is not.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-instances-from-launch-template.html
 */
export function launchFromTemplate(
  world: World,
  request: LaunchInput,
  template: z.output<typeof launchTemplateInput>,
): TemplatedLaunch {
  if (template === undefined) return { input: request, awsTags: new Map() };
  const { Version, ...named } = template;
  const { id, version, data } = findLaunchTemplate(world, named, Version);
  return {
    input: {
      ...data,
      ...request,
      TagSpecifications: mergedTags(data.TagSpecifications, request.TagSpecifications),
    },
    awsTags: new Map([
      ['aws:ec2launchtemplate:id', id],
      ['aws:ec2launchtemplate:version', String(version)],
    ]),
  };
}

function mergedTags(
  ofTemplate: TagSpecifications = [],
  ofRequest: TagSpecifications = [],
): TagSpecifications {
  const given = new Map(
    ofRequest.map(({ ResourceType, Tags = [] }) => [ResourceType, new Set(Tags.map(({ Key }) => Key))]),
  );
  const kept = ofTemplate.map(({ ResourceType, Tags = [] }) => ({
    ResourceType,
    Tags: Tags.filter(({ Key }) => given.get(ResourceType)?.has(Key) !== true),
  }));
  return [...kept, ...ofRequest];
}
