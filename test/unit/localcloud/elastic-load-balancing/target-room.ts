import { EC2Client, RunInstancesCommand, type RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import {
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  type TargetDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { createCloud } from '../../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { createEc2, type Ec2 } from '../../../../localcloud/ec2/ec2.ts';
import {
  createElasticLoadBalancing,
  type ElasticLoadBalancing,
} from '../../../../localcloud/elastic-load-balancing/elastic-load-balancing.ts';
import type { ElasticLoadBalancingSettings } from '../../../../localcloud/elastic-load-balancing/state/settings.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';

/** EC2 and Elastic Load Balancing on a virtual clock, asked through the SDK; invariants are checked after every write. */
export interface TargetRoom {
  readonly client: ElasticLoadBalancingV2Client;
  readonly ec2: EC2Client;
  readonly rooms: { readonly ec2: Ec2; readonly elasticLoadBalancing: ElasticLoadBalancing };
  /** The default VPC, in which instances launch unless told otherwise. */
  readonly vpcId: string;
  /** Lets time pass, and checks the invariants then. */
  pass(durationMs: number): void;
}

export function aTargetRoom(settings: Partial<ElasticLoadBalancingSettings> = {}): TargetRoom {
  const clock = new VirtualClock();
  const cloud = createCloud({
    clock,
    throttles: false,
    isCheckingInvariants: true,
    rooms: (surroundings) => {
      const ec2 = createEc2(surroundings);
      return { ec2, elasticLoadBalancing: createElasticLoadBalancing(surroundings, ec2, settings) };
    },
  });
  const clientSettings = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
    maxAttempts: 1,
  };
  return {
    client: new ElasticLoadBalancingV2Client(clientSettings),
    ec2: new EC2Client(clientSettings),
    rooms: cloud.rooms,
    vpcId: cloud.rooms.ec2.world.defaultVpc.get('default') ?? '',
    pass: (durationMs) => {
      clock.advanceBy(durationMs);
      cloud.checkInvariants();
    },
  };
}

/** Makes a group for HTTP on port 80 of instances in the default VPC, unless told otherwise, and answers its ARN. */
export async function aTargetGroup(
  { client, vpcId }: TargetRoom,
  input: Partial<CreateTargetGroupCommandInput> = {},
): Promise<string> {
  const { TargetGroups } = await client.send(
    new CreateTargetGroupCommand({ Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: vpcId, ...input }),
  );
  return TargetGroups?.[0]?.TargetGroupArn ?? '';
}

/** Launches an instance in the default VPC and lets time pass until it runs. */
export async function aRunningInstance(
  room: TargetRoom,
  input: Partial<RunInstancesCommandInput> = {},
): Promise<string> {
  const id = await aLaunch(room, input);
  room.pass(room.rooms.ec2.world.settings.pendingMs);
  return id;
}

/** Launches an instance in the default VPC: it is pending. */
export async function aLaunch(
  { ec2 }: TargetRoom,
  input: Partial<RunInstancesCommandInput> = {},
): Promise<string> {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.medium',
      MinCount: 1,
      MaxCount: 1,
      ...input,
    }),
  );
  return Instances?.[0]?.InstanceId ?? '';
}

export async function register(
  { client }: TargetRoom,
  arn: string,
  ...targets: readonly TargetDescription[]
): Promise<void> {
  await client.send(new RegisterTargetsCommand({ TargetGroupArn: arn, Targets: [...targets] }));
}

/** Each target as `id:port state reason`, in the order told. */
export async function healthOf(
  { client }: TargetRoom,
  arn: string,
  targets?: readonly TargetDescription[],
): Promise<readonly string[]> {
  const { TargetHealthDescriptions = [] } = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: arn, ...(targets && { Targets: [...targets] }) }),
  );
  return TargetHealthDescriptions.map(({ Target, TargetHealth }) =>
    [`${Target?.Id}:${Target?.Port}`, TargetHealth?.State, TargetHealth?.Reason].filter(Boolean).join(' '),
  );
}
