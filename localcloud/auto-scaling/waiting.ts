import { publishLifecycleAction } from './events.ts';
import type { Group } from './state/group.ts';
import type { Groups } from './state/groups.ts';
import { globalTimeoutS, type HookResult, type LifecycleTransition } from './state/lifecycle-hook.ts';
import type { LifecycleAction, Member, Wait } from './state/member.ts';

/**
 * The wait for lifecycle hooks. All hooks of a transition begin at once, each with its own token; the instance goes on
 * when all have continued, or when the first one abandons.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html
 */

/** Begins the wait and tells the bus, hook by hook; false when the group has no hook for the transition. */
export function beginWait(
  groups: Groups,
  group: Group,
  member: Member,
  transition: LifecycleTransition,
  end: Wait['end'],
): boolean {
  const hooks = group.hooksFor(transition);
  if (hooks.length === 0) return false;
  const wait: Wait = { actions: new Map(), end };
  member.wait = wait;
  for (const hook of hooks) {
    const action: LifecycleAction = {
      token: groups.surroundings.random.uuid(),
      hook,
      member,
      endsAtMs: groups.nowMs() + globalTimeoutS(hook) * 1_000,
      timeout: { cancel: () => undefined },
    };
    wait.actions.set(hook.name, action);
    groups.begin(action);
    planTimeout(groups, action);
    publishLifecycleAction(groups, group, action);
  }
  return true;
}

/** The time until the hook's default result begins anew, but never beyond the global timeout. */
export function recordHeartbeat(groups: Groups, action: LifecycleAction): void {
  planTimeout(groups, action);
}

/** Ends one action. `because` completes `Lifecycle Action with token … was abandoned: `. */
export function completeAction(
  groups: Groups,
  action: LifecycleAction,
  result: HookResult,
  because = 'Lifecycle Action Completed with ABANDON Result',
): void {
  const { member, hook, token } = action;
  const { wait } = member;
  if (wait === undefined) return;
  wait.actions.delete(hook.name);
  groups.end(action);
  if (result === 'CONTINUE' && wait.actions.size > 0) return;
  endWait(groups, member);
  wait.end(result, `Lifecycle Action with token ${token} was abandoned: ${because}`);
}

/** Ends the wait without any result: the instance goes another way. */
export function endWait(groups: Groups, member: Member): void {
  for (const action of member.wait?.actions.values() ?? []) groups.end(action);
  member.wait = undefined;
}

function planTimeout(groups: Groups, action: LifecycleAction): void {
  const { hook, endsAtMs } = action;
  action.timeout.cancel();
  const delayMs = Math.min(hook.heartbeatTimeoutS * 1_000, endsAtMs - groups.nowMs());
  action.timeout = groups.after(delayMs, () =>
    completeAction(groups, action, hook.defaultResult, 'Heartbeat Timeout'),
  );
}
