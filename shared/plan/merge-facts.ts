import type { AlarmFact, InstanceFacts, Leaving, PendingHook } from '../model/facts.ts';
import { alarmStates } from '../model/facts.ts';

/** Words of one kind that are kept of an instance, at the most: the latest. */
const wordsMax = 50;

/**
 * Two sets of facts of one instance as one. Each fact is the later of the two by a total order, so that any number of
 * them, in any order and each as often as it likes, comes to the same. Where `b` tells nothing new, `a` itself is given back.
 */
export function mergeFacts(a: InstanceFacts, b: InstanceFacts): InstanceFacts {
  const merged = join(a, b);
  // Joining with itself brings the names into their order, which the table does not keep.
  return JSON.stringify(merged) === JSON.stringify(join(a, a)) ? a : merged;
}

function join(a: InstanceFacts, b: InstanceFacts): InstanceFacts {
  const leaving = mergeWords(a.leaving, b.leaving, leavingOrder);
  const alarms = mergeWords(a.alarms, b.alarms, alarmOrder);
  const hook = later(a.hook, b.hook, hookOrder);
  const tagVersion = later(a.tagVersion, b.tagVersion, (version) => [version]);
  const launchHookSeenAtMs = later(a.launchHookSeenAtMs, b.launchHookSeenAtMs, (atMs) => [atMs]);
  return {
    ...(tagVersion === undefined ? {} : { tagVersion }),
    ...(leaving === undefined ? {} : { leaving }),
    ...(alarms === undefined ? {} : { alarms }),
    ...(hook === undefined ? {} : { hook }),
    ...(launchHookSeenAtMs === undefined ? {} : { launchHookSeenAtMs }),
  };
}

/** The later word of two on one alarm; `known` itself where `told` is no news. */
export function newerAlarm(known: AlarmFact | undefined, told: AlarmFact): AlarmFact {
  return later(known, told, alarmOrder) ?? told;
}

/** What makes one fact later than another: the first part that differs decides, the greater is the later. */
type Order<Fact> = (fact: Fact) => readonly (number | string)[];

const alarmOrder: Order<AlarmFact> = ({ state, timeMs }) => [timeMs, alarmStates.indexOf(state)];

const leavingOrder: Order<Leaving> = ({ saidAtMs, isOver, atMs, words }) => [
  saidAtMs,
  Number(isOver === true),
  atMs,
  words,
];

/** The order of the last parts has no meaning; it is there so that no two that differ are equal. */
const hookOrder: Order<PendingHook> = ({ kind, action, sinceMs, answeredAtMs = 0 }) => [
  sinceMs,
  kind,
  action.actionToken,
  action.groupName,
  action.hookName,
  answeredAtMs,
];

function later<Fact>(a: Fact | undefined, b: Fact | undefined, order: Order<Fact>): Fact | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compare(order(a), order(b)) >= 0 ? a : b;
}

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? part;
    if (part !== other) return part > other ? 1 : -1;
  }
  return 0;
}

/** By name, and the names in their order: equal facts are equal texts. */
function mergeWords<Fact>(
  a: Readonly<Record<string, Fact>> | undefined,
  b: Readonly<Record<string, Fact>> | undefined,
  order: Order<Fact>,
): Readonly<Record<string, Fact>> | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const words = new Map(Object.entries(a));
  for (const [name, fact] of Object.entries(b)) words.set(name, later(words.get(name), fact, order) ?? fact);
  const latest = [...words]
    .toSorted(([aName, x], [bName, y]) => compare([...order(y), bName], [...order(x), aName]))
    .slice(0, wordsMax);
  return Object.fromEntries(latest.toSorted(([x], [y]) => (x < y ? -1 : 1)));
}
