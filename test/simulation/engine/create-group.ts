import type { ActionOf } from '../story/story.ts';
import type { Ask } from './ask.ts';
import { textAt } from './ask.ts';
import type { Names } from './network.ts';

/** Where a group is made, and how long its hooks wait for an answer. */
interface GroupParts {
  readonly ask: Ask;
  readonly names: Names;
  readonly hookTimeoutSeconds: number;
}

/** An Auto Scaling group with a hook at each end of its instances' lives. */
export async function createGroup(
  { ask, names, hookTimeoutSeconds }: GroupParts,
  { name, roles, size }: ActionOf<'group'>,
): Promise<void> {
  const { LaunchTemplate } = await ask('ec2', 'CreateLaunchTemplate', {
    LaunchTemplateName: name,
    LaunchTemplateData: { ImageId: 'ami-0abcdef1234567890', InstanceType: 't3.micro' },
  });
  const hook = (LifecycleHookName: string, LifecycleTransition: string, DefaultResult: string) => ({
    LifecycleHookName,
    LifecycleTransition,
    DefaultResult,
    HeartbeatTimeout: hookTimeoutSeconds,
  });
  await ask('autoscaling', 'CreateAutoScalingGroup', {
    AutoScalingGroupName: name,
    LaunchTemplate: { LaunchTemplateId: textAt(LaunchTemplate, 'LaunchTemplateId') },
    MinSize: 0,
    MaxSize: 4,
    DesiredCapacity: size,
    VPCZoneIdentifier: `${names.get('$subnetA')},${names.get('$subnetB')}`,
    Tags: roles.length === 0 ? [] : [{ Key: 'role', Value: roles.join(','), PropagateAtLaunch: true }],
    LifecycleHookSpecificationList: [
      hook('understudy-launch', 'autoscaling:EC2_INSTANCE_LAUNCHING', 'ABANDON'),
      hook('understudy-terminate', 'autoscaling:EC2_INSTANCE_TERMINATING', 'CONTINUE'),
    ],
  });
}
