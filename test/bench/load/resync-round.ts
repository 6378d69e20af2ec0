import type { LoadStage } from './load-stage.ts';
import { whileTimePasses } from './load-stage.ts';
import type { CallCounts } from './load-wire.ts';

/** What one round over all roles takes in which nothing has to be changed. */
export interface ResyncRound {
  readonly roles: number;
  readonly instances: number;
  /** Scheduled passes, one after the other, until every role has been looked at. */
  readonly passes: number;
  /** Virtual time. */
  readonly durationMs: number;
  readonly counts: CallCounts;
  /** Outcomes that are no `noop`: none, in a world where all is as it should be. */
  readonly restless: number;
}

const passesMax = 100;

/** AWS's limits hold, with their buckets full to begin with. */
export async function measureResyncRound(stage: LoadStage): Promise<ResyncRound> {
  const { time, cloud, lambda, wire, world } = stage;
  cloud.throttles.refill();
  cloud.throttles.isEnabled = true;
  wire.takeCounts();
  const startedMs = time.now();
  let restless = 0;
  let passes = 0;
  for (let isOver = false; !isOver && passes < passesMax; passes += 1) {
    const result = await whileTimePasses(time, lambda.resync());
    if (result === undefined) throw new Error('a pass over a world at rest failed');
    const { noop = 0, ...others } = result.outcomes;
    restless += Object.values(others).reduce((sum, count) => sum + count, 0);
    isOver = result.resumesAfter === null;
  }
  cloud.throttles.isEnabled = false;
  return {
    roles: world.roles.length,
    instances: world.instances,
    passes,
    durationMs: time.now() - startedMs,
    counts: wire.takeCounts(),
    restless,
  };
}
