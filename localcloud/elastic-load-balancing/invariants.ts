import { registrationKey } from './state/target-group.ts';
import type { TargetGroups } from './state/target-groups.ts';

/** Throws when a group has a target twice, more than it may have, or one that was terminated and does not drain. */
export function checkInvariants(groups: TargetGroups): void {
  const names = new Set<string>();
  for (const { arn, configuration, registrations } of groups.all.values()) {
    if (names.has(configuration.name)) throw new Error(`${configuration.name} is the name of two groups`);
    names.add(configuration.name);
    if (registrations.size > groups.settings.targetsPerGroupQuota)
      throw new Error(`${arn} has ${registrations.size} targets`);
    for (const [key, target] of registrations) {
      if (key !== registrationKey(target)) throw new Error(`${arn} keeps ${target.id} as ${key}`);
      const isGone = groups.ec2.instance(target.id)?.state === 'terminated';
      if (isGone && target.drainingSinceMs === undefined)
        throw new Error(`${arn} still has the terminated ${target.id}`);
    }
  }
}
