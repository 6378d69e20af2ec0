import type { LoggedCall } from '../localcloud/core/call-log.ts';
import { countByService, serialRoundTrips, writesAmong } from '../localcloud/core/call-log.ts';

/** AWS calls by service; what the call log saw, nothing else. */
export interface CallCounts {
  readonly ec2: number;
  readonly route53: number;
  readonly dynamodb: number;
}

export function countCalls(calls: readonly LoggedCall[]): CallCounts {
  const { ec2 = 0, route53 = 0, dynamodb = 0 } = countByService(calls);
  return { ec2, route53, dynamodb };
}

export function countWrites(calls: readonly LoggedCall[]): number {
  return writesAmong(calls).length;
}

const changes = new Set(['AssociateAddress', 'ChangeResourceRecordSets']);

/** Serial round trips until addresses and records had changed; what comes after, settling, is not on the way. */
export function roundTripsUntilChanged(calls: readonly LoggedCall[]): number {
  const made = calls.filter(({ operation }) => changes.has(operation));
  const lastStart = Math.max(0, ...made.map(({ startSequence }) => startSequence));
  return serialRoundTrips(calls.filter(({ startSequence }) => startSequence <= lastStart));
}
