import type { Group, GroupConfiguration, TerminationPolicy } from './state/group.ts';
import type { Member } from './state/member.ts';

type Order = (a: Member, b: Member) => number;

const hourMs = 3_600_000;

/**
 * Which instances go when the group has `count` too many: from the zones that have most, there by the group's policies
 * in their order. Where the default policy leaves it to chance, the lowest instance id goes.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html
 */
export function chooseVictims(group: Group, count: number, nowMs: number): readonly Member[] {
  const order = orderOf(group.configuration, nowMs);
  const byZone = new Map<string, Member[]>();
  for (const member of group.members.values()) {
    if (!member.isCounted) continue;
    const others = byZone.get(member.zone);
    if (others === undefined) byZone.set(member.zone, [member]);
    else others.push(member);
  }
  // Last goes first: taking from the end is cheap.
  const zones = [...byZone.values()].map((members) => members.sort((a, b) => order(b, a)));
  const victims: Member[] = [];
  while (victims.length < count) {
    const most = Math.max(0, ...zones.map(({ length }) => length));
    const [first] = zones
      .filter(({ length }) => length === most)
      .toSorted((a, b) => compareLast(order, a, b));
    const victim = first?.pop();
    if (victim === undefined) break;
    victims.push(victim);
  }
  return victims;
}

function compareLast(order: Order, a: readonly Member[], b: readonly Member[]): number {
  const [lastOfA, lastOfB] = [a.at(-1), b.at(-1)];
  return lastOfA === undefined || lastOfB === undefined ? 0 : order(lastOfA, lastOfB);
}

function orderOf({ terminationPolicies, launchTemplate }: GroupConfiguration, nowMs: number): Order {
  const outdatedFirst: Order = (a, b) =>
    templateAge(a, launchTemplate.id) - templateAge(b, launchTemplate.id);
  const hourEndsFirst: Order = (a, b) => msToNextHour(a, nowMs) - msToNextHour(b, nowMs);
  const orders: Readonly<Record<TerminationPolicy, readonly Order[]>> = {
    Default: [outdatedFirst, hourEndsFirst],
    OldestInstance: [(a, b) => a.launchedAtMs - b.launchedAtMs],
    NewestInstance: [(a, b) => b.launchedAtMs - a.launchedAtMs],
    OldestLaunchTemplate: [outdatedFirst],
    ClosestToNextInstanceHour: [hourEndsFirst],
  };
  const chain = terminationPolicies.flatMap((policy) => orders[policy]);
  const byId: Order = (a, b) => (a.instanceId < b.instanceId ? -1 : Number(a.instanceId > b.instanceId));
  return (a, b) => {
    for (const order of chain) {
      const difference = order(a, b);
      if (difference !== 0) return difference;
    }
    return byId(a, b);
  };
}

/** Those of another template, or of none, come before the versions of the group's own. */
function templateAge({ launchedFrom }: Member, currentId: string): number {
  return launchedFrom?.id === currentId ? launchedFrom.version : 0;
}

function msToNextHour({ launchedAtMs }: Member, nowMs: number): number {
  return hourMs - ((nowMs - launchedAtMs) % hourMs);
}
