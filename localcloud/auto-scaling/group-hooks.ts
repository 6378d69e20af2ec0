import { z } from 'zod';
import { limitExceeded } from './errors.ts';
import { hookName, oneOf, text } from './inputs.ts';
import type { Group } from './state/group.ts';
import type { LifecycleHook } from './state/lifecycle-hook.ts';

/** What a lifecycle hook is given, besides its name and transition. */
export const hookInput = {
  NotificationMetadata: text(1, 4_000).optional(),
  HeartbeatTimeout: z
    .number()
    .int()
    .min(30, 'Member must have value greater than or equal to 30')
    .max(7_200, 'Member must have value less than or equal to 7200')
    .optional(),
  DefaultResult: oneOf(['CONTINUE', 'ABANDON']).optional(),
};

export const transition = oneOf([
  'autoscaling:EC2_INSTANCE_LAUNCHING',
  'autoscaling:EC2_INSTANCE_TERMINATING',
]);

export const hookSpecification = z.strictObject({
  LifecycleHookName: hookName,
  LifecycleTransition: transition,
  ...hookInput,
});

/** A new hook: an hour's heartbeat and ABANDON unless told otherwise. */
export function newHook(specification: z.infer<typeof hookSpecification>): LifecycleHook {
  return {
    name: specification.LifecycleHookName,
    transition: specification.LifecycleTransition,
    heartbeatTimeoutS: specification.HeartbeatTimeout ?? 3_600,
    defaultResult: specification.DefaultResult ?? 'ABANDON',
    notificationMetadata: specification.NotificationMetadata,
  };
}

/** Throws LimitExceeded when the group has as many hooks as it may. */
export function putHook(group: Group, hook: LifecycleHook, quota: number): void {
  if (!group.hooks.has(hook.name) && group.hooks.size >= quota)
    throw limitExceeded(`The maximum number of lifecycle hooks for an Auto Scaling group is ${quota}`);
  group.hooks.set(hook.name, hook);
}
