import { z } from 'zod';
import { type AwsError, notModelled } from '../core/aws-error.ts';
import { type InputProblem, operationMap, type Service } from '../core/service.ts';
import type { BusEvent, Surroundings } from '../core/surroundings.ts';
import type { Ec2Hooks } from '../ec2/hooks.ts';
import { awsQueryProtocol } from '../wire/aws-query-protocol.ts';
import { createTargetGroup } from './create-target-group.ts';
import { describeTargetHealth } from './describe-target-health.ts';
import { dump } from './dump.ts';
import { validationError } from './errors.ts';
import { checkInvariants } from './invariants.ts';
import { defaultElasticLoadBalancingSettings, type ElasticLoadBalancingSettings } from './state/settings.ts';
import { TargetGroups } from './state/target-groups.ts';
import { targetGroupOperations } from './target-group-operations.ts';
import { targetOperations } from './target-operations.ts';

const version = '2015-12-01';

/** The Elastic Load Balancing room: the service, and what the cloud and tests ask of it directly. */
export interface ElasticLoadBalancing extends Service {
  /** Takes an event that any room published; terminated instances concern it. */
  receive(event: BusEvent): void;
  /**
   * Lets a load balancer send traffic to the group from now on, or no longer. Load balancers are not modelled: this
   * stands for a listener that forwards to the group. Throws TargetGroupNotFound.
   */
  setInUse(targetGroupArn: string, isInUse: boolean): void;
  /** Ends all that is still to happen by itself. */
  close(): Promise<void>;
}

/**
 * Elastic Load Balancing, version 2: target groups with their targets. It knows instances from `ec2`, and must be
 * handed EC2's events.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/Welcome.html
 */
export function createElasticLoadBalancing(
  surroundings: Surroundings,
  ec2: Ec2Hooks,
  settings: Partial<ElasticLoadBalancingSettings> = {},
): ElasticLoadBalancing {
  const own = { ...surroundings, random: surroundings.random.fork('elastic-load-balancing') };
  const groups = new TargetGroups(own, { ...defaultElasticLoadBalancingSettings, ...settings }, ec2);
  const operations = operationMap([
    createTargetGroup(groups),
    ...targetGroupOperations(groups),
    ...targetOperations(groups),
    describeTargetHealth(groups),
  ]);
  const namespace = `http://elasticloadbalancing.amazonaws.com/doc/${version}/`;
  return {
    name: 'elasticloadbalancing',
    protocol: {
      ...awsQueryProtocol(operations, { version, serviceName: 'ElasticLoadBalancing', namespace }),
      inputError,
    },
    operations,
    checkInvariants: () => checkInvariants(groups),
    dump: () => dump(groups),
    receive: (event) => noticeTermination(groups, event),
    setInUse: (targetGroupArn, isInUse) => setInUse(groups, targetGroupArn, isInUse),
    close: () => {
      groups.close();
      return Promise.resolve();
    },
  };
}

const stateChange = z.object({ 'instance-id': z.string(), state: z.string() });

function noticeTermination(groups: TargetGroups, { source, detailType, detail }: BusEvent): void {
  if (source !== 'aws.ec2' || detailType !== 'EC2 Instance State-change Notification') return;
  const { 'instance-id': instanceId, state } = stateChange.parse(detail);
  if (state !== 'terminated') return;
  for (const group of groups.all.values())
    for (const target of [...group.registrations.values()])
      if (target.id === instanceId) groups.deregister(group, target);
}

function setInUse(groups: TargetGroups, targetGroupArn: string, isInUse: boolean): void {
  const group = groups.expect(targetGroupArn);
  if (isInUse === (group.use !== undefined)) return;
  if (!isInUse) {
    group.use = undefined;
    for (const [key, { drainingSinceMs }] of group.registrations)
      if (drainingSinceMs !== undefined) group.registrations.delete(key);
    return;
  }
  const { name, protocol } = group.configuration;
  const kind = protocol.startsWith('HTTP') ? 'app' : 'net';
  const id = groups.surroundings.random.hex(16);
  group.use = { loadBalancerArn: groups.arn(`loadbalancer/${kind}/${name}/${id}`), sinceMs: groups.nowMs() };
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/CommonErrors.html
function inputError({ kind, parameter, detail }: InputProblem): AwsError {
  const member = parameter.charAt(0).toLowerCase() + parameter.slice(1);
  switch (kind) {
    case 'missing':
      return validationError(
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      );
    case 'unknown':
      // Most of those are AWS's own.
      return notModelled(`the parameter ${parameter} of Elastic Load Balancing`);
    case 'invalid':
      return validationError(
        `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${detail}`,
      );
  }
}
