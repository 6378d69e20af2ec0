/** What a test or a demonstration may set about Auto Scaling's pace and quotas. Times in milliseconds of the clock. */
export interface AutoScalingSettings {
  /** From any cause (a new desired capacity, an unhealthy instance, a completed hook) to what follows. No figure of AWS's. */
  readonly reactionMs: number;
  /** How often the EC2 status checks are looked at. */
  readonly statusCheckIntervalMs: number;
  /** How long a status check may fail before the instance counts as unhealthy: AWS says "a few minutes". */
  readonly statusCheckPatienceMs: number;
  /** The longest wait before a launch is tried again; each failure in a row doubles it from `reactionMs` on. */
  readonly launchRetryMaxMs: number;
  /** Default quotas: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html */
  readonly groupQuota: number;
  readonly hooksPerGroupQuota: number;
}

/** The settings of a fresh account. */
export const defaultAutoScalingSettings: AutoScalingSettings = {
  reactionMs: 1_000,
  statusCheckIntervalMs: 60_000,
  statusCheckPatienceMs: 180_000,
  launchRetryMaxMs: 900_000,
  groupQuota: 500,
  hooksPerGroupQuota: 50,
};
