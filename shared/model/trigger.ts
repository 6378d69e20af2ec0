import * as z from 'zod';
import type { InstanceId, RoleName } from './ids.ts';

/**
 * The six states of an instance, in the order of its life; there is no event for a reboot.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html
 */
export const instanceStateSchema = z.enum([
  'pending',
  'running',
  'stopping',
  'stopped',
  'shutting-down',
  'terminated',
]);
export type InstanceState = z.infer<typeof instanceStateSchema>;

/** Termination is for ever: an instance id never comes back, so these two are believed whatever else was read. */
export function isGone(state: InstanceState): boolean {
  return state === 'shutting-down' || state === 'terminated';
}

interface Woken {
  readonly eventId: string;
  /** When it happened, by the event; not when it came. */
  readonly timeMs: number;
}

/** An action of an Auto Scaling lifecycle hook that waits for somebody to complete it. */
export interface LifecycleAction {
  readonly groupName: string;
  readonly hookName: string;
  readonly actionToken: string;
}

/** Why we woke. It yields a key and a hint; the decision comes from the state that is read afterwards. */
export type Trigger =
  | (Woken & {
      readonly kind: 'ec2-state-change';
      readonly instanceId: InstanceId;
      readonly state: InstanceState;
    })
  | (Woken & {
      readonly kind: 'tag-change';
      readonly instanceId: InstanceId;
      /** The whole set of tags after the change. */
      readonly tags: Readonly<Record<string, string>>;
      /** Grows by one with each change of the instance's tags, and so orders their events. */
      readonly version: number;
    })
  /** Tags of several instances were written or removed by one successful API call that CloudTrail saw. */
  | (Woken & {
      readonly kind: 'tag-call';
      readonly instanceIds: readonly InstanceId[];
    })
  | (Woken & {
      readonly kind: 'launch-hook';
      readonly instanceId: InstanceId;
      readonly action: LifecycleAction;
    })
  | (Woken & {
      readonly kind: 'terminate-hook';
      readonly instanceId: InstanceId;
      readonly action: LifecycleAction;
    })
  /** EC2 takes a Spot Instance back, about two minutes after `timeMs`. */
  | (Woken & {
      readonly kind: 'spot-interruption';
      readonly instanceId: InstanceId;
      readonly action: 'terminate' | 'stop' | 'hibernate';
    })
  /** A Spot Instance is at elevated risk of interruption; no deadline is known. */
  | (Woken & { readonly kind: 'rebalance-recommendation'; readonly instanceId: InstanceId })
  /** AWS Health announced maintenance or retirement of instances, or that it is over. */
  | (Woken & {
      readonly kind: 'health-event';
      readonly instanceIds: readonly InstanceId[];
      readonly eventTypeCode: string;
      readonly startsAtMs: number;
      readonly isClosed: boolean;
    })
  /** A CloudWatch alarm changed its state, for an instance by its dimension or for a role by its description. */
  | (Woken & {
      readonly kind: 'alarm';
      readonly alarmName: string;
      readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
      readonly instanceIds: readonly InstanceId[];
      readonly roles: readonly RoleName[];
    })
  /** Somebody used the command: what they want stands in the state of the roles already. */
  | (Woken & {
      readonly kind: 'operator-request';
      readonly roles: readonly RoleName[];
      /** Such as `failover of db by arn:aws:iam::111122223333:user/ana`. */
      readonly words: string;
    })
  | (Woken & { readonly kind: 'scheduled-resync' });

/** An event that is not ours to act on is no error. Malformed events of our kinds are thrown, as permanent. */
export type ParsedEvent =
  | { readonly kind: 'trigger'; readonly trigger: Trigger }
  | { readonly kind: 'ignored'; readonly reason: string };
