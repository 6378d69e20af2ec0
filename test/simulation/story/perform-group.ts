import { createGroup } from '../engine/create-group.ts';
import type { Stage } from '../engine/stage.ts';
import type { ActionOf } from './story.ts';

/** As on AWS unless given: whoever is not answered waits until the run is over. */
const hookTimeoutSeconds = 3_600;

export async function launchGroup({ ask, names }: Stage, action: ActionOf<'group'>): Promise<boolean> {
  await createGroup({ ask, names, hookTimeoutSeconds }, action);
  return true;
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
