import { wiring } from '../../../infra/wiring.ts';
import { callsOf, pagesOf } from './load-counts.ts';
import type { LostZone } from './lost-zone.ts';
import type { ResyncMemory } from './resync-memory.ts';
import { resyncMemoryMb } from './resync-memory.ts';
import type { ResyncRound } from './resync-round.ts';

/** How far beyond what the limits alone allow a lost zone may take: the tail of what came back to the queue. */
const ratioMax = 1.25;
/** Small bursts are over before the limits bind; what is left is the way of one failover. */
const slackMs = 15_000;

/** What is wrong with how the loss of a zone went, in words. */
export function judgeLostZone(result: LostZone): readonly string[] {
  const { lost, deadLetters, receivesMax, timedOut, convergedMs, boundMs } = result;
  return [
    ...lost.slice(0, 5),
    ...problem(deadLetters > 0, `${deadLetters} messages became dead letters`),
    ...problem(
      receivesMax >= wiring.queue.maxReceiveCount,
      `a message came ${receivesMax} times, as often as the queue allows`,
    ),
    ...problem(timedOut > 0, `${timedOut} invocations were stopped by their timeout`),
    ...problem(
      convergedMs > boundMs * ratioMax + slackMs,
      `it took ${(convergedMs / boundMs).toFixed(2)} times what the limits allow`,
    ),
  ];
}

/** Calls of a round that may not grow with roles, only with their pages. */
export function judgeRound(round: ResyncRound): readonly string[] {
  const { roles, restless, passes, counts } = round;
  const pages = pagesOf(round);
  const allowed: readonly (readonly [operation: string, most: number])[] = [
    ['dynamodb:BatchGetItem', pages.ofKeys],
    ['dynamodb:Query', pages.ofRoles + passes],
    ['ec2:DescribeInstances', pages.ofRoles + pages.ofInstances],
    ['ec2:DescribeAddresses', pages.ofRoles],
    // Each page of the zone, and what little is left between two of them.
    ['route53:ListResourceRecordSets', 2 * pages.ofRecords + 1],
  ];
  const writes = [...counts.keys()].filter((operation) =>
    /:(Update|Put|Associate|Change|BatchWrite)/.test(operation),
  );
  return [
    ...problem(restless > 0, `${restless} of ${roles} roles did not rest`),
    ...problem(writes.length > 0, `a world at rest was written to: ${writes.join(', ')}`),
    ...problem(passes > 1, `a round over ${roles} roles took ${passes} passes`),
    ...allowed.flatMap(([operation, most]) =>
      problem(
        callsOf(counts, operation) > most,
        `${callsOf(counts, operation)} calls of ${operation} for ${roles} roles, where pages make ${most}`,
      ),
    ),
  ];
}

export function judgeMemory({ residentBytes, outcomes }: ResyncMemory): readonly string[] {
  const { noop: _, ...others } = outcomes;
  return [
    ...problem(
      residentBytes > resyncMemoryMb * 1_048_576,
      `a pass took ${Math.round(residentBytes / 1_048_576)} MB, and its function has ${resyncMemoryMb}`,
    ),
    ...problem(Object.keys(others).length > 0, `roles did not rest: ${JSON.stringify(others)}`),
  ];
}

function problem(isOne: boolean, words: string): readonly string[] {
  return isOne ? [words] : [];
}
