import type { InstanceId, RoleName } from '../model/ids.ts';
import type { Observed } from '../model/observed.ts';
import type { InstanceState } from '../model/trigger.ts';
import { isGone } from '../model/trigger.ts';
import { parseRoleTag } from './role-tag.ts';

/** What the events of this batch say of an instance, each with when it was so. */
export interface Hint {
  /** The state, when an event told one. */
  readonly state?: InstanceState;
  readonly timeMs: number;
  /** The roles that its tag asks for, when an event told of the tags. */
  readonly asks?: { readonly roles: readonly RoleName[]; readonly version: number; readonly timeMs: number };
}

export type Hints = ReadonlyMap<InstanceId, Hint>;

/** DescribeInstances lags an event by seconds; a contradiction older than this is an old event, not a stale read. */
export const staleReadWindowMs = 120_000;

/**
 * Whether the first read may be behind the event: it says running where the event says stopped, or not yet running where
 * the event says running, or does not show the tags that the event tells of. Termination needs no second look, it is
 * believed.
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
export function doubtOf(
  hints: Hints,
  { instances, role, roleTagKey }: Pick<Observed, 'instances' | 'role' | 'roleTagKey'>,
  nowMs: number,
): string | undefined {
  const isFresh = (timeMs: number) => nowMs - timeMs <= staleReadWindowMs;
  for (const { instanceId, state } of instances) {
    const hint = hints.get(instanceId);
    if (hint?.state !== undefined && isFresh(hint.timeMs) && isBehind(state, hint.state)) {
      return `${instanceId} was described as ${state} while its event says ${hint.state}`;
    }
  }
  for (const [instanceId, { asks, state }] of hints) {
    if (asks === undefined || !isFresh(asks.timeMs) || (state !== undefined && isGone(state))) continue;
    const instance = instances.find((each) => each.instanceId === instanceId);
    const asksNow = parseRoleTag(instance?.tags[roleTagKey]).includes(role.name);
    if (asksNow !== asks.roles.includes(role.name)) {
      return `the tags of ${instanceId} were described otherwise than its event tells`;
    }
  }
  return undefined;
}

function isBehind(described: InstanceState, event: InstanceState): boolean {
  switch (event) {
    case 'running':
      return described === 'pending' || described === 'stopping' || described === 'stopped';
    case 'stopping':
    case 'stopped':
      return described === 'running' || described === 'pending';
    case 'pending':
    case 'shutting-down':
    case 'terminated':
      return false;
  }
}
