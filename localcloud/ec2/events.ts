import { kindOfId } from './state/ids.ts';
import type { Instance, Resource } from './state/resources.ts';
import type { World } from './state/world.ts';

/**
 * Sends `EC2 Instance State-change Notification` for the state that the instance is now in. Describe calls may
 * still show the state before.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ec2.html
 */
export function publishStateChange(world: World, instance: Instance): void {
  world.surroundings.publish({
    source: 'aws.ec2',
    detailType: 'EC2 Instance State-change Notification',
    resources: [world.arn('instance', instance.id)],
    detail: { 'instance-id': instance.id, state: instance.state },
  });
}

/**
 * Sends `Tag Change on Resource`: the whole tag set as it is now and the keys that changed, removed ones too.
 * Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/tag-monitor.html
 */
export function publishTagChange(world: World, resource: Resource, changedKeys: readonly string[]): void {
  const kind = kindOfId(resource.id);
  if (kind === undefined) throw new Error(`${resource.id} is of no kind that has tags`);
  world.surroundings.publish({
    source: 'aws.tag',
    detailType: 'Tag Change on Resource',
    resources: [world.arn(kind, resource.id)],
    detail: {
      'changed-tag-keys': [...changedKeys],
      service: 'ec2',
      'resource-type': kind,
      version: resource.tagVersion,
      tags: Object.fromEntries(resource.tags),
    },
  });
}
