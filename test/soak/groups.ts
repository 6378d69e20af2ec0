import { textAt } from '../simulation/engine/ask.ts';
import { createGroup } from '../simulation/engine/create-group.ts';
import type { ActionOf } from '../simulation/story/story.ts';
import type { SoakStage } from './stage.ts';

/** Long enough for any answer of a controller that works. */
const hookTimeoutSeconds = 300;

export async function launchGroup({ ask, names }: SoakStage, action: ActionOf<'group'>): Promise<void> {
  await createGroup({ ask, names, hookTimeoutSeconds }, action);
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
