import type { RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeAddressesCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { Stage } from './stage.ts';

/** Launches one instance in a subnet, with the role's tag or without any. `more` goes into the request as it is. */
export async function launch(
  { clients }: Stage,
  subnetId: string,
  role: string | undefined,
  more: Partial<RunInstancesCommandInput> = {},
): Promise<string> {
  const Tags = role === undefined ? [] : [{ Key: 'role', Value: role }];
  const { Instances = [] } = await clients.ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-0abcdef1234567890',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: subnetId,
      ...(Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: 'instance', Tags }] }),
      ...more,
    }),
  );
  return Instances[0]?.InstanceId ?? '';
}

/** Makes the instance ask for a role, or for another one. */
export async function tag({ clients }: Stage, instanceId: string, role: string): Promise<void> {
  const Tags = [{ Key: 'role', Value: role }];
  await clients.ec2.send(new CreateTagsCommand({ Resources: [instanceId], Tags }));
}

/** Makes the instance ask for no role. */
export async function untag({ clients }: Stage, instanceId: string): Promise<void> {
  await clients.ec2.send(new DeleteTagsCommand({ Resources: [instanceId], Tags: [{ Key: 'role' }] }));
}

export async function terminate({ clients }: Stage, instanceId: string): Promise<void> {
  await clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [instanceId] }));
}

/** Messages of one SendMessageBatch, at the most. */
const batchMax = 10;

/** Puts events into the controller's queue again, marked as EventBridge marks a replay. */
export async function replay(stage: Stage, events: readonly object[]): Promise<void> {
  for (let start = 0; start < events.length; start += batchMax) {
    const Entries = events.slice(start, start + batchMax).map((event, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify({ ...event, 'replay-name': 'story' }),
    }));
    await stage.clients.sqs.send(
      new SendMessageBatchCommand({ QueueUrl: stage.deployment.queueUrl, Entries }),
    );
  }
}

/** Where the Elastic IP and the two names of the story point, as a client inside the VPC would see it. */
export interface Whereabouts {
  readonly elasticIpAt: string | undefined;
  readonly privateName: string;
  readonly publicName: string;
}

export async function whereabouts({ clients, cloud, world }: Stage): Promise<Whereabouts> {
  const { Addresses = [] } = await clients.ec2.send(
    new DescribeAddressesCommand({ AllocationIds: [world.allocationId] }),
  );
  const inside = cloud.rooms.route53.resolve('db.corp.internal', 'A', { fromVpc: world.vpcId });
  const outside = cloud.rooms.route53.resolve('db.example.com', 'CNAME', {});
  return {
    elasticIpAt: Addresses[0]?.InstanceId,
    privateName: inside.kind === 'answer' ? inside.values.join(' ') : inside.kind,
    publicName: outside.kind === 'answer' ? outside.values.join(' ') : outside.kind,
  };
}
