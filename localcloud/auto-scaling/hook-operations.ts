import { z } from 'zod';
import { type Operation, operation } from '../core/service.ts';
import { validationError } from './errors.ts';
import { hookInput, newHook, putHook, transition } from './group-hooks.ts';
import { groupName, hookName } from './inputs.ts';
import { inOrder } from './page.ts';
import { autoScalingPage, guidePage } from './sources.ts';
import type { Group } from './state/group.ts';
import type { Groups } from './state/groups.ts';
import { globalTimeoutS, type LifecycleHook } from './state/lifecycle-hook.ts';
import { completeAction } from './waiting.ts';

/** PutLifecycleHook, DeleteLifecycleHook and DescribeLifecycleHooks. */
export function hookOperations(groups: Groups): readonly Operation[] {
  return [putLifecycleHook(groups), deleteLifecycleHook(groups), describeLifecycleHooks(groups)];
}

function putLifecycleHook(groups: Groups): Operation {
  return operation({
    name: 'PutLifecycleHook',
    effect: 'write',
    input: z.strictObject({
      AutoScalingGroupName: groupName,
      LifecycleHookName: hookName,
      LifecycleTransition: transition.optional(),
      ...hookInput,
    }),
    honesty: {
      modelled: [
        'A heartbeat timeout of 30 to 7200 seconds, an hour unless told; the default result ABANDON; at most 50 hooks a group.',
        'An update changes what is given, and holds for waits that begin afterwards.',
      ],
      notModelled: ['Notification targets with their roles: refused by name, hooks are told by EventBridge'],
      sources: [
        autoScalingPage('PutLifecycleHook'),
        guidePage('lifecycle-hooks'),
        'unverified: whether an update reaches waits that have begun',
      ],
    },
    run: ({ AutoScalingGroupName, ...input }) => {
      const group = groups.expectModifiable(AutoScalingGroupName);
      const before = group.hooks.get(input.LifecycleHookName);
      const LifecycleTransition = input.LifecycleTransition ?? before?.transition;
      if (LifecycleTransition === undefined)
        throw validationError('LifecycleTransition is required for a new lifecycle hook.');
      const hook = newHook({
        HeartbeatTimeout: before?.heartbeatTimeoutS,
        DefaultResult: before?.defaultResult,
        NotificationMetadata: before?.notificationMetadata,
        ...withoutUndefined(input),
        LifecycleHookName: input.LifecycleHookName,
        LifecycleTransition,
      });
      putHook(group, hook, groups.settings.hooksPerGroupQuota);
      return {};
    },
  });
}

function withoutUndefined<Value extends object>(value: Value): Partial<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<Value>;
}

function deleteLifecycleHook(groups: Groups): Operation {
  return operation({
    name: 'DeleteLifecycleHook',
    effect: 'write',
    input: z.strictObject({ AutoScalingGroupName: groupName, LifecycleHookName: hookName }),
    honesty: {
      modelled: [
        'Instances that wait for it are completed first: ABANDON for those launching, CONTINUE for those terminating.',
      ],
      sources: [autoScalingPage('DeleteLifecycleHook')],
    },
    run: ({ AutoScalingGroupName, LifecycleHookName }) => {
      const group = groups.expectModifiable(AutoScalingGroupName);
      const hook = expectHook(group, LifecycleHookName);
      group.hooks.delete(hook.name);
      const result = hook.transition === 'autoscaling:EC2_INSTANCE_LAUNCHING' ? 'ABANDON' : 'CONTINUE';
      for (const { wait } of group.members.values()) {
        const action = wait?.actions.get(hook.name);
        if (action !== undefined) completeAction(groups, action, result);
      }
      return {};
    },
  });
}

function describeLifecycleHooks(groups: Groups): Operation {
  return operation({
    name: 'DescribeLifecycleHooks',
    effect: 'read',
    input: z.strictObject({
      AutoScalingGroupName: groupName,
      LifecycleHookNames: z
        .array(hookName)
        .max(50, 'Member must have length less than or equal to 50')
        .optional(),
    }),
    honesty: {
      modelled: ['All hooks of a group, or those named, by name.'],
      sources: [
        autoScalingPage('DescribeLifecycleHooks'),
        'unverified: that names of no hook are passed over',
      ],
    },
    run: ({ AutoScalingGroupName, LifecycleHookNames }) => {
      const { hooks, name } = groups.expect(AutoScalingGroupName);
      const wanted = new Set(LifecycleHookNames ?? hooks.keys());
      const found = inOrder(hooks.values(), (hook) => hook.name).filter((hook) => wanted.has(hook.name));
      return { LifecycleHooks: found.map((hook) => hookView(name, hook)) };
    },
  });
}

function expectHook({ hooks, name }: Group, wanted: string): LifecycleHook {
  const hook = hooks.get(wanted);
  if (hook === undefined)
    throw validationError(`No Lifecycle Hook found with name ${wanted} for Auto Scaling group ${name}`);
  return hook;
}

function hookView(groupName: string, hook: LifecycleHook): object {
  return {
    LifecycleHookName: hook.name,
    AutoScalingGroupName: groupName,
    LifecycleTransition: hook.transition,
    NotificationMetadata: hook.notificationMetadata,
    HeartbeatTimeout: hook.heartbeatTimeoutS,
    GlobalTimeout: globalTimeoutS(hook),
    DefaultResult: hook.defaultResult,
  };
}
