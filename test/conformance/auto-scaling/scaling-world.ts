import {
  type AutoScalingGroup,
  CreateAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
  DescribeAutoScalingGroupsCommand,
  type Instance,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand } from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { aNetwork, imageId, present } from '../ec2/ec2-world.ts';
import type { Target } from '../target.ts';

let names = 0;

/** A name that no other run and no other case has. */
export function aName(): string {
  names += 1;
  return `conformance-${Date.now()}-${names}`;
}

/** The API reference page of an Auto Scaling action. */
export function autoScalingPage(action: string): string {
  return `https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_${action}.html`;
}

/** A page of the Auto Scaling user guide. */
export function guidePage(name: string): string {
  return `https://docs.aws.amazon.com/autoscaling/ec2/userguide/${name}.html`;
}

/** A launch template of its own; returns its name. */
export async function aLaunchTemplate({ clients: { ec2 } }: Target): Promise<string> {
  const name = aName();
  await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: name,
      LaunchTemplateData: { ImageId: imageId, InstanceType: 't3.micro' },
    }),
  );
  return name;
}

/** A group of 0 to 4 instances, one wanted, in two subnets of a VPC of its own, unless told otherwise; returns its name. */
export async function aGroup(
  target: Target,
  input: Partial<CreateAutoScalingGroupCommandInput> = {},
): Promise<string> {
  const { subnetIds } = await aNetwork(target);
  const LaunchTemplateName = await aLaunchTemplate(target);
  const AutoScalingGroupName = aName();
  await target.clients.autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName,
      LaunchTemplate: { LaunchTemplateName },
      MinSize: 0,
      MaxSize: 4,
      DesiredCapacity: 1,
      VPCZoneIdentifier: subnetIds.join(','),
      ...input,
    }),
  );
  return input.AutoScalingGroupName ?? AutoScalingGroupName;
}

export async function described(
  { clients: { autoScaling } }: Target,
  name: string,
): Promise<AutoScalingGroup> {
  const { AutoScalingGroups } = await autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  );
  return present(AutoScalingGroups?.[0]);
}

/** Waits until the group has just so many instances, all in the state; returns them. */
export function inState(
  target: Target,
  name: string,
  state: string,
  count = 1,
): Promise<readonly (Instance & { InstanceId: string })[]> {
  return target.eventually(async () => {
    const { Instances = [] } = await described(target, name);
    expect(Instances.map(({ LifecycleState }) => LifecycleState)).toEqual(Array(count).fill(state));
    return Instances.map((each) => ({ ...each, InstanceId: present(each.InstanceId) }));
  });
}

/** The instance of a group of one, once it is in the state. */
export async function theInstance(target: Target, name: string, state = 'InService'): Promise<string> {
  const [instance] = await inState(target, name, state);
  return present(instance).InstanceId;
}
