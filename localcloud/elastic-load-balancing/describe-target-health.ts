import { z } from 'zod';
import { type Operation, operation } from '../core/service.ts';
import { namedTargets } from './named-targets.ts';
import { elbPage, guidePage } from './sources.ts';
import { registrationKey, type TargetGroup } from './state/target-group.ts';
import type { TargetGroups } from './state/target-groups.ts';
import { healthOf, notRegistered, type TargetHealth } from './target-health.ts';
import { targetsInput } from './targets-input.ts';

/** DescribeTargetHealth. */
export function describeTargetHealth(groups: TargetGroups): Operation {
  return operation({
    name: 'DescribeTargetHealth',
    effect: 'read',
    input: z.strictObject({ TargetGroupArn: z.string(), Targets: targetsInput.optional() }),
    honesty: {
      modelled: [
        'All targets, draining ones too, or those asked for, of which the unregistered are unused with Target.NotRegistered.',
        'In a group that no load balancer uses, which is how groups begin, all targets are unused with Target.NotInUse; a typed method and a control route put a group to use.',
        'Then initial for the time of registration and one interval of health checks, and healthy as long as the instance runs and passes EC2’s status checks; unused with Target.InvalidState while it is stopped.',
      ],
      notModelled: [
        'Health checks over the network: what runs answers. Thresholds of failures, anomaly detection, zonal shift.',
        'Lag between a write and what Describe shows.',
      ],
      sources: [
        elbPage('DescribeTargetHealth'),
        elbPage('TargetHealth'),
        guidePage('check-target-health'),
        'unverified: how many checks a new target has to pass (here one), and whether NotInUse goes before InvalidState',
      ],
    },
    run: ({ TargetGroupArn, Targets }) => {
      const group = groups.expect(TargetGroupArn);
      const targets =
        Targets === undefined || Targets.length === 0
          ? [...group.registrations.values()]
          : namedTargets(group, Targets);
      return {
        TargetHealthDescriptions: targets.map((target) => {
          const known = group.registrations.get(registrationKey(target));
          return known === undefined
            ? description(group, target, notRegistered)
            : description(group, known, healthOf(groups, group, known));
        }),
      };
    },
  });
}

function description(
  { configuration }: TargetGroup,
  { id, port, zone }: { readonly id: string; readonly port: number; readonly zone: string | undefined },
  health: TargetHealth,
): object {
  const checkPort = configuration.healthCheck.port;
  return {
    Target: { Id: id, Port: port, AvailabilityZone: zone },
    HealthCheckPort: checkPort === 'traffic-port' ? String(port) : checkPort,
    TargetHealth: health,
  };
}
