import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import { expectTargets, namedTargets } from './named-targets.ts';
import { elbPage, guidePage } from './sources.ts';
import { registrationKey } from './state/target-group.ts';
import type { TargetGroups } from './state/target-groups.ts';
import { targetsInput } from './targets-input.ts';

/** RegisterTargets and DeregisterTargets. */
export function targetOperations(groups: TargetGroups): readonly Operation[] {
  return [registerTargets(groups), deregisterTargets(groups)];
}

function registerTargets(groups: TargetGroups): Operation {
  return operation({
    name: 'RegisterTargets',
    effect: 'write',
    input: z.strictObject({ TargetGroupArn: z.string(), Targets: targetsInput.min(1) }),
    honesty: {
      modelled: [
        'All targets or none; a target that is registered already stays as it is, one that drains is registered anew. The port is the group’s unless given; one instance or address with several ports is several targets.',
        'An instance must run, in the VPC of the group. An address must be private; outside the subnets of the VPC it needs an Availability Zone or `all`.',
      ],
      notModelled: ['Limits per load balancer.', 'Unsupported instance types.'],
      sources: [
        elbPage('RegisterTargets'),
        guidePage('target-group-register-targets'),
        'unverified: which error comes first when several apply',
      ],
    },
    run: ({ TargetGroupArn, Targets }) => {
      const group = groups.expect(TargetGroupArn);
      const targets = expectTargets(groups, group, Targets);
      const keys = new Set([...group.registrations.keys(), ...targets.map(registrationKey)]);
      if (keys.size > groups.settings.targetsPerGroupQuota)
        throw new AwsError('TooManyTargets', 'The maximum number of targets has been reached');
      for (const target of targets) groups.register(group, target);
      return {};
    },
  });
}

function deregisterTargets(groups: TargetGroups): Operation {
  return operation({
    name: 'DeregisterTargets',
    effect: 'write',
    input: z.strictObject({ TargetGroupArn: z.string(), Targets: targetsInput.min(1) }),
    honesty: {
      modelled: [
        'The target drains for the deregistration delay and is then unused; in a group that no load balancer uses it is gone at once. A target registered with a port of its own has to be named with it. What is not registered is passed over.',
        'An instance that is terminated is deregistered by itself.',
      ],
      notModelled: ['A deregistration delay per group: one setting holds for all.'],
      sources: [
        elbPage('DeregisterTargets'),
        guidePage('edit-target-group-attributes'),
        'unverified: that nothing drains in a group that is not used; that a terminated instance drains',
      ],
    },
    run: ({ TargetGroupArn, Targets }) => {
      const group = groups.expect(TargetGroupArn);
      for (const target of namedTargets(group, Targets)) groups.deregister(group, target);
      return {};
    },
  });
}
