import type { InstanceId } from '../model/ids.ts';
import type { ObservedInstance } from '../model/observed.ts';
import type { InstanceState } from '../model/trigger.ts';

/** What the events of this batch say of an instance: the state, and when it was so. */
export interface Hint {
  readonly state: InstanceState;
  readonly timeMs: number;
}

export type Hints = ReadonlyMap<InstanceId, Hint>;

/** DescribeInstances lags an event by seconds; a contradiction older than this is an old event, not a stale read. */
export const staleReadWindowMs = 120_000;

/**
 * Whether the first read may be behind the event: it says running where the event says stopped, or not yet running where
 * the event says running. Termination needs no second look, it is believed.
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
export function doubtOf(
  hints: Hints,
  instances: readonly ObservedInstance[],
  nowMs: number,
): string | undefined {
  for (const { instanceId, state } of instances) {
    const hint = hints.get(instanceId);
    if (hint !== undefined && nowMs - hint.timeMs <= staleReadWindowMs && isBehind(state, hint.state)) {
      return `${instanceId} was described as ${state} while its event says ${hint.state}`;
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
