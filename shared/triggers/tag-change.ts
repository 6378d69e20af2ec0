import * as z from 'zod';
import { instanceIdSchema } from '../model/ids.ts';
import { wokenBy } from './envelope.ts';
import type { EventKind } from './event-kind.ts';

const scopeSchema = z.object({
  detail: z.object({ service: z.string(), 'resource-type': z.string() }),
});

/** `arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc`; the only place where the instance is named. */
const resourcesSchema = z
  .tuple([z.string().regex(/:instance\/i-[0-9a-f]+$/, 'must be the ARN of an instance')], z.string())
  .transform(([arn]) => arn.slice(arn.lastIndexOf('/') + 1))
  .pipe(instanceIdSchema);

const eventSchema = z.object({
  resources: resourcesSchema,
  detail: z.object({
    tags: z.record(z.string(), z.string()),
    version: z.number().int().positive(),
  }),
});

/**
 * The tags of an instance changed. Best effort. It carries the tags after the change, and a deleted key only by its
 * absence; `version` orders the changes of one instance.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tag-monitor.html
 */
export const tagChange: EventKind = {
  kind: 'tag-change',
  source: 'aws.tag',
  detailType: 'Tag Change on Resource',
  parse: (envelope) => {
    const { service, 'resource-type': resourceType } = scopeSchema.parse(envelope).detail;
    if (service !== 'ec2' || resourceType !== 'instance') {
      return { kind: 'ignored', reason: `the tags of a ${service} ${resourceType} are of no concern` };
    }
    const { resources: instanceId, detail } = eventSchema.parse(envelope);
    const { tags, version } = detail;
    return {
      kind: 'trigger',
      trigger: { kind: 'tag-change', ...wokenBy(envelope), instanceId, tags, version },
    };
  },
};
