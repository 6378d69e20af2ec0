import {
  CompleteLifecycleActionCommand,
  DeleteLifecycleHookCommand,
  DescribeLifecycleHooksCommand,
  PutLifecycleHookCommand,
  type PutLifecycleHookCommandInput,
  RecordLifecycleActionHeartbeatCommand,
} from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from 'vitest';
import {
  aGroup,
  aScalingRoom,
  aWhileMs,
  instancesOf,
  onlyInstance,
  type ScalingRoom,
  statesOf,
} from './scaling-room.ts';

const launching = 'autoscaling:EC2_INSTANCE_LAUNCHING';

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

describe('a launch hook', () => {
  test('holds the instance in Pending:Wait until it continues', async () => {
    const room = await aWaitingLaunch();
    const waiting = await statesOf(room);

    await complete(room, 'CONTINUE', { InstanceId: room.instanceId });
    const proceeding = await statesOf(room);
    room.pass(aWhileMs);

    expect(waiting).toEqual(['Pending:Wait']);
    expect(proceeding).toEqual(['Pending:Proceed']);
    expect(await onlyInstance(room)).toMatchObject({
      InstanceId: room.instanceId,
      LifecycleState: 'InService',
    });
  });

  test('that abandons has the instance terminated and replaced', async () => {
    const room = await aWaitingLaunch();
    const [token = ''] = tokensTold(room);

    await complete(room, 'ABANDON', { LifecycleActionToken: token });
    room.pass(aWhileMs);

    const replacement = await onlyInstance(room);
    expect(replacement.LifecycleState).toBe('Pending:Wait');
    expect(replacement.InstanceId).not.toBe(room.instanceId);
    expect(room.rooms.ec2.instance(room.instanceId)?.state).toBe('terminated');
    expect(room.scalingEvents().map(({ detailType }) => detailType)).toEqual([
      'EC2 Instance-launch Lifecycle Action',
      'EC2 Instance Launch Unsuccessful',
      'EC2 Instance Terminate Successful',
      'EC2 Instance-launch Lifecycle Action',
    ]);
    expect(room.scalingEvents()[1]?.detail['StatusMessage']).toBe(
      `Instance failed to complete user's Lifecycle Action: Lifecycle Action with token ${token} was abandoned: Lifecycle Action Completed with ABANDON Result`,
    );
  });

  test.each([
    ['ABANDON', undefined],
    ['CONTINUE', 'InService'],
  ])('without an answer in time has the default result %s', async (DefaultResult, state) => {
    const room = await aWaitingLaunch({ HeartbeatTimeout: 60, DefaultResult });

    room.pass(59_000);
    const instances = await instancesOf(room);

    const first = instances.find(({ InstanceId }) => InstanceId === room.instanceId);
    expect(first?.LifecycleState === 'Terminating' ? undefined : first?.LifecycleState).toBe(state);
  });

  test('that times out says so', async () => {
    const room = await aWaitingLaunch({ HeartbeatTimeout: 60 });

    room.pass(59_000);

    const failure = room.scalingEvents().find(({ detailType }) => detailType.endsWith('Launch Unsuccessful'));
    expect(failure?.detail['StatusMessage']).toMatch(/ was abandoned: Heartbeat Timeout$/);
  });

  test('waits on with each heartbeat, but never longer than the global timeout', async () => {
    const room = await aWaitingLaunch({ HeartbeatTimeout: 30 });
    const heartbeat = new RecordLifecycleActionHeartbeatCommand({
      AutoScalingGroupName: 'web',
      LifecycleHookName: 'claim',
      InstanceId: room.instanceId,
    });

    // A hundred times the heartbeat timeout is 3000 seconds, of which some have gone by.
    for (let beats = 0; beats < 148; beats += 1) {
      await room.autoScaling.send(heartbeat);
      room.pass(20_000);
    }
    const afterMany = await onlyInstance(room);
    await room.autoScaling.send(heartbeat);
    room.pass(29_000);

    expect(afterMany).toMatchObject({ InstanceId: room.instanceId, LifecycleState: 'Pending:Wait' });
    await expect(room.autoScaling.send(heartbeat)).rejects.toThrow(
      `No active Lifecycle Action found with instance ID ${room.instanceId}`,
    );
  });

  test('is one of several: all must continue, the first to abandon decides', async () => {
    const room = aScalingRoom();
    await aGroup(room, {
      DesiredCapacity: 2,
      LifecycleHookSpecificationList: ['claim', 'warm-up'].map((LifecycleHookName) => ({
        LifecycleHookName,
        LifecycleTransition: launching,
      })),
    });
    room.pass(aWhileMs);
    const [first = '', second = ''] = (await instancesOf(room)).map(({ InstanceId = '' }) => InstanceId);

    await complete(room, 'CONTINUE', { InstanceId: first });
    await complete(room, 'ABANDON', { InstanceId: second, LifecycleHookName: 'warm-up' });
    room.pass(2_000);

    const states = new Map((await instancesOf(room)).map((each) => [each.InstanceId, each.LifecycleState]));
    expect(states.get(first)).toBe('Pending:Wait');
    expect(states.get(second)).toBe('Terminating');
    await expect(complete(room, 'CONTINUE', { InstanceId: second })).rejects.toThrow(
      'No active Lifecycle Action',
    );
  });

  test('changed or deleted: the wait ends when the hook goes, and an update holds for later waits', async () => {
    const room = await aWaitingLaunch({ HeartbeatTimeout: 60 });

    await putHook(room, 'claim', { HeartbeatTimeout: 7_200 });
    const { LifecycleHooks } = await room.autoScaling.send(
      new DescribeLifecycleHooksCommand({ AutoScalingGroupName: 'web' }),
    );
    await room.autoScaling.send(
      new DeleteLifecycleHookCommand({ AutoScalingGroupName: 'web', LifecycleHookName: 'claim' }),
    );
    room.pass(aWhileMs);

    expect(LifecycleHooks).toEqual([
      {
        AutoScalingGroupName: 'web',
        LifecycleHookName: 'claim',
        LifecycleTransition: launching,
        HeartbeatTimeout: 7_200,
        GlobalTimeout: 172_800,
        DefaultResult: 'ABANDON',
      },
    ]);
    const replacement = await onlyInstance(room);
    expect(replacement.LifecycleState).toBe('InService');
    expect(replacement.InstanceId).not.toBe(room.instanceId);
  });
});
