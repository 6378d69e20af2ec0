import { z } from 'zod';
import type { BusEvent } from '../core/surroundings.ts';
import { markUnhealthy } from './health.ts';
import { failLaunchNotRunning, noticeRunning } from './launching.ts';
import type { Groups } from './state/groups.ts';
import { isPending, type Member } from './state/member.ts';
import { noticeTerminated } from './terminating.ts';

const stateChange = z.object({ 'instance-id': z.string(), state: z.string() });

/**
 * Takes EC2's word on the instances of groups, straight from EC2: Auto Scaling does not live by EventBridge, whose
 * deliveries may be late or lost. What follows comes a moment later, never within the call that changed the instance.
 */
export function noticeInstanceChange(groups: Groups, { source, detailType, detail }: BusEvent): void {
  if (source !== 'aws.ec2' || detailType !== 'EC2 Instance State-change Notification') return;
  const { 'instance-id': instanceId, state } = stateChange.parse(detail);
  const member = groups.members.get(instanceId);
  if (member === undefined) return;
  if (state === 'running') groups.soon(() => noticeRunning(groups, member));
  else if (state !== 'pending') noticeNotRunning(groups, member, state);
}

function noticeNotRunning(groups: Groups, member: Member, state: string): void {
  if (state === 'terminated') groups.soon(() => noticeTerminated(groups, member));
  // A launch must come to an end, whether health is checked or not.
  if (isPending(member)) groups.soon(() => failLaunchNotRunning(groups, member));
  else if (!groups.groupOf(member).isSuspended('HealthCheck'))
    markUnhealthy(groups, member, 'instance-state');
}
