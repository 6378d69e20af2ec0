import type { InstanceFacts, Leaving } from '../../model/facts.ts';
import type { ObservedInstance } from '../../model/observed.ts';

/** A scheduled event of AWS Health is usually announced two weeks ahead; this long before it the role moves. */
const healthNoticeMs = 15 * 60_000;

/** Whether an instance is about to go, in words such as `leaving at 2026-01-01T00:02:00.000Z: Spot interruption (stop)`. */
interface Departure {
  /** It goes now: somebody else should hold the role. */
  readonly leaving?: string;
  /** It goes some time: others are better for a slot that is free. */
  readonly announced?: string;
}

/** The earliest of the ways in which the instance goes now, or else of those that are announced. */
export function departureOf(
  { launchTimeMs }: ObservedInstance,
  facts: InstanceFacts,
  nowMs: number,
): Departure {
  const inForce = Object.entries(facts.leaving ?? {})
    .filter(([source, leaving]) => isInForce(source, leaving, launchTimeMs))
    .toSorted(([aSource, a], [bSource, b]) => a.atMs - b.atMs || (aSource < bSource ? -1 : 1));
  const isNow = (source: string, { atMs }: Leaving) => !isHealth(source) || nowMs >= atMs - healthNoticeMs;
  const now = inForce.find(([source, leaving]) => isNow(source, leaving));
  const later = inForce.find(([source, leaving]) => !isNow(source, leaving));
  return {
    ...(now === undefined ? {} : { leaving: leavingWords(now[1]) }),
    ...(later === undefined ? {} : { announced: leavingWords(later[1]) }),
  };
}

/**
 * A warning does not outlive the stop that it warned of: a Spot Instance that was stopped comes back with its id, and with
 * a later launch time. A drain does: an operator takes it back.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/interruption-behavior.html
 */
function isInForce(source: string, { atMs, isOver }: Leaving, launchTimeMs: number): boolean {
  return isOver !== true && (source === 'operator' || atMs >= launchTimeMs);
}

function isHealth(source: string): boolean {
  return source.startsWith('health ');
}

/** Where nobody knows when it goes, the words say since when it is known. */
function leavingWords({ saidAtMs, atMs, words }: Leaving): string {
  return `leaving ${atMs > saidAtMs ? 'at' : 'since'} ${new Date(atMs).toISOString()}: ${words}`;
}
