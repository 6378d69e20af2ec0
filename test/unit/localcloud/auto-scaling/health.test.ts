import {
  ResumeProcessesCommand,
  SetInstanceHealthCommand,
  SuspendProcessesCommand,
} from '@aws-sdk/client-auto-scaling';
import { StopInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import {
  aGroup,
  aRunningGroup,
  aScalingRoom,
  aWhileMs,
  instancesOf,
  onlyInstance,
  type ScalingRoom,
  statesOf,
} from './scaling-room.ts';

async function replacementOf(room: ScalingRoom, id: string): Promise<string | undefined> {
  return (await instancesOf(room)).find(({ InstanceId }) => InstanceId !== id)?.InstanceId;
}

describe('an instance in service that EC2', () => {
  test.each([
    ['terminates', TerminateInstancesCommand],
    ['stops', StopInstancesCommand],
  ])('%s is unhealthy at once and is replaced', async (_what, Command) => {
    const room = aScalingRoom();
    await aRunningGroup(room);
    const { InstanceId } = await onlyInstance(room);

    await room.ec2.send(new Command({ InstanceIds: [InstanceId] }));
    const marked = await onlyInstance(room);
    room.pass(aWhileMs);

    expect(marked).toMatchObject({ LifecycleState: 'InService', HealthStatus: 'Unhealthy' });
    const replacement = await onlyInstance(room);
    expect(replacement).toMatchObject({ LifecycleState: 'InService', HealthStatus: 'Healthy' });
    expect(replacement.InstanceId).not.toBe(InstanceId);
    expect(room.rooms.ec2.instance(InstanceId)?.state).toBe('terminated');
    const outcome = room
      .scalingEvents()
      .find(({ detailType }) => detailType.endsWith('Terminate Successful'));
    expect(outcome?.detail['Cause']).toMatch(
      / an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped\.$/,
    );
  });

  test('terminates is left alone while health checks are suspended, and replaced when they resume', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room);
    const { InstanceId } = await onlyInstance(room);
    await room.autoScaling.send(
      new SuspendProcessesCommand({ AutoScalingGroupName: 'web', ScalingProcesses: ['HealthCheck'] }),
    );

    await room.ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
    room.pass(aWhileMs);
    const kept = await onlyInstance(room);
    await room.autoScaling.send(
      new ResumeProcessesCommand({ AutoScalingGroupName: 'web', ScalingProcesses: ['HealthCheck'] }),
    );
    room.pass(aWhileMs);

    expect(kept).toMatchObject({ InstanceId, HealthStatus: 'Healthy' });
    expect((await onlyInstance(room)).InstanceId).not.toBe(InstanceId);
  });

  test('terminates while it is launching fails its launch', async () => {
    const room = aScalingRoom();
    await aGroup(room);
    room.pass(2_000);
    const { InstanceId } = await onlyInstance(room);

    await room.ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
    room.pass(aWhileMs);

    expect(await replacementOf(room, InstanceId)).toBeDefined();
    const [failure] = room.scalingEvents();
    expect(failure).toMatchObject({
      detailType: 'EC2 Instance Launch Unsuccessful',
      detail: {
        EC2InstanceId: InstanceId,
        StatusMessage:
          'Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: Client.UserInitiatedShutdown: User initiated shutdown',
      },
    });
  });
});

describe('an instance whose status checks fail', () => {
  test('is replaced when they have failed for some minutes', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room);
    const { InstanceId } = await onlyInstance(room);
    room.rooms.ec2.failStatusCheck(InstanceId, 'system');

    room.pass(150_000);
    const patient = await onlyInstance(room);
    room.pass(120_000);

    expect(patient).toMatchObject({ InstanceId, HealthStatus: 'Healthy' });
    expect(await replacementOf(room, InstanceId)).toBeDefined();
  });

  test('stays when they heal in time, and during its grace period', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room, { DesiredCapacity: 2, HealthCheckGracePeriod: 600 });
    const [healed, spared] = (await instancesOf(room)).map(({ InstanceId = '' }) => InstanceId);
    room.rooms.ec2.failStatusCheck(healed ?? '', 'instance');
    room.rooms.ec2.failStatusCheck(spared ?? '', 'instance');

    room.pass(500_000);
    room.rooms.ec2.healStatusChecks(healed ?? '');
    const duringGrace = await statesOf(room);
    room.pass(300_000);

    const after = (await instancesOf(room)).map(({ InstanceId }) => InstanceId);
    expect(duringGrace).toEqual(['InService', 'InService']);
    expect(after).toContain(healed);
    expect(after).not.toContain(spared);
  });
});

describe('SetInstanceHealth', () => {
  test('Unhealthy has the instance replaced', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room);
    const { InstanceId } = await onlyInstance(room);

    await room.autoScaling.send(new SetInstanceHealthCommand({ InstanceId, HealthStatus: 'Unhealthy' }));
    room.pass(aWhileMs);

    expect((await onlyInstance(room)).InstanceId).not.toBe(InstanceId);
  });

  test('Healthy takes it back', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room);
    const { InstanceId } = await onlyInstance(room);
    await room.autoScaling.send(new SetInstanceHealthCommand({ InstanceId, HealthStatus: 'Unhealthy' }));

    await room.autoScaling.send(new SetInstanceHealthCommand({ InstanceId, HealthStatus: 'Healthy' }));
    room.pass(aWhileMs);

    expect(await onlyInstance(room)).toMatchObject({ InstanceId, LifecycleState: 'InService' });
  });

  test('respects the grace period unless told not to', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room, { HealthCheckGracePeriod: 600 });
    const { InstanceId } = await onlyInstance(room);

    await room.autoScaling.send(new SetInstanceHealthCommand({ InstanceId, HealthStatus: 'Unhealthy' }));
    const respected = await onlyInstance(room);
    await room.autoScaling.send(
      new SetInstanceHealthCommand({
        InstanceId,
        HealthStatus: 'Unhealthy',
        ShouldRespectGracePeriod: false,
      }),
    );
    const ignored = await onlyInstance(room);

    expect(respected.HealthStatus).toBe('Healthy');
    expect(ignored.HealthStatus).toBe('Unhealthy');
  });
});
