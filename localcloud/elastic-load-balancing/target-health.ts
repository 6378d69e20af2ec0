import { privateIpKey } from '../ec2/state/world.ts';
import type { Registration, TargetGroup } from './state/target-group.ts';
import type { TargetGroups } from './state/target-groups.ts';

/** A target's health: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html */
export interface TargetHealth {
  readonly State: 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining';
  readonly Reason?: string;
  readonly Description?: string;
}

/** The health of a target that the group does not know. */
export const notRegistered: TargetHealth = {
  State: 'unused',
  Reason: 'Target.NotRegistered',
  Description: 'Target is not registered to the target group',
};

/** The health of a registered or draining target, now. */
export function healthOf(groups: TargetGroups, group: TargetGroup, target: Registration): TargetHealth {
  if (group.use === undefined)
    return unused(
      'Target.NotInUse',
      'Target group is not configured to receive traffic from the load balancer',
    );
  if (target.drainingSinceMs !== undefined)
    return {
      State: 'draining',
      Reason: 'Target.DeregistrationInProgress',
      Description: 'Target deregistration is in progress',
    };
  const instance = groups.ec2.instance(instanceIdOf(groups, group, target) ?? '');
  if (group.configuration.targetType === 'instance' && instance?.state !== 'running') {
    const state = instance?.state === 'stopping' || instance?.state === 'stopped' ? 'stopped' : 'terminated';
    return unused('Target.InvalidState', `Target is in the ${state} state`);
  }
  const beganMs = Math.max(target.registeredAtMs, group.use.sinceMs, instance?.runningSinceMs ?? 0);
  return sinceBegin(groups, group, groups.nowMs() - beganMs) ?? checked(groups, target, instance?.id);
}

function unused(Reason: string, Description: string): TargetHealth {
  return { State: 'unused', Reason, Description };
}

/** Which instance answers for the target, if one does. */
function instanceIdOf(groups: TargetGroups, group: TargetGroup, { id }: Registration): string | undefined {
  const { targetType, vpcId } = group.configuration;
  if (targetType === 'instance') return id;
  const { interfaceByPrivateIp, networkInterfaces } = groups.ec2.world;
  const interfaceId = interfaceByPrivateIp.get(privateIpKey(vpcId, id));
  return networkInterfaces.get(interfaceId ?? '')?.attachment?.instanceId;
}

/** Undefined when the target's first health check has been made. */
function sinceBegin(
  { settings }: TargetGroups,
  { configuration }: TargetGroup,
  ageMs: number,
): TargetHealth | undefined {
  if (ageMs < settings.registrationMs)
    return {
      State: 'initial',
      Reason: 'Elb.RegistrationInProgress',
      Description: 'Target registration is in progress',
    };
  if (ageMs < settings.registrationMs + configuration.healthCheck.intervalSeconds * 1_000)
    return {
      State: 'initial',
      Reason: 'Elb.InitialHealthChecking',
      Description: 'Initial health checks in progress',
    };
  return undefined;
}

/** Whoever runs and passes EC2's status checks answers; addresses outside the VPC are believed. */
function checked(
  { ec2 }: TargetGroups,
  { zone }: Registration,
  instanceId: string | undefined,
): TargetHealth {
  const isBelieved = instanceId === undefined && zone === 'all';
  const isAnswering =
    instanceId !== undefined &&
    ec2.instance(instanceId)?.state === 'running' &&
    !ec2.world.impairments.has(instanceId);
  return isBelieved || isAnswering
    ? { State: 'healthy' }
    : { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' };
}
