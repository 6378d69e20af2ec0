import type { TargetGroup } from './state/target-group.ts';

/** A group as CreateTargetGroup and DescribeTargetGroups show it. */
export function targetGroupView({ arn, configuration, use }: TargetGroup): object {
  const { healthCheck } = configuration;
  return {
    TargetGroupArn: arn,
    TargetGroupName: configuration.name,
    Protocol: configuration.protocol,
    Port: configuration.port,
    VpcId: configuration.vpcId,
    HealthCheckProtocol: healthCheck.protocol,
    HealthCheckPort: healthCheck.port,
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    HealthCheckPath: healthCheck.path,
    Matcher: healthCheck.httpCode === undefined ? undefined : { HttpCode: healthCheck.httpCode },
    LoadBalancerArns: use === undefined ? [] : [use.loadBalancerArn],
    TargetType: configuration.targetType,
    ProtocolVersion: configuration.protocolVersion,
    IpAddressType: 'ipv4',
  };
}
