import type { Group } from './state/group.ts';
import type { Groups } from './state/groups.ts';
import { isPending, type Member } from './state/member.ts';

/**
 * Throws when Auto Scaling's state contradicts itself or EC2: a healthy instance in service that EC2 does not run, an
 * instance in two groups or counted twice, a size or an index that says otherwise, a wait without an end.
 */
export function checkInvariants(groups: Groups): void {
  const seen = new Set<string>();
  for (const group of groups.all.values()) {
    checkSizes(group);
    for (const member of group.members.values()) {
      expect(!seen.has(member.instanceId), () => `${member.instanceId} is in two groups`);
      seen.add(member.instanceId);
      checkMember(groups, group, member);
    }
  }
  expect(groups.members.size === seen.size, () => 'the index of instances holds more than the groups do');
  for (const { token, member, hook } of groups.actions.values())
    expect(
      member.wait?.actions.get(hook.name)?.token === token,
      () => `the lifecycle action ${token} is of an instance that does not wait for it`,
    );
}

function expect(isTrue: boolean, problem: () => string): void {
  if (!isTrue) throw new Error(problem());
}

function checkSizes({ name, configuration, members, size }: Group): void {
  const { minSize, maxSize, desiredCapacity } = configuration;
  expect(
    minSize <= desiredCapacity && desiredCapacity <= maxSize,
    () => `${name} wants ${desiredCapacity} instances, which is not within ${minSize} and ${maxSize}`,
  );
  const counted = [...members.values()].filter(({ isCounted }) => isCounted);
  expect(size === counted.length, () => `${name} counts ${size} instances and has ${counted.length}`);
}

function checkMember(groups: Groups, group: Group, member: Member): void {
  const { instanceId, state, isCounted, wait, healthProblem } = member;
  expect(groups.members.get(instanceId) === member, () => `the index of instances misses ${instanceId}`);
  expect(member.groupName === group.name, () => `${instanceId} is kept by another group than its own`);
  expect(
    isCounted === (isPending(member) || state === 'InService'),
    () => `${instanceId} is ${state} and ${isCounted ? 'counts' : 'does not count'}`,
  );
  expect(
    (wait !== undefined) === state.endsWith(':Wait'),
    () => `${instanceId} is ${state} and ${wait === undefined ? 'waits for nothing' : 'waits'}`,
  );
  for (const { token } of wait?.actions.values() ?? [])
    expect(groups.actions.has(token), () => `${instanceId} waits for ${token}, which nobody can complete`);
  expect(
    group.unhealthy.has(member) === (state === 'InService' && healthProblem !== undefined),
    () => `${instanceId} is ${state}, and the list of unhealthy instances says otherwise`,
  );
  if (state === 'InService' && healthProblem === undefined && !group.isSuspended('HealthCheck'))
    expect(
      groups.ec2.instance(instanceId)?.state === 'running',
      () => `${instanceId} is in service, and EC2 does not run it`,
    );
}
