import { AutoScalingClient, SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from 'vitest';
import { createLifecycleHooks } from '../../../../../shared/adapters/auto-scaling/lifecycle-hooks.ts';
import type { InstanceId } from '../../../../../shared/model/ids.ts';
import { instanceIdSchema } from '../../../../../shared/model/ids.ts';
import type { LifecycleAction } from '../../../../../shared/model/trigger.ts';
import { instanceId } from '../../../../builders/observed.ts';
import { CannedAws } from '../../../../fakes/canned-aws.ts';
import type { ScalingRoom } from '../../../localcloud/auto-scaling/scaling-room.ts';
import {
  aGroup,
  aScalingRoom,
  aWhileMs,
  instancesOf,
  statesOf,
} from '../../../localcloud/auto-scaling/scaling-room.ts';

const launching = 'autoscaling:EC2_INSTANCE_LAUNCHING';
const terminating = 'autoscaling:EC2_INSTANCE_TERMINATING';

/** A group of one whose hook holds the instance, and the action as its event tells it. */
async function held(
  transition: string,
): Promise<{ room: ScalingRoom; instanceId: InstanceId; action: LifecycleAction }> {
  const room = aScalingRoom();
  await aGroup(room, {
    LifecycleHookSpecificationList: [
      { LifecycleHookName: 'claim', LifecycleTransition: transition, HeartbeatTimeout: 300 },
    ],
  });
  room.pass(aWhileMs);
  if (transition === terminating) {
    await room.autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 0 }),
    );
    room.pass(aWhileMs);
  }
  const event = room.scalingEvents().find(({ detail }) => detail['LifecycleActionToken'] !== undefined);
  return {
    room,
    instanceId: instanceIdSchema.parse(event?.detail['EC2InstanceId']),
    action: {
      groupName: String(event?.detail['AutoScalingGroupName']),
      hookName: String(event?.detail['LifecycleHookName']),
      actionToken: String(event?.detail['LifecycleActionToken']),
    },
  };
}

describe('complete', () => {
  it('lets an instance into service', async () => {
    const { room, instanceId: id, action } = await held(launching);

    await createLifecycleHooks(room.autoScaling).complete(id, action, 'CONTINUE');
    room.pass(aWhileMs);

    expect(await statesOf(room)).toEqual(['InService']);
  });

  it('has an instance replaced that may not come into service', async () => {
    const { room, instanceId: id, action } = await held(launching);

    await createLifecycleHooks(room.autoScaling).complete(id, action, 'ABANDON');
    room.pass(10 * aWhileMs);

    const [other] = await instancesOf(room);
    expect(other?.LifecycleState).toBe('Pending:Wait');
    expect(other?.InstanceId).not.toBe(id);
  });

  it('lets an instance go', async () => {
    const { room, instanceId: id, action } = await held(terminating);

    await createLifecycleHooks(room.autoScaling).complete(id, action, 'CONTINUE');
    room.pass(10 * aWhileMs);

    expect(await statesOf(room)).toEqual([]);
  });

  it('is content when it was answered before', async () => {
    const { room, instanceId: id, action } = await held(launching);
    const hooks = createLifecycleHooks(room.autoScaling);

    await hooks.complete(id, action, 'CONTINUE');
    await hooks.complete(id, action, 'ABANDON');
    room.pass(aWhileMs);

    expect(await statesOf(room)).toEqual(['InService']);
  });
});

describe('heartbeat', () => {
  it('gives the instance another while', async () => {
    const { room, instanceId: id, action } = await held(terminating);

    room.pass(200_000);
    await createLifecycleHooks(room.autoScaling).heartbeat(id, action);
    room.pass(200_000);

    expect(await statesOf(room)).toEqual(['Terminating:Wait']);
  });

  it('is content when nobody waits any more', async () => {
    const { room, instanceId: id, action } = await held(terminating);

    room.pass(600_000);
    const heartbeat = createLifecycleHooks(room.autoScaling).heartbeat(id, action);

    await expect(heartbeat).resolves.toBeUndefined();
  });
});

describe('any other failure', () => {
  const action = { groupName: 'web', hookName: 'claim', actionToken: 'token-1' };
  const failing = (code: string, message: string, status = 400) =>
    createLifecycleHooks(
      new AutoScalingClient(
        new CannedAws(() => ({
          status,
          body: `<ErrorResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
        })).options,
      ),
    );

  it.each([
    ['Throttling', 'Rate exceeded', 400, 'retryable'],
    ['ResourceContention', 'You already have a pending update', 500, 'retryable'],
    ['AccessDenied', 'You are not authorized', 403, 'permanent'],
    ['ValidationError', 'AutoScalingGroup name not found - web', 400, 'permanent'],
  ])('is thrown: %s, %s', async (code, message, status, disposition) => {
    const completing = failing(code, message, status).complete(instanceId(1), action, 'CONTINUE');

    await expect(completing).rejects.toMatchObject({
      disposition,
      message: expect.stringMatching(`^CompleteLifecycleAction CONTINUE for ${instanceId(1)}: .*${message}$`),
    });
  });

  it.each(['with token token-1', `with instance ID ${instanceId(1)}`])(
    'is none when no action is found %s',
    async (what) => {
      const hooks = failing('ValidationError', `No active Lifecycle Action found ${what}`);

      await expect(hooks.complete(instanceId(1), action, 'CONTINUE')).resolves.toBeUndefined();
    },
  );
});
