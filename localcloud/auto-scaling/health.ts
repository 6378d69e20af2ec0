import type { Groups } from './state/groups.ts';
import { type HealthProblem, isPending, type Member } from './state/member.ts';

/**
 * Health checks by EC2: an instance that does not run is unhealthy at once, one whose status checks fail after a while.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html
 */

/** Marks the instance; once in service it is replaced. */
export function markUnhealthy(groups: Groups, member: Member, problem: HealthProblem): void {
  if (!member.isCounted) return;
  member.healthProblem ??= problem;
  if (isPending(member)) return;
  const group = groups.groupOf(member);
  group.unhealthy.add(member);
  groups.planResize(group);
}

/** Takes the mark away, and lets EC2 have the last word: one that does not run is marked again. */
export function markHealthy(groups: Groups, member: Member): void {
  member.healthProblem = undefined;
  groups.groupOf(member).unhealthy.delete(member);
  checkInstance(groups, member);
}

/** Asks EC2 about an instance in service, unless health checks are suspended. */
export function checkInstance(groups: Groups, member: Member): void {
  if (member.state !== 'InService' || groups.groupOf(member).isSuspended('HealthCheck')) return;
  if (groups.ec2.instance(member.instanceId)?.state !== 'running')
    markUnhealthy(groups, member, 'instance-state');
}

/** In the time after entering service that the group gives its instances, failed checks do not count. */
export function isInGracePeriod(groups: Groups, member: Member): boolean {
  const { healthCheckGracePeriodS } = groups.groupOf(member).configuration;
  const { inServiceSinceMs } = member;
  return (
    inServiceSinceMs !== undefined && groups.nowMs() < inServiceSinceMs + healthCheckGracePeriodS * 1_000
  );
}

/** Looks at the status checks again and again, as long as there are groups. */
export class StatusCheckWatch {
  readonly #groups: Groups;
  #isPlanned = false;

  constructor(groups: Groups) {
    this.#groups = groups;
  }

  /** To be called when a group is opened. */
  begin(): void {
    if (this.#isPlanned || this.#groups.all.size === 0) return;
    this.#isPlanned = true;
    this.#groups.after(this.#groups.settings.statusCheckIntervalMs, () => {
      this.#isPlanned = false;
      checkStatus(this.#groups);
      this.begin();
    });
  }
}

function checkStatus(groups: Groups): void {
  const { ec2, settings } = groups;
  const latestMs = groups.nowMs() - settings.statusCheckPatienceMs;
  for (const [instanceId, impairments] of ec2.world.impairments) {
    const member = groups.members.get(instanceId);
    if (member?.state !== 'InService' || groups.groupOf(member).isSuspended('HealthCheck')) continue;
    const isImpaired = impairments.some(
      ({ check, sinceMs }) => check !== 'attached-ebs' && sinceMs <= latestMs,
    );
    if (isImpaired && !isInGracePeriod(groups, member)) markUnhealthy(groups, member, 'status-checks');
  }
}
