import { textAt } from '../engine/ask.ts';
import type { Stage } from '../engine/stage.ts';
import type { ActionOf } from './story.ts';

/** As on AWS unless given: whoever is not answered waits until the run is over. */
const hookTimeoutSeconds = 3_600;

/** A group with a hook at each end of its instances' lives. */
export async function createGroup(
  { ask, names }: Stage,
  { name, roles, size }: ActionOf<'group'>,
): Promise<boolean> {
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
  return true;
}

function hook(LifecycleHookName: string, LifecycleTransition: string, DefaultResult: string): object {
  return { LifecycleHookName, LifecycleTransition, DefaultResult, HeartbeatTimeout: hookTimeoutSeconds };
}

/** Not done where there is no such group. */
export async function resizeGroup(stage: Stage, { name, size }: ActionOf<'resize'>): Promise<boolean> {
  if (!(await hasGroup(stage, name))) return false;
  await stage.ask('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: name, DesiredCapacity: size });
  return true;
}

/** It launches and terminates nothing any more. Not done where there is no such group. */
export async function suspendGroup(stage: Stage, name: string): Promise<void> {
  if (!(await hasGroup(stage, name))) return;
  await stage.ask('autoscaling', 'SuspendProcesses', { AutoScalingGroupName: name });
}

async function hasGroup({ ask }: Stage, name: string): Promise<boolean> {
  const input = { AutoScalingGroupNames: [name] };
  const { AutoScalingGroups } = await ask('autoscaling', 'DescribeAutoScalingGroups', input);
  return Array.isArray(AutoScalingGroups) && AutoScalingGroups.length > 0;
}
