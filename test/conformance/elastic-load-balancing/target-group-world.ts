import {
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
  type TargetDescription,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { aNetwork, present } from '../ec2/ec2-world.ts';
import type { Target } from '../target.ts';

let names = 0;

/** A name that no other run and no other case has. */
export function aGroupName(): string {
  names += 1;
  return `tg-${Date.now()}-${names}`;
}

/** The API reference page of an action of Elastic Load Balancing. */
export function elbPage(action: string): string {
  return `https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_${action}.html`;
}

export interface GroupWithNetwork {
  readonly group: TargetGroup;
  readonly arn: string;
  readonly subnetId: string;
}

/** A group for HTTP on port 80 in a VPC of its own, unless told otherwise; and a subnet of that VPC. */
export async function aTargetGroup(
  target: Target,
  input: Partial<CreateTargetGroupCommandInput> = {},
): Promise<GroupWithNetwork> {
  const { vpcId, subnetIds } = await aNetwork(target);
  const { TargetGroups } = await target.clients.elasticLoadBalancing.send(
    new CreateTargetGroupCommand({
      Name: aGroupName(),
      Protocol: 'HTTP',
      Port: 80,
      VpcId: vpcId,
      ...input,
    }),
  );
  const group = present(TargetGroups?.[0]);
  return { group, arn: present(group.TargetGroupArn), subnetId: subnetIds[0] };
}

export async function register(
  { clients }: Target,
  arn: string,
  ...targets: readonly TargetDescription[]
): Promise<void> {
  await clients.elasticLoadBalancing.send(
    new RegisterTargetsCommand({ TargetGroupArn: arn, Targets: [...targets] }),
  );
}

/** Each target as `id:port state reason`, of those asked for or of all. */
export async function healthOf(
  { clients }: Target,
  arn: string,
  targets?: readonly TargetDescription[],
): Promise<readonly string[]> {
  const { TargetHealthDescriptions } = await clients.elasticLoadBalancing.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: arn, ...(targets && { Targets: [...targets] }) }),
  );
  return present(TargetHealthDescriptions).map(
    ({ Target: each, TargetHealth }) =>
      `${each?.Id}:${each?.Port} ${TargetHealth?.State} ${TargetHealth?.Reason ?? ''}`,
  );
}
