import * as z from 'zod';
import { instanceIdSchema } from '../model/ids.ts';
import type { EventKind } from './event-kind.ts';

const scopeSchema = z.looseObject({ service: z.string(), 'resource-type': z.string() });

const detailSchema = z.looseObject({
  tags: z.record(z.string(), z.string()),
  version: z.number().int().positive(),
});

/** `arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc`; the only place where the instance is named. */
const resourcesSchema = z
  .tuple([z.string().regex(/:instance\/i-[0-9a-f]+$/, 'must be the ARN of an instance')], z.string())
  .transform(([arn]) => arn.slice(arn.lastIndexOf('/') + 1))
  .pipe(instanceIdSchema);

/**
 * The tags of an instance changed. Best effort. It carries the tags after the change, and a deleted key only by its
 * absence; `version` orders the changes of one instance.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tag-monitor.html
 */
export const tagChange: EventKind = {
  kind: 'tag-change',
  source: 'aws.tag',
  detailType: 'Tag Change on Resource',
  parse: ({ id, time, resources, detail }) => {
    const { service, 'resource-type': resourceType } = scopeSchema.parse(detail);
    if (service !== 'ec2' || resourceType !== 'instance') {
      return { kind: 'ignored', reason: `the tags of a ${service} ${resourceType} are of no concern` };
    }
    const { tags, version } = detailSchema.parse(detail);
    const instanceId = resourcesSchema.parse(resources);
    return {
      kind: 'trigger',
      trigger: { kind: 'tag-change', eventId: id, timeMs: Date.parse(time), instanceId, tags, version },
    };
  },
};
