import type { Group, Placement } from './state/group.ts';

/**
 * Where the next instance goes, best first: the zone with fewest instances, and in it the subnet with fewest. Ties go
 * by the order in which the group names its subnets.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-availability-zone-balanced.html
 */
export function placementsByNeed(group: Group): readonly Placement[] {
  const { placements } = group.configuration;
  const sizeByZone = new Map<string, number>();
  for (const { zone, subnetId } of placements)
    sizeByZone.set(zone, (sizeByZone.get(zone) ?? 0) + group.sizeIn(subnetId));
  const sizeOf = ({ zone }: Placement): number => sizeByZone.get(zone) ?? 0;
  return placements.toSorted(
    (a, b) => sizeOf(a) - sizeOf(b) || group.sizeIn(a.subnetId) - group.sizeIn(b.subnetId),
  );
}
