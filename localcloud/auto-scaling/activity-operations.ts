import { z } from 'zod';
import { type Operation, operation } from '../core/service.ts';
import { isRemembered } from './activities.ts';
import { groupName } from './inputs.ts';
import { inOrder, pageOf, pagingInput } from './page.ts';
import { autoScalingPage } from './sources.ts';
import { type Activity, hasEnded } from './state/activity.ts';
import type { Group } from './state/group.ts';
import type { Groups } from './state/groups.ts';
import { activityView } from './views.ts';

/** DescribeScalingActivities. */
export function describeScalingActivities(groups: Groups): Operation {
  return operation({
    name: 'DescribeScalingActivities',
    effect: 'read',
    input: z.strictObject({
      AutoScalingGroupName: groupName.optional(),
      ActivityIds: z.array(z.string()).optional(),
      IncludeDeletedGroups: z.boolean().optional(),
      ...pagingInput(100),
    }),
    honesty: {
      modelled: [
        'Launches, terminations, attachments and detachments of the last six weeks with cause, status and outcome, those under way first and then the latest; by group or ids, those of deleted groups on request.',
      ],
      notModelled: ['Filters'],
      sources: [
        autoScalingPage('DescribeScalingActivities'),
        'unverified: the progress of activities under way',
      ],
    },
    run: ({ AutoScalingGroupName, ActivityIds, IncludeDeletedGroups = false, ...paging }) => {
      const wantedIds = ActivityIds === undefined ? undefined : new Set(ActivityIds);
      const activities = groupsAsked(groups, AutoScalingGroupName, IncludeDeletedGroups)
        .flatMap((group) => group.activities)
        .filter((activity) => isRemembered(groups, activity))
        .filter(({ id }) => wantedIds === undefined || wantedIds.has(id));
      const { page, NextToken } = pageOf(inOrder(activities, orderKey), orderKey, paging, 100);
      return { Activities: page.map((activity) => activityView(groups, activity)), NextToken };
    },
  });
}

function groupsAsked(groups: Groups, name: string | undefined, hasDeleted: boolean): readonly Group[] {
  const deleted = hasDeleted ? groups.deleted : [];
  if (name === undefined) return [...groups.all.values(), ...deleted];
  const past = deleted.filter((group) => group.name === name);
  // Of a deleted group one may still ask; of one that never was, not.
  if (past.length > 0 && !groups.all.has(name)) return past;
  return [groups.expect(name), ...past];
}

/** A key for the order of Describe: those under way first, then the latest. */
function orderKey(activity: Activity): string {
  return `${hasEnded(activity) ? 1 : 0} ${Number.MAX_SAFE_INTEGER - activity.serial}`;
}
