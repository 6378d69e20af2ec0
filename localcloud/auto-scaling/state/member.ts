import type { Timer } from '../../core/clock.ts';
import type { Activity } from './activity.ts';
import type { HookResult, LifecycleHook } from './lifecycle-hook.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html */
export type LifecycleState =
  | 'Pending'
  | 'Pending:Wait'
  | 'Pending:Proceed'
  | 'InService'
  | 'Terminating'
  | 'Terminating:Wait'
  | 'Terminating:Proceed'
  | 'Terminated'
  | 'Detaching'
  | 'Detached';

/** Why an instance counts as unhealthy. */
export type HealthProblem = 'instance-state' | 'status-checks' | 'user';

/** The version of a launch template that an instance was launched from. */
export interface LaunchedFrom {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

/** One hook's claim on one instance: it waits until this is completed or runs out of time. */
export interface LifecycleAction {
  readonly token: string;
  /** As the hook was when the wait began: later changes do not touch it. */
  readonly hook: LifecycleHook;
  readonly member: Member;
  /** Milliseconds since the epoch after which no heartbeat helps. */
  readonly endsAtMs: number;
  timeout: Timer;
}

/** The wait of an instance for all hooks of a transition. */
export interface Wait {
  /** By hook name. */
  readonly actions: Map<string, LifecycleAction>;
  /** Called once; `because` says why, for ABANDON. */
  readonly end: (result: HookResult, because: string) => void;
}

/** An instance as its group knows it. */
export interface Member {
  readonly instanceId: string;
  readonly groupName: string;
  readonly zone: string;
  readonly subnetId: string;
  readonly instanceType: string;
  readonly imageId: string;
  /** Undefined for an instance that was attached. */
  readonly launchedFrom: LaunchedFrom | undefined;
  readonly launchedAtMs: number;
  state: LifecycleState;
  /** Whether it counts towards the desired capacity: from its launch until it begins to go. */
  isCounted: boolean;
  healthProblem: HealthProblem | undefined;
  /** When it last entered service; undefined before. */
  inServiceSinceMs: number | undefined;
  /** The latest one about this instance. */
  activity: Activity;
  wait: Wait | undefined;
}

/** Launched, and not yet in service. */
export function isPending({ state }: Member): boolean {
  return state === 'Pending' || state === 'Pending:Wait' || state === 'Pending:Proceed';
}
