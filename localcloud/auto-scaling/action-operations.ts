import { z } from 'zod';
import { type Operation, operation } from '../core/service.ts';
import { validationError } from './errors.ts';
import { groupResourceName, hookName, instanceId, oneOf, text } from './inputs.ts';
import { autoScalingPage, guidePage } from './sources.ts';
import type { Groups } from './state/groups.ts';
import type { LifecycleAction } from './state/member.ts';
import { completeAction, recordHeartbeat } from './waiting.ts';

const actionInput = {
  AutoScalingGroupName: groupResourceName,
  LifecycleHookName: hookName,
  LifecycleActionToken: text(36, 36).optional(),
  InstanceId: instanceId.optional(),
};

type ActionInput = z.infer<z.ZodObject<typeof actionInput>>;

/** CompleteLifecycleAction and RecordLifecycleActionHeartbeat. */
export function actionOperations(groups: Groups): readonly Operation[] {
  return [completeLifecycleAction(groups), recordLifecycleActionHeartbeat(groups)];
}

function completeLifecycleAction(groups: Groups): Operation {
  return operation({
    name: 'CompleteLifecycleAction',
    effect: 'write',
    input: z.strictObject({ ...actionInput, LifecycleActionResult: oneOf(['CONTINUE', 'ABANDON']) }),
    honesty: {
      modelled: [
        'By token or instance id. At launch CONTINUE puts the instance into service when all hooks have continued, ABANDON terminates and replaces it; at termination both let it go, and ABANDON ends the wait for other hooks.',
        'What is completed, or timed out, is no longer active: a second call is a ValidationError.',
      ],
      sources: [
        autoScalingPage('CompleteLifecycleAction'),
        guidePage('completing-lifecycle-hooks'),
        'unverified: that all hooks of a transition begin at once; that the termination hooks of a group do not hold up an instance whose launch was abandoned; the error when neither token nor instance is given',
      ],
    },
    run: ({ LifecycleActionResult, ...named }) => {
      completeAction(groups, expectAction(groups, named), LifecycleActionResult);
      return {};
    },
  });
}

function recordLifecycleActionHeartbeat(groups: Groups): Operation {
  return operation({
    name: 'RecordLifecycleActionHeartbeat',
    effect: 'write',
    input: z.strictObject(actionInput),
    honesty: {
      modelled: [
        'The heartbeat timeout begins anew, but not beyond the global timeout: 48 hours or 100 times the heartbeat timeout, whichever is smaller.',
      ],
      sources: [autoScalingPage('RecordLifecycleActionHeartbeat'), guidePage('lifecycle-hooks')],
    },
    run: (named) => {
      recordHeartbeat(groups, expectAction(groups, named));
      return {};
    },
  });
}

/** The action that an instance waits for. Throws ValidationError when there is none. */
function expectAction(groups: Groups, named: ActionInput): LifecycleAction {
  const { name } = groups.expect(named.AutoScalingGroupName);
  const { LifecycleHookName, LifecycleActionToken: token, InstanceId } = named;
  if (token === undefined && InstanceId === undefined)
    throw validationError('Either LifecycleActionToken or InstanceId must be specified.');
  const action =
    token === undefined
      ? groups.members.get(InstanceId ?? '')?.wait?.actions.get(LifecycleHookName)
      : groups.actions.get(token);
  const isMeant =
    action?.member.groupName === name &&
    action.hook.name === LifecycleHookName &&
    (InstanceId === undefined || action.member.instanceId === InstanceId);
  if (action === undefined || !isMeant)
    throw validationError(
      `No active Lifecycle Action found with ${token === undefined ? `instance ID ${InstanceId}` : `token ${token}`}`,
    );
  return action;
}
