import type { ElectionSpec } from '../../model/election-spec.ts';
import { parsePriorityTag, priorityTagKey } from '../role-tag.ts';
import type { Able } from './standing.ts';
import { classOf } from './standing.ts';

/** Negative when `a` should rather hold a role than `b`. */
export type Ranking = (a: Able, b: Able) => number;

/**
 * The order among the able: by class, then those who stay before those announced to go, then by zone, by what the spec
 * prefers, by launch time and by id. No two are equal.
 */
export function rankingOf(election: ElectionSpec): Ranking {
  const preference = preferenceOf(election);
  return (a, b) =>
    classOf(a) - classOf(b) ||
    preference(a, b) ||
    a.instance.launchTimeMs - b.instance.launchTimeMs ||
    (a.instance.instanceId < b.instance.instanceId ? -1 : 1);
}

/** What the operator prefers, without what only breaks ties: worth a move where the spec has `failback`. */
export function preferenceOf({ zones, prefer }: ElectionSpec): Ranking {
  const zoneRank = ({ instance }: Able) => {
    const index = zones.indexOf(instance.zone);
    return index === -1 ? zones.length : index;
  };
  return (a, b) =>
    Number(a.announced !== undefined) - Number(b.announced !== undefined) ||
    zoneRank(a) - zoneRank(b) ||
    byPreference(prefer, a, b);
}

function byPreference(prefer: ElectionSpec['prefer'], a: Able, b: Able): number {
  switch (prefer) {
    case 'incumbent':
    case 'priority':
      return priorityOf(b) - priorityOf(a);
    case 'newest':
      return b.instance.launchTimeMs - a.instance.launchTimeMs;
    case 'oldest':
      return a.instance.launchTimeMs - b.instance.launchTimeMs;
  }
}

function priorityOf({ instance }: Able): number {
  return parsePriorityTag(instance.tags[priorityTagKey]);
}
