import {
  AutoScalingClient,
  type AutoScalingGroup,
  CreateAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
  DescribeAutoScalingGroupsCommand,
  type Instance,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, EC2Client, type RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import { type AutoScaling, createAutoScaling } from '../../../../localcloud/auto-scaling/auto-scaling.ts';
import type { AutoScalingSettings } from '../../../../localcloud/auto-scaling/state/settings.ts';
import { createCloud } from '../../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import type { BusEvent } from '../../../../localcloud/core/surroundings.ts';
import { createEc2, type Ec2 } from '../../../../localcloud/ec2/ec2.ts';
import type { Ec2Settings } from '../../../../localcloud/ec2/state/settings.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';

/** Time for a launch without hooks, or for a termination, and all that follows. */
export const aWhileMs = 30_000;

/** An event as the bus gets it, with its detail readable. */
export interface SeenEvent extends BusEvent {
  readonly detail: Readonly<Record<string, unknown>>;
}

/** EC2 and Auto Scaling on a virtual clock, asked through the SDK; invariants are checked after every write. */
export interface ScalingRoom {
  readonly autoScaling: AutoScalingClient;
  readonly ec2: EC2Client;
  readonly rooms: { readonly ec2: Ec2; readonly autoScaling: AutoScaling };
  readonly clock: VirtualClock;
  /** What Auto Scaling has published. */
  scalingEvents(): readonly SeenEvent[];
  /** Lets time pass, and checks the invariants then. */
  pass(durationMs: number): void;
}

export interface RoomOptions {
  readonly settings?: Partial<AutoScalingSettings>;
  readonly ec2Settings?: Partial<Ec2Settings>;
}

export function aScalingRoom({ settings, ec2Settings }: RoomOptions = {}): ScalingRoom {
  const clock = new VirtualClock();
  const events: SeenEvent[] = [];
  const cloud = createCloud({
    clock,
    throttles: false,
    isCheckingInvariants: true,
    rooms: (surroundings) => {
      const ec2 = createEc2(surroundings, ec2Settings);
      return {
        ec2,
        autoScaling: createAutoScaling(surroundings, ec2, settings),
        listener: { receive: (event: BusEvent) => void events.push(event as SeenEvent) },
      };
    },
  });
  const clientSettings = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
    maxAttempts: 1,
  };
  return {
    autoScaling: new AutoScalingClient(clientSettings),
    ec2: new EC2Client(clientSettings),
    rooms: cloud.rooms,
    clock,
    scalingEvents: () => events.filter(({ source }) => source === 'aws.autoscaling'),
    pass: (durationMs) => {
      clock.advanceBy(durationMs);
      cloud.checkInvariants();
    },
  };
}

/** Makes the launch template `web`. */
export async function aLaunchTemplate(
  { ec2 }: ScalingRoom,
  data: RequestLaunchTemplateData = {},
): Promise<string> {
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'web',
      LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro', ...data },
    }),
  );
  if (LaunchTemplate?.LaunchTemplateId === undefined) throw new Error('no template was made');
  return LaunchTemplate.LaunchTemplateId;
}

/** A group `web` of one instance in us-east-1a and us-east-1b unless told otherwise, with its template. */
export async function aGroup(
  room: ScalingRoom,
  input: Partial<CreateAutoScalingGroupCommandInput> = {},
): Promise<void> {
  await aLaunchTemplate(room);
  await room.autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: 'web',
      LaunchTemplate: { LaunchTemplateName: 'web' },
      MinSize: 0,
      MaxSize: 10,
      DesiredCapacity: 1,
      AvailabilityZones: ['us-east-1a', 'us-east-1b'],
      ...input,
    }),
  );
}

/** As {@link aGroup}, with its instances in service. */
export async function aRunningGroup(
  room: ScalingRoom,
  input: Partial<CreateAutoScalingGroupCommandInput> = {},
): Promise<void> {
  await aGroup(room, input);
  room.pass(aWhileMs);
}

export async function described({ autoScaling }: ScalingRoom, name = 'web'): Promise<AutoScalingGroup> {
  const { AutoScalingGroups } = await autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  );
  const [group] = AutoScalingGroups ?? [];
  if (group === undefined) throw new Error(`there is no group ${name}`);
  return group;
}

export async function instancesOf(room: ScalingRoom, name = 'web'): Promise<readonly Instance[]> {
  return (await described(room, name)).Instances ?? [];
}

/** The instance of a group that has one only. */
export async function onlyInstance(room: ScalingRoom): Promise<Instance & { InstanceId: string }> {
  const [instance, ...others] = await instancesOf(room);
  if (instance?.InstanceId === undefined || others.length > 0) throw new Error('not exactly one instance');
  return { ...instance, InstanceId: instance.InstanceId };
}

/** By instance, in order of id: its life cycle state. */
export async function statesOf(room: ScalingRoom): Promise<readonly (string | undefined)[]> {
  return (await instancesOf(room)).map(({ LifecycleState }) => LifecycleState);
}
