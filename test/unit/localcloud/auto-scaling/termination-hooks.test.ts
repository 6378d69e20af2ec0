import {
  CompleteLifecycleActionCommand,
  PutLifecycleHookCommand,
  type PutLifecycleHookCommandInput,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import { TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import {
  aGroup,
  aRunningGroup,
  aScalingRoom,
  aWhileMs,
  onlyInstance,
  type ScalingRoom,
  statesOf,
} from './scaling-room.ts';

const launching = 'autoscaling:EC2_INSTANCE_LAUNCHING';
const terminating = 'autoscaling:EC2_INSTANCE_TERMINATING';

async function putHook(
  { autoScaling }: ScalingRoom,
  name: string,
  input: Partial<PutLifecycleHookCommandInput>,
): Promise<void> {
  await autoScaling.send(
    new PutLifecycleHookCommand({ AutoScalingGroupName: 'web', LifecycleHookName: name, ...input }),
  );
}

/** A group whose one instance waits for the hook `claim`. */
async function aWaitingLaunch(
  hook: { HeartbeatTimeout?: number; DefaultResult?: string } = {},
): Promise<ScalingRoom & { readonly instanceId: string }> {
  const room = aScalingRoom();
  await aGroup(room, {
    LifecycleHookSpecificationList: [{ LifecycleHookName: 'claim', LifecycleTransition: launching, ...hook }],
  });
  room.pass(aWhileMs);
  return { ...room, instanceId: (await onlyInstance(room)).InstanceId };
}

/** A group whose one instance is being terminated and waits for the hook `release`. */
async function aWaitingTermination(
  hook: { HeartbeatTimeout?: number } = {},
): Promise<ScalingRoom & { readonly instanceId: string }> {
  const room = aScalingRoom();
  await aRunningGroup(room);
  await putHook(room, 'release', { LifecycleTransition: terminating, ...hook });
  const { InstanceId } = await onlyInstance(room);
  await room.autoScaling.send(
    new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 0 }),
  );
  room.pass(aWhileMs);
  return { ...room, instanceId: InstanceId };
}

function complete(
  { autoScaling }: ScalingRoom,
  result: 'CONTINUE' | 'ABANDON',
  named: { InstanceId?: string; LifecycleActionToken?: string; LifecycleHookName?: string },
): Promise<unknown> {
  return autoScaling.send(
    new CompleteLifecycleActionCommand({
      AutoScalingGroupName: 'web',
      LifecycleHookName: 'claim',
      LifecycleActionResult: result,
      ...named,
    }),
  );
}

function tokensTold(room: ScalingRoom): string[] {
  return room
    .scalingEvents()
    .filter(({ detailType }) => detailType.endsWith('Lifecycle Action'))
    .map(({ detail }) => String(detail['LifecycleActionToken']));
}

describe('a termination hook', () => {
  test.each(['CONTINUE', 'ABANDON'] as const)('holds the instance until %s lets it go', async (result) => {
    const room = await aWaitingTermination();
    const waiting = await statesOf(room);
    const runningMeanwhile = room.rooms.ec2.instance(room.instanceId)?.state;

    await complete(room, result, { InstanceId: room.instanceId, LifecycleHookName: 'release' });
    const proceeding = await statesOf(room);
    room.pass(aWhileMs);

    expect(waiting).toEqual(['Terminating:Wait']);
    expect(runningMeanwhile).toBe('running');
    expect(proceeding).toEqual(['Terminating:Proceed']);
    expect(await statesOf(room)).toEqual([]);
    expect(room.rooms.ec2.instance(room.instanceId)?.state).toBe('terminated');
  });

  test('lets go after its timeout', async () => {
    const room = await aWaitingTermination({ HeartbeatTimeout: 30 });

    room.pass(aWhileMs);

    expect(await statesOf(room)).toEqual([]);
  });

  test('holds up the record of an instance that somebody else has terminated, not its replacement', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room);
    await putHook(room, 'release', { LifecycleTransition: terminating });
    const { InstanceId } = await onlyInstance(room);

    await room.ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
    room.pass(aWhileMs);

    expect([...(await statesOf(room))].sort()).toEqual(['InService', 'Terminating:Wait']);
    await complete(room, 'CONTINUE', { InstanceId, LifecycleHookName: 'release' });
    room.pass(aWhileMs);
    expect(await statesOf(room)).toEqual(['InService']);
  });
});

describe('CompleteLifecycleAction', () => {
  test.each([
    ['a token of no action', { LifecycleActionToken: '00000000-0000-4000-8000-000000000000' }],
    ['an instance that does not wait', { InstanceId: 'i-00000000000000000' }],
    ['another hook', { LifecycleHookName: 'release' }],
    ['neither token nor instance', { InstanceId: undefined }],
  ])('refuses %s', async (_what, named) => {
    const room = await aWaitingLaunch();

    const completing = complete(room, 'CONTINUE', {
      ...('LifecycleActionToken' in named ? {} : { InstanceId: room.instanceId }),
      ...(named as { InstanceId?: string }),
    });

    await expect(completing).rejects.toMatchObject({ name: 'ValidationError' });
    expect(await statesOf(room)).toEqual(['Pending:Wait']);
  });

  test('completes an action only once', async () => {
    const room = await aWaitingLaunch();
    const [token = ''] = tokensTold(room);
    await complete(room, 'CONTINUE', { LifecycleActionToken: token });

    const again = complete(room, 'CONTINUE', { LifecycleActionToken: token });

    await expect(again).rejects.toMatchObject({
      name: 'ValidationError',
      message: `No active Lifecycle Action found with token ${token}`,
    });
  });
});

describe('PutLifecycleHook', () => {
  test.each([
    ['a new hook without a transition', {}],
    ['a heartbeat under 30 seconds', { LifecycleTransition: launching, HeartbeatTimeout: 29 }],
    ['another default result', { LifecycleTransition: launching, DefaultResult: 'RETRY' }],
    ['another transition', { LifecycleTransition: 'autoscaling:EC2_INSTANCE_STARTING' }],
    ['a name with a space', { LifecycleTransition: launching, LifecycleHookName: 'no good' }],
  ])('refuses %s', async (_what, input) => {
    const room = aScalingRoom();
    await aGroup(room);

    await expect(putHook(room, 'claim', input)).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('refuses a notification target by name', async () => {
    const room = aScalingRoom();
    await aGroup(room);

    const putting = putHook(room, 'claim', {
      LifecycleTransition: launching,
      NotificationTargetARN: 'arn:aws:sqs:us-east-1:123456789012:queue',
    });

    await expect(putting).rejects.toMatchObject({
      name: 'NotImplementedByLocalcloud',
      message: 'localcloud does not model the parameter NotificationTargetARN of Auto Scaling',
    });
  });
});
