import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand } from '@aws-sdk/client-ec2';
import { stageRegion } from '../../../demo/stage.ts';
import { createRequestHandler } from '../../../localcloud/front/request-handler.ts';
import type { Theatre } from './theatre.ts';

type Hook = NonNullable<CreateAutoScalingGroupCommandInput['LifecycleHookSpecificationList']>[number];

export const launchHook: Hook = {
  LifecycleHookName: 'understudy-launch',
  LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
  HeartbeatTimeout: 300,
};

export const terminateHook: Hook = {
  LifecycleHookName: 'understudy-terminate',
  LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
  HeartbeatTimeout: 120,
};

/** What a test wants of its group: one instance that asks for `db`, in the first subnet, unless it says otherwise. */
export interface GroupOptions {
  readonly hooks: readonly Hook[];
  readonly size?: number;
  readonly role?: string;
  readonly subnet?: 0 | 1;
}

const groupName = 'databases';

/** An Auto Scaling group whose instances ask for a role. */
export class ScalingGroup {
  readonly templateId: string;
  readonly #autoScaling: AutoScalingClient;

  constructor(autoScaling: AutoScalingClient, templateId: string) {
    this.#autoScaling = autoScaling;
    this.templateId = templateId;
  }

  /** Makes the group and lets its instances launch. */
  static async create(
    theatre: Theatre,
    { hooks, size = 1, role = 'db', subnet = 0 }: GroupOptions,
  ): Promise<ScalingGroup> {
    const { LaunchTemplate } = await theatre.stage.clients.ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: groupName,
        LaunchTemplateData: {
          ImageId: 'ami-0abcdef1234567890',
          InstanceType: 't3.micro',
          IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/db' },
        },
      }),
    );
    const autoScaling = new AutoScalingClient({
      region: stageRegion,
      credentials: { accessKeyId: 'AKIASTAGE', secretAccessKey: 'not-checked' },
      requestHandler: createRequestHandler(theatre.stage.cloud.handle),
    });
    await autoScaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: groupName,
        LaunchTemplate: { LaunchTemplateName: groupName },
        MinSize: 0,
        MaxSize: 5,
        DesiredCapacity: size,
        VPCZoneIdentifier: theatre.stage.world.subnetIds[subnet],
        LifecycleHookSpecificationList: [...hooks],
        Tags: [{ Key: 'role', Value: role, PropagateAtLaunch: true }],
      }),
    );
    await theatre.settle();
    return new ScalingGroup(autoScaling, LaunchTemplate?.LaunchTemplateId ?? '');
  }

  /** The life-cycle state of each instance by its id. */
  async states(): Promise<Readonly<Record<string, string>>> {
    const { AutoScalingGroups = [] } = await this.#autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [groupName] }),
    );
    const instances = AutoScalingGroups[0]?.Instances ?? [];
    return Object.fromEntries(
      instances.map(({ InstanceId = '', LifecycleState = '' }) => [InstanceId, LifecycleState]),
    );
  }

  /** The instance of a group of one. */
  async only(): Promise<string> {
    const [id, ...others] = Object.keys(await this.states());
    if (id === undefined || others.length > 0) throw new Error('not exactly one instance');
    return id;
  }

  async resize(size: number): Promise<void> {
    await this.#autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: groupName, DesiredCapacity: size }),
    );
  }

  /** Takes one instance out, for which the group launches another unless it is to shrink. */
  async terminate(instanceId: string, { isShrinking }: { readonly isShrinking: boolean }): Promise<void> {
    await this.#autoScaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId: instanceId,
        ShouldDecrementDesiredCapacity: isShrinking,
      }),
    );
  }
}
