import { wholeSeconds } from './events.ts';
import { type Activity, type ActivityStatus, hasEnded } from './state/activity.ts';
import type { Group, Placement } from './state/group.ts';
import type { Groups } from './state/groups.ts';

// "Only activities started within the last six weeks": https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html
const rememberedMs = 42 * 86_400_000;

/** What an activity is begun with. */
export interface NewActivity {
  readonly description: string;
  /** Full sentences of {@link causeAt}. */
  readonly cause: string;
  readonly status: ActivityStatus;
  readonly progress: number;
  readonly placement: Placement;
}

/** One sentence of a cause, as AWS words them: `At 2026-01-01T00:00:00Z …`. */
export function causeAt(groups: Groups, what: string): string {
  return `At ${wholeSeconds(new Date(groups.nowMs()))} ${what}.`;
}

/** Notes why the group will soon change; the next activities tell it as their cause. */
export function noteReason(groups: Groups, group: Group, what: string): void {
  group.reasons.push(causeAt(groups, what));
}

export function beginActivity(groups: Groups, group: Group, start: NewActivity): Activity {
  const { description, cause, status, progress, placement } = start;
  const activity: Activity = {
    id: groups.surroundings.random.uuid(),
    serial: groups.nextActivitySerial(),
    groupName: group.name,
    groupArn: group.arn,
    cause,
    startTime: new Date(groups.nowMs()),
    zone: placement.zone,
    subnetId: placement.subnetId,
    description,
    status,
    statusMessage: undefined,
    progress,
    endTime: undefined,
  };
  group.activities.push(activity);
  forgetOldActivities(groups, group);
  return activity;
}

/** Ends the activity; a message tells why it came to nothing, and is added to its description. */
export function endActivity(
  groups: Groups,
  activity: Activity,
  status: 'Successful' | 'Failed' | 'Cancelled',
  statusMessage?: string,
): void {
  activity.status = status;
  activity.progress = 100;
  activity.endTime = new Date(groups.nowMs());
  activity.statusMessage = statusMessage;
  if (statusMessage !== undefined) activity.description += `.  Status Reason: ${statusMessage}`;
}

/** Whether DescribeScalingActivities still tells it. */
export function isRemembered(groups: Groups, { startTime }: Activity): boolean {
  return startTime.getTime() >= groups.nowMs() - rememberedMs;
}

function forgetOldActivities(groups: Groups, { activities }: Group): void {
  for (let [oldest] = activities; oldest !== undefined; [oldest] = activities) {
    if (!hasEnded(oldest) || isRemembered(groups, oldest)) return;
    activities.shift();
  }
}
