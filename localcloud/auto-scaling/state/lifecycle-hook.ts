export type LifecycleTransition =
  | 'autoscaling:EC2_INSTANCE_LAUNCHING'
  | 'autoscaling:EC2_INSTANCE_TERMINATING';

export type HookResult = 'CONTINUE' | 'ABANDON';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHook.html */
export interface LifecycleHook {
  readonly name: string;
  readonly transition: LifecycleTransition;
  readonly heartbeatTimeoutS: number;
  readonly defaultResult: HookResult;
  readonly notificationMetadata: string | undefined;
}

const globalTimeoutMaxS = 172_800;

/** The longest time in seconds that an instance can wait for the hook, however many heartbeats: 48 hours at most. */
export function globalTimeoutS({ heartbeatTimeoutS }: LifecycleHook): number {
  return Math.min(globalTimeoutMaxS, 100 * heartbeatTimeoutS);
}
