import { tagContext } from '../condition-keys.ts';
import { arnOf, ask, contextOf, type RequirementsOf } from './request.ts';

interface TagView {
  readonly Key?: string;
  readonly Value?: string;
}

const tagPairs = (tags: readonly TagView[] = []): (readonly [string, string])[] =>
  tags.map(({ Key = '', Value = '' }) => [Key, Value] as const);

const groupOperations: ReadonlySet<string> = new Set([
  'CompleteLifecycleAction',
  'RecordLifecycleActionHeartbeat',
  'SetDesiredCapacity',
  'TerminateInstanceInAutoScalingGroup',
]);

/**
 * What each Auto Scaling call needs: reads know no resources, writes are judged by their group and its tags.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html
 */
export const autoScalingRequirements: RequirementsOf = async (call) => {
  const action = `autoscaling:${call.operation}`;
  if (call.operation.startsWith('Describe')) return [{ action, resource: '*', context: contextOf(call) }];
  if (!groupOperations.has(call.operation)) return undefined;
  const { AutoScalingGroupName = '' } = call.input as { AutoScalingGroupName?: string };
  const found = await ask<{
    AutoScalingGroups: readonly { AutoScalingGroupARN?: string; Tags?: readonly TagView[] }[];
  }>(call.surveyed, 'autoscaling', 'DescribeAutoScalingGroups', {
    AutoScalingGroupNames: [AutoScalingGroupName],
  });
  const group = found?.AutoScalingGroups?.[0];
  if (group?.AutoScalingGroupARN === undefined) return [];
  const tags = tagContext(['aws:ResourceTag/', 'autoscaling:ResourceTag/'], tagPairs(group.Tags));
  return [{ action, resource: group.AutoScalingGroupARN, context: contextOf(call, tags) }];
};

/**
 * What each call to Elastic Load Balancing needs: reads know no resources, writes are judged by their target group and its
 * tags.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
export const elasticLoadBalancingRequirements: RequirementsOf = async (call) => {
  const action = `elasticloadbalancing:${call.operation}`;
  if (call.operation.startsWith('Describe')) return [{ action, resource: '*', context: contextOf(call) }];
  const { TargetGroupArn } = call.input as { TargetGroupArn?: string };
  if (TargetGroupArn === undefined) return undefined;
  const found = await ask<{ TagDescriptions: readonly { Tags?: readonly TagView[] }[] }>(
    call.surveyed,
    'elasticloadbalancing',
    'DescribeTags',
    { ResourceArns: [TargetGroupArn] },
  );
  const tags = tagContext(
    ['aws:ResourceTag/', 'elasticloadbalancing:ResourceTag/'],
    tagPairs(found?.TagDescriptions?.[0]?.Tags),
  );
  return [{ action, resource: TargetGroupArn, context: contextOf(call, tags) }];
};

/**
 * What each CloudWatch call needs.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
 */
export const cloudWatchRequirements: RequirementsOf = (call) => {
  const action = `cloudwatch:${call.operation}`;
  if (call.operation === 'PutMetricData') {
    const { Namespace = '' } = call.input as { Namespace?: string };
    return [{ action, resource: '*', context: contextOf(call, [['cloudwatch:namespace', [Namespace]]]) }];
  }
  if (call.operation.startsWith('GetMetric') || call.operation === 'ListMetrics')
    return [{ action, resource: '*', context: contextOf(call) }];
  const { AlarmNames = ['*'] } = call.input as { AlarmNames?: readonly string[] };
  if (!call.operation.startsWith('Describe')) return undefined;
  return AlarmNames.map((name) => ({
    action,
    resource: arnOf(call.surveyed, 'cloudwatch', `alarm:${name}`),
    context: contextOf(call),
  }));
};
