import type { CallCounts } from './load-wire.ts';
import type { ResyncRound } from './resync-round.ts';

/** Tries of one operation, or of all that begin so, such as `ec2:`. */
export function callsOf(counts: CallCounts, operation: string): number {
  return sum(counts, operation, 'made');
}

/** Those that AWS's limits turned away. */
export function throttledOf(counts: CallCounts, operation: string): number {
  return sum(counts, operation, 'throttled');
}

function sum(counts: CallCounts, operation: string, what: 'made' | 'throttled'): number {
  return [...counts]
    .filter(([name]) => name.startsWith(operation))
    .reduce((total, [, count]) => total + count[what], 0);
}

/** How many pages a world has, each as large as AWS or the resync makes them. */
export function pagesOf({ roles, instances }: Pick<ResyncRound, 'roles' | 'instances'>) {
  return {
    /** 200 roles, as many as one filter takes. */
    ofRoles: Math.floor(roles / 200) + 1,
    /** 1,000 instances of one answer. */
    ofInstances: Math.ceil(instances / 1_000),
    /** 100 keys of one BatchGetItem, two of each role. */
    ofKeys: Math.ceil(roles / 50) + 1,
    /** 300 record sets, one of each role and the two that every zone has. */
    ofRecords: Math.ceil((roles + 2) / 300),
  } as const;
}
