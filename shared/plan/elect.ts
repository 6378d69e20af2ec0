import type { InstanceId } from '../model/ids.ts';
import type { ObservedInstance } from '../model/observed.ts';
import type { Verdict } from '../model/role-plan.ts';
import { parsePriorityTag, priorityTagKey } from './role-tag.ts';

/** Someone who asks for the role; `obstacle` says in words why it could not take the role's addresses. */
export interface Candidate {
  readonly instance: ObservedInstance;
  readonly asks: boolean;
  readonly obstacle: string | undefined;
}

export interface Election {
  readonly elected: InstanceId | undefined;
  /** One per candidate, in the order of election. */
  readonly verdicts: readonly Verdict[];
}

/**
 * Who should hold the role: the incumbent while it is healthy, else the first of those who are ready by priority tag
 * (higher first), launch time (older first) and id. Total and deterministic: the order of the input does not matter.
 */
export function elect(candidates: readonly Candidate[], incumbent: InstanceId | undefined): Election {
  const ordered = candidates.toSorted(byPreference);
  const ready = ordered
    .filter((each) => obstacleOf(each) === undefined)
    .map((each) => each.instance.instanceId);
  const elected = incumbent !== undefined && ready.includes(incumbent) ? incumbent : ready[0];
  return { elected, verdicts: ordered.map((each) => verdictOf(each, elected)) };
}

function byPreference({ instance: a }: Candidate, { instance: b }: Candidate): number {
  return (
    parsePriorityTag(b.tags[priorityTagKey]) - parsePriorityTag(a.tags[priorityTagKey]) ||
    a.launchTimeMs - b.launchTimeMs ||
    (a.instanceId < b.instanceId ? -1 : 1)
  );
}

type Obstacle = Pick<Verdict, 'kind' | 'words'>;

function obstacleOf({ instance, asks, obstacle }: Candidate): Obstacle | undefined {
  switch (instance.state) {
    case 'shutting-down':
    case 'terminated':
      return { kind: 'gone', words: `is ${instance.state}` };
    case 'pending':
      return { kind: 'waiting', words: 'waiting for it to run; it is pending' };
    case 'stopping':
    case 'stopped':
      return { kind: 'stopped', words: `waiting for it to start; it is ${instance.state}` };
    case 'running':
      if (!asks) return { kind: 'gone', words: 'no longer carries the tag of the role' };
      return obstacle === undefined ? undefined : { kind: 'refused', words: `refused because ${obstacle}` };
  }
}

function verdictOf(candidate: Candidate, elected: InstanceId | undefined): Verdict {
  const { instanceId } = candidate.instance;
  const obstacle = obstacleOf(candidate);
  if (obstacle !== undefined) return { instanceId, ...obstacle };
  return instanceId === elected
    ? { instanceId, kind: 'holder', words: 'holds the role' }
    : { instanceId, kind: 'ready', words: 'ready to step in' };
}
