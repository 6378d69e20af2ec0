import { textAt } from '../simulation/engine/ask.ts';
import type { ActionOf } from '../simulation/story/story.ts';
import type { SoakStage } from './stage.ts';

/** Long enough for any answer of a controller that works. */
const hookTimeoutSeconds = 300;

/** An Auto Scaling group with a hook at each end of its instances' lives. */
export async function createGroup(
  { ask, names }: SoakStage,
  { name, roles, size }: ActionOf<'group'>,
): Promise<void> {
  const { LaunchTemplate } = await ask('ec2', 'CreateLaunchTemplate', {
    LaunchTemplateName: name,
    LaunchTemplateData: { ImageId: 'ami-0abcdef1234567890', InstanceType: 't3.micro' },
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

function hook(LifecycleHookName: string, LifecycleTransition: string, DefaultResult: string): object {
  return { LifecycleHookName, LifecycleTransition, DefaultResult, HeartbeatTimeout: hookTimeoutSeconds };
}

/** Not done where there is no such group. */
export async function resizeGroup({ ask }: SoakStage, { name, size }: ActionOf<'resize'>): Promise<void> {
  const groups = await groupNames({ ask });
  if (!groups.includes(name)) return;
  await ask('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: name, DesiredCapacity: size });
}

/** They launch and terminate nothing any more. */
export async function suspendGroups(stage: Pick<SoakStage, 'ask'>): Promise<void> {
  for (const AutoScalingGroupName of await groupNames(stage)) {
    await stage.ask('autoscaling', 'SuspendProcesses', { AutoScalingGroupName });
  }
}

/** Takes the groups away, and their instances and templates. */
export async function deleteGroups({ ask }: Pick<SoakStage, 'ask'>): Promise<void> {
  for (const name of await groupNames({ ask })) {
    await ask('autoscaling', 'DeleteAutoScalingGroup', { AutoScalingGroupName: name, ForceDelete: true });
    await ask('ec2', 'DeleteLaunchTemplate', { LaunchTemplateName: name });
  }
}

async function groupNames({ ask }: Pick<SoakStage, 'ask'>): Promise<readonly string[]> {
  const { AutoScalingGroups = [] } = await ask('autoscaling', 'DescribeAutoScalingGroups', {});
  return (AutoScalingGroups as readonly object[]).map((group) => textAt(group, 'AutoScalingGroupName'));
}
