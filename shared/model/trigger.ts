import * as z from 'zod';
import type { InstanceId } from './ids.ts';

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

/** Why we woke. It yields a key and a hint; the decision comes from the state that is read afterwards. */
export type Trigger =
  | {
      readonly kind: 'ec2-state-change';
      readonly eventId: string;
      readonly timeMs: number;
      readonly instanceId: InstanceId;
      readonly state: InstanceState;
    }
  | {
      readonly kind: 'tag-change';
      readonly eventId: string;
      readonly timeMs: number;
      readonly instanceId: InstanceId;
      /** The whole set of tags after the change. */
      readonly tags: Readonly<Record<string, string>>;
      /** Grows by one with each change of the instance's tags, and so orders their events. */
      readonly version: number;
    }
  | { readonly kind: 'scheduled-resync'; readonly eventId: string; readonly timeMs: number };

/** An event that is not ours to act on is no error. Malformed events of our kinds are thrown, as permanent. */
export type ParsedEvent =
  | { readonly kind: 'trigger'; readonly trigger: Trigger }
  | { readonly kind: 'ignored'; readonly reason: string };
