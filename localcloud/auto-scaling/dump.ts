import type { Groups } from './state/groups.ts';
import { activityView, memberView } from './views.ts';

/** Auto Scaling's groups as plain data. */
export function dump(groups: Groups): object {
  return {
    groups: [...groups.all.values()].map((group) => ({
      name: group.name,
      arn: group.arn,
      ...group.configuration,
      isPendingDelete: group.isPendingDelete,
      suspended: [...group.suspended],
      tags: Object.fromEntries(group.tags),
      hooks: [...group.hooks.values()],
      instances: [...group.members.values()].map((member) => ({
        ...memberView(groups, member),
        waitsFor: [...(member.wait?.actions.values() ?? [])].map(({ token, hook }) => ({
          hook: hook.name,
          token,
        })),
      })),
      activities: group.activities.map((activity) => activityView(groups, activity)),
    })),
  };
}
