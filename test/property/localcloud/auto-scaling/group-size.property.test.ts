import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AutoScaling, createAutoScaling } from '../../../../localcloud/auto-scaling/auto-scaling.ts';
import { type Cloud, createCloud } from '../../../../localcloud/cloud.ts';
import { AwsError } from '../../../../localcloud/core/aws-error.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import type { Service } from '../../../../localcloud/core/service.ts';
import { createEc2, type Ec2 } from '../../../../localcloud/ec2/ec2.ts';

interface World {
  readonly clock: VirtualClock;
  readonly cloud: Cloud<{ ec2: Ec2; autoScaling: AutoScaling }>;
}

/** What happens to the group; `pick` chooses an instance by a number that knows nothing of the world. */
type Step =
  | { readonly kind: 'pass-time'; readonly durationMs: number }
  | { readonly kind: 'resize'; readonly desired: number }
  | { readonly kind: 'ec2'; readonly operation: string; readonly pick: number }
  | { readonly kind: 'instance'; readonly operation: string; readonly pick: number; readonly flag: boolean }
  | { readonly kind: 'process'; readonly operation: string; readonly process: string };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('pass-time' as const), durationMs: fc.nat(20_000) }),
    fc.record({ kind: fc.constant('resize' as const), desired: fc.nat(5) }),
    fc.record({
      kind: fc.constant('ec2' as const),
      operation: fc.constantFrom('TerminateInstances', 'StopInstances'),
      pick: fc.nat(9),
    }),
    fc.record({
      kind: fc.constant('instance' as const),
      operation: fc.constantFrom(
        'CompleteLifecycleAction',
        'SetInstanceHealth',
        'TerminateInstanceInAutoScalingGroup',
        'DetachInstances',
        'AttachInstances',
      ),
      pick: fc.nat(9),
      flag: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('process' as const),
      operation: fc.constantFrom('SuspendProcesses', 'ResumeProcesses'),
      process: fc.constantFrom('Launch', 'Terminate', 'HealthCheck', 'ReplaceUnhealthy'),
    }),
  ),
  { minLength: 10, maxLength: 60, size: 'max' },
);

const group = { AutoScalingGroupName: 'web' };
const hooks = {
  claim: 'autoscaling:EC2_INSTANCE_LAUNCHING',
  release: 'autoscaling:EC2_INSTANCE_TERMINATING',
};

async function aWorld(): Promise<World> {
  const clock = new VirtualClock();
  const cloud = createCloud({
    clock,
    rooms: (surroundings) => {
      const ec2 = createEc2(surroundings);
      return { ec2, autoScaling: createAutoScaling(surroundings, ec2) };
    },
  });
  const world = { clock, cloud };
  await ask(world.cloud.rooms.ec2, 'CreateLaunchTemplate', {
    LaunchTemplateName: 'web',
    LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro' },
  });
  await ask(cloud.rooms.autoScaling, 'CreateAutoScalingGroup', {
    ...group,
    LaunchTemplate: { LaunchTemplateName: 'web' },
    MinSize: 0,
    MaxSize: 5,
    DesiredCapacity: 2,
    AvailabilityZones: ['us-east-1a', 'us-east-1b'],
    LifecycleHookSpecificationList: Object.entries(hooks).map(([name, transition]) => ({
      LifecycleHookName: name,
      LifecycleTransition: transition,
    })),
  });
  return world;
}

/** Runs an operation; what AWS would refuse is no matter. */
async function ask(service: Service, operation: string, input: object): Promise<void> {
  try {
    const call = { requestId: 'request', accessKeyId: 'AKIATEST', traceId: undefined };
    await service.operations.get(operation)?.run(input as never, call);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}

async function take({ clock, cloud }: World, step: Step): Promise<void> {
  const { ec2, autoScaling } = cloud.rooms;
  switch (step.kind) {
    case 'pass-time':
      return clock.advanceBy(step.durationMs);
    case 'resize':
      return ask(autoScaling, 'SetDesiredCapacity', { ...group, DesiredCapacity: step.desired });
    case 'ec2':
      return ask(ec2, step.operation, { InstanceIds: [picked(ec2, step.pick)] });
    case 'instance':
      for (const LifecycleHookName of Object.keys(hooks)) {
        const InstanceId = picked(ec2, step.pick);
        await ask(autoScaling, step.operation, instanceInput(step, InstanceId, LifecycleHookName));
      }
      return;
    case 'process':
      return ask(autoScaling, step.operation, { ...group, ScalingProcesses: [step.process] });
  }
}

function instanceInput(
  { operation, flag }: Extract<Step, { kind: 'instance' }>,
  InstanceId: string,
  LifecycleHookName: string,
): object {
  switch (operation) {
    case 'CompleteLifecycleAction':
      return {
        ...group,
        InstanceId,
        LifecycleHookName,
        LifecycleActionResult: flag ? 'CONTINUE' : 'ABANDON',
      };
    case 'SetInstanceHealth':
      return { InstanceId, HealthStatus: flag ? 'Unhealthy' : 'Healthy' };
    case 'TerminateInstanceInAutoScalingGroup':
      return { InstanceId, ShouldDecrementDesiredCapacity: flag };
    default:
      return { ...group, InstanceIds: [InstanceId], ShouldDecrementDesiredCapacity: flag };
  }
}

function picked(ec2: Ec2, pick: number): string {
  const ids = [...ec2.world.instances.all()].map(({ id }) => id);
  return ids[pick % Math.max(1, ids.length)] ?? 'i-00000000000000000';
}

test('whatever happens, the state stays whole, and in the end the group has its desired capacity', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const world = await aWorld();
      const { ec2, autoScaling } = world.cloud.rooms;

      for (const step of taken) {
        await take(world, step);
        world.cloud.checkInvariants();
      }
      for (const LifecycleHookName of Object.keys(hooks))
        await ask(autoScaling, 'DeleteLifecycleHook', { ...group, LifecycleHookName });
      await ask(autoScaling, 'ResumeProcesses', group);
      await ask(autoScaling, 'SetDesiredCapacity', { ...group, DesiredCapacity: 3 });
      world.clock.advanceBy(3_600_000);

      world.cloud.checkInvariants();
      const running = [...ec2.world.instances.all()].filter(
        ({ state, tags }) => state === 'running' && tags.get('aws:autoscaling:groupName') === 'web',
      );
      expect(running).toHaveLength(3);
    }),
    { numRuns: 60 },
  );
});
