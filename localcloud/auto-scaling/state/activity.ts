/** The states of a scaling activity that occur here. */
export type ActivityStatus =
  | 'PreInService'
  | 'MidLifecycleAction'
  | 'InProgress'
  | 'Successful'
  | 'Failed'
  | 'Cancelled';

/**
 * One launch, termination, attachment or detachment, as DescribeScalingActivities tells it.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Activity.html
 */
export interface Activity {
  readonly id: string;
  /** Grows with the start of activities. */
  readonly serial: number;
  readonly groupName: string;
  readonly groupArn: string;
  readonly cause: string;
  readonly startTime: Date;
  readonly zone: string;
  readonly subnetId: string;
  description: string;
  status: ActivityStatus;
  statusMessage: string | undefined;
  /** Per cent. */
  progress: number;
  endTime: Date | undefined;
}

export function hasEnded({ endTime }: Activity): boolean {
  return endTime !== undefined;
}
