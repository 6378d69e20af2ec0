import * as z from 'zod';
import { instanceIdSchema } from '../model/ids.ts';
import type { LifecycleAction } from '../model/trigger.ts';
import { eventTextSchema } from './event-text.ts';

type Transition = 'autoscaling:EC2_INSTANCE_LAUNCHING' | 'autoscaling:EC2_INSTANCE_TERMINATING';

/**
 * Only hooks whose names begin so are Understudy's to answer. A group may have hooks of other people, for a backup or a
 * drain of connections, and whoever completes one of those ends a wait that is not theirs to end.
 */
export const hookNamePrefix = 'understudy';

/** Why the action is not for Understudy to answer; undefined when it is. */
export function whyForeign({ groupName, hookName }: LifecycleAction): string | undefined {
  if (hookName.startsWith(hookNamePrefix)) return undefined;
  return `hook "${hookName}" of group ${groupName} is somebody else's: its name does not begin with ${hookNamePrefix}`;
}

/**
 * An instance waits for a lifecycle hook of its Auto Scaling group. `destination` is there if available: `EC2` (away),
 * `AutoScalingGroup` (into service) or `WarmPool`. The hook's own `NotificationMetadata` is not read: which roles an
 * instance asks for is said by its tags alone.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pools-eventbridge-events.html
 */
export const lifecycleActionSchema = (transition: Transition) =>
  z
    .object({
      detail: z.object({
        EC2InstanceId: instanceIdSchema,
        AutoScalingGroupName: eventTextSchema(255),
        LifecycleHookName: eventTextSchema(255),
        LifecycleActionToken: eventTextSchema(255),
        LifecycleTransition: z.literal(transition),
        Destination: z.string().optional(),
      }),
    })
    .transform(({ detail }) => {
      const action: LifecycleAction = {
        groupName: detail.AutoScalingGroupName,
        hookName: detail.LifecycleHookName,
        actionToken: detail.LifecycleActionToken,
      };
      return { instanceId: detail.EC2InstanceId, action, destination: detail.Destination };
    });
