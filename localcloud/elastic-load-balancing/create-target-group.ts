import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import { validationError } from './errors.ts';
import { expectGroupName } from './group-name.ts';
import { elbPage, guidePage } from './sources.ts';
import type { HealthCheck, TargetGroupConfiguration } from './state/target-group.ts';
import type { TargetGroups } from './state/target-groups.ts';
import { targetGroupView } from './target-group-view.ts';

const portNumber = z.number().int().min(1).max(65_535);
const protocolName = z.enum(['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP']);
const threshold = z.number().int().min(2).max(10);

const input = z.strictObject({
  Name: z.string(),
  Protocol: protocolName.optional(),
  ProtocolVersion: z.enum(['HTTP1', 'HTTP2', 'GRPC']).optional(),
  Port: portNumber.optional(),
  VpcId: z.string().optional(),
  HealthCheckProtocol: z.enum(['HTTP', 'HTTPS', 'TCP']).optional(),
  HealthCheckPort: z
    .string()
    .regex(/^(?:traffic-port|\d{1,5})$/, 'Member must be a port or traffic-port')
    .optional(),
  HealthCheckEnabled: z.literal(true).optional(),
  HealthCheckPath: z.string().min(1).max(1_024).optional(),
  HealthCheckIntervalSeconds: z.number().int().min(5).max(300).optional(),
  HealthCheckTimeoutSeconds: z.number().int().min(2).max(120).optional(),
  HealthyThresholdCount: threshold.optional(),
  UnhealthyThresholdCount: threshold.optional(),
  Matcher: z.strictObject({ HttpCode: z.string() }).optional(),
  TargetType: z.enum(['instance', 'ip']).optional(),
  IpAddressType: z.literal('ipv4').optional(),
});
type Input = z.output<typeof input>;

/** CreateTargetGroup. */
export function createTargetGroup(groups: TargetGroups): Operation {
  return operation({
    name: 'CreateTargetGroup',
    effect: 'write',
    input,
    honesty: {
      modelled: [
        'Groups of instances or IPv4 addresses in a VPC, for HTTP, HTTPS, TCP, TLS, UDP and TCP_UDP, with their health check settings and AWS’s defaults for those left out.',
        'The same settings again answer the same group; others under a name that is taken are DuplicateTargetGroupName.',
      ],
      notModelled: [
        'Targets that are functions or load balancers, GENEVE, QUIC, IPv6, tags, attributes of groups, request limits: what can be asked for is refused by name.',
      ],
      sources: [
        elbPage('CreateTargetGroup'),
        guidePage('target-group-health-checks'),
        'unverified: which settings count as the same; the timeout of health checks left out (here 5 seconds for HTTP and HTTPS, else 10)',
      ],
    },
    run: (request) => {
      const configuration = configurationOf(groups, request);
      const known = groups.named(configuration.name);
      if (known !== undefined && !isDeepStrictEqual(known.configuration, configuration))
        throw new AwsError(
          'DuplicateTargetGroupName',
          `A target group with the same name '${configuration.name}' exists, but with different settings`,
        );
      if (known === undefined && groups.all.size >= groups.settings.targetGroupQuota)
        throw new AwsError('TooManyTargetGroups', 'The maximum number of target groups has been reached');
      return { TargetGroups: [targetGroupView(known ?? groups.open(configuration))] };
    },
  });
}

function configurationOf({ ec2 }: TargetGroups, request: Input): TargetGroupConfiguration {
  const { Name, Protocol, Port, VpcId, TargetType = 'instance', ProtocolVersion } = request;
  expectGroupName(Name);
  if (Protocol === undefined) throw validationError('A protocol must be specified');
  if (Port === undefined) throw validationError('A port must be specified');
  if (VpcId === undefined) throw validationError('A VPC ID must be specified');
  if (ec2.vpc(VpcId) === undefined) throw validationError(`The VPC ID '${VpcId}' is not found`);
  const isWeb = Protocol === 'HTTP' || Protocol === 'HTTPS';
  if (!isWeb && ProtocolVersion !== undefined)
    throw validationError(`Protocol version cannot be specified for protocol '${Protocol}'`);
  return {
    name: Name,
    targetType: TargetType,
    protocol: Protocol,
    protocolVersion: isWeb ? (ProtocolVersion ?? 'HTTP1') : undefined,
    port: Port,
    vpcId: VpcId,
    healthCheck: healthCheckOf(request, isWeb),
  };
}

function healthCheckOf(request: Input, isWeb: boolean): HealthCheck {
  const protocol = request.HealthCheckProtocol ?? (isWeb ? 'HTTP' : 'TCP');
  const isWebCheck = protocol !== 'TCP';
  const intervalSeconds = request.HealthCheckIntervalSeconds ?? 30;
  expectConsistentCheck(request, { isWeb, isWebCheck, intervalSeconds });
  return {
    protocol,
    port: request.HealthCheckPort ?? 'traffic-port',
    path: isWebCheck ? (request.HealthCheckPath ?? '/') : undefined,
    httpCode: isWebCheck ? (request.Matcher?.HttpCode ?? (isWeb ? '200' : '200-399')) : undefined,
    intervalSeconds,
    timeoutSeconds: request.HealthCheckTimeoutSeconds ?? (isWebCheck ? 5 : 10),
    healthyThreshold: request.HealthyThresholdCount ?? 5,
    unhealthyThreshold: request.UnhealthyThresholdCount ?? 2,
  };
}

interface CheckKind {
  readonly isWeb: boolean;
  readonly isWebCheck: boolean;
  readonly intervalSeconds: number;
}

function expectConsistentCheck(request: Input, { isWeb, isWebCheck, intervalSeconds }: CheckKind): void {
  if (isWeb && !isWebCheck)
    throw validationError(`Health check protocol 'TCP' is not supported for protocol '${request.Protocol}'`);
  if (!isWebCheck && (request.HealthCheckPath !== undefined || request.Matcher !== undefined))
    throw validationError(
      "Health check path and matcher cannot be specified for health check protocol 'TCP'",
    );
  const { HealthCheckTimeoutSeconds = 0 } = request;
  if (HealthCheckTimeoutSeconds >= intervalSeconds)
    throw validationError(
      `Health check timeout '${HealthCheckTimeoutSeconds}' must be smaller than the interval '${intervalSeconds}'`,
    );
}
