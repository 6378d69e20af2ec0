import type { TargetGroups } from './state/target-groups.ts';
import { healthOf } from './target-health.ts';

/** The target groups as plain data. */
export function dump(groups: TargetGroups): object {
  return {
    targetGroups: [...groups.all.values()].map((group) => ({
      arn: group.arn,
      ...group.configuration,
      loadBalancerArn: group.use?.loadBalancerArn,
      targets: [...group.registrations.values()].map(({ id, port, zone, ...registration }) => ({
        id,
        port,
        zone,
        health: healthOf(groups, group, { id, port, zone, ...registration }).State,
      })),
    })),
  };
}
