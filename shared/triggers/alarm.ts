import * as z from 'zod';
import type { InstanceId, RoleName } from '../model/ids.ts';
import { instanceIdSchema, roleNameSchema } from '../model/ids.ts';
import { wokenBy } from './envelope.ts';
import type { EventKind } from './event-kind.ts';
import { eventTextSchema } from './event-text.ts';

/** `2026-11-20T12:05:01.989+0000`: ISO 8601 but for the colon in its offset. In milliseconds. */
const timestampSchema = z
  .string()
  .transform((text) => text.replace(/(?<=[+-]\d{2})(?=\d{2}$)/, ':'))
  .pipe(z.iso.datetime({ offset: true }))
  .transform((text) => Date.parse(text));

const eventSchema = z.object({
  detail: z.object({
    alarmName: eventTextSchema(255),
    configuration: z.object({
      description: z.string().optional(),
      /** None for composite alarms; a member that is an expression has no metricStat. */
      metrics: z
        .array(
          z.object({
            metricStat: z
              .object({
                metric: z.object({
                  dimensions: z.object({ InstanceId: z.string().optional() }).optional(),
                }),
              })
              .optional(),
          }),
        )
        .optional(),
    }),
    state: z.object({
      value: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
      timestamp: timestampSchema.optional(),
    }),
  }),
});

type Configuration = z.infer<typeof eventSchema>['detail']['configuration'];

/**
 * An alarm changed its state: for the instances that its metrics have as dimension `InstanceId`, and for the roles that
 * its description names. `timeMs` is the alarm's own timestamp, since the event's has whole seconds only and the order of
 * an alarm's states matters. Delivery is guaranteed.
 *
 * A description names a role by a word `understudy:role=NAME`, several roles by several such words; words are separated
 * by spaces or commas, and everything else in the description is for people:
 * `Replication lag, see the runbook. understudy:role=db understudy:role=db-replica`
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export const alarm: EventKind = {
  kind: 'alarm',
  source: 'aws.cloudwatch',
  detailType: 'CloudWatch Alarm State Change',
  parse: (envelope) => {
    const { alarmName, configuration, state } = eventSchema.parse(envelope).detail;
    const instanceIds = instancesOf(configuration);
    const roles = rolesIn(configuration.description ?? '');
    if (instanceIds.length === 0 && roles.length === 0) {
      return { kind: 'ignored', reason: `alarm "${alarmName}" is about no instance and names no role` };
    }
    const { eventId, timeMs } = wokenBy(envelope);
    return {
      kind: 'trigger',
      trigger: {
        kind: 'alarm',
        eventId,
        timeMs: state.timestamp ?? timeMs,
        alarmName,
        state: state.value,
        instanceIds,
        roles,
      },
    };
  },
};

/** A metric of one's own may have anything as its `InstanceId`. */
function instancesOf({ metrics = [] }: Configuration): readonly InstanceId[] {
  const ids = metrics.flatMap(({ metricStat }) => {
    const id = instanceIdSchema.safeParse(metricStat?.metric.dimensions?.InstanceId);
    return id.success ? [id.data] : [];
  });
  return [...new Set(ids)];
}

const roleMark = 'understudy:role=';

/** What is not a role's name is left out, as in the tags of instances: no role is called so. */
function rolesIn(description: string): readonly RoleName[] {
  const names = description
    .split(/[\s,]/)
    .filter((word) => word.startsWith(roleMark))
    .flatMap((word) => {
      const name = roleNameSchema.safeParse(word.slice(roleMark.length));
      return name.success ? [name.data] : [];
    });
  return [...new Set(names)];
}
