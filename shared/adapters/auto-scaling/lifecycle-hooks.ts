import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import {
  CompleteLifecycleActionCommand,
  RecordLifecycleActionHeartbeatCommand,
} from '@aws-sdk/client-auto-scaling';
import type { InstanceId } from '../../model/ids.ts';
import type { LifecycleAction } from '../../model/trigger.ts';
import type { LifecycleHooks } from '../../reconcile/ports.ts';
import { callAws } from '../aws-error.ts';

/** Auto Scaling's lifecycle hooks through the SDK. */
export function createLifecycleHooks(client: AutoScalingClient): LifecycleHooks {
  return {
    complete: (instanceId, action, result) =>
      answer(`CompleteLifecycleAction ${result} for ${instanceId}`, () =>
        client.send(
          new CompleteLifecycleActionCommand({
            ...inputOf(instanceId, action),
            LifecycleActionResult: result,
          }),
        ),
      ),
    heartbeat: (instanceId, action) =>
      answer(`RecordLifecycleActionHeartbeat for ${instanceId}`, () =>
        client.send(new RecordLifecycleActionHeartbeatCommand(inputOf(instanceId, action))),
      ),
  };
}

function inputOf(InstanceId: InstanceId, { groupName, hookName, actionToken }: LifecycleAction) {
  return {
    AutoScalingGroupName: groupName,
    LifecycleHookName: hookName,
    LifecycleActionToken: actionToken,
    InstanceId,
  };
}

async function answer(doing: string, send: () => Promise<unknown>): Promise<void> {
  await callAws(doing, async () => {
    try {
      await send();
    } catch (error) {
      if (!isOver(error)) throw error;
    }
  });
}

/**
 * Nobody waits for the answer any more: it was given, the hook timed out, or the instance is gone.
 * Auto Scaling has no code of its own for it, `ValidationError` stands for any bad input, so the text has to tell.
 */
function isOver(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'ValidationError' &&
    error.message.startsWith('No active Lifecycle Action found')
  );
}
