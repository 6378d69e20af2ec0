import { seededRandom } from '../../localcloud/core/random.ts';
import { Chronicle } from './chronicle.ts';
import { liveThroughDay } from './day.ts';
import { expireItems } from './expire.ts';
import { Laws } from './laws.ts';
import { tidyUp } from './morning.ts';
import { comeToRest, sleepUntil } from './night.ts';
import type { Counts, Soaking } from './soaking.ts';
import type { SoakStage } from './stage.ts';
import { openStage } from './stage.ts';
import { Weather } from './trouble.ts';
import type { Vitals } from './vitals.ts';
import { takeVitals } from './vitals.ts';

/** What to soak, and whom to tell. */
export interface SoakRequest {
  readonly seed: number;
  readonly assemblyDirectory: string;
  readonly stepsPerDay: number;
  /** Asked before each day whether that is enough. */
  readonly isDone: (daysLived: number) => boolean;
  /** Somebody interrupted it: it ends as soon as it can. */
  readonly isOver: () => boolean;
  /** Told every few seconds how far it is. */
  readonly onProgress: (progress: Progress) => void;
  /** Takes each line that tells what happens. */
  readonly tell: (line: string) => void;
}

export interface Progress extends Counts {
  /** Changes of holder that were seen. */
  readonly moves: number;
  readonly faults: number;
}

/** What came of it. */
export interface SoakReport {
  readonly progress: Progress;
  /** One for each night. */
  readonly vitals: readonly Vitals[];
  /** Why it ended early; undefined when it did not. */
  readonly failure: Error | undefined;
}

const dayMs = 86_400_000;
const progressIntervalMs = 5_000;

/** Lives through days of trouble and nights of rest, until it is enough or a law is broken. */
export async function soak(request: SoakRequest): Promise<SoakReport> {
  await using stage = await openStage(request.seed, request.assemblyDirectory);
  const soaking = beginSoaking(stage, request);
  const { counts, laws, weather } = soaking;
  const vitals: Vitals[] = [];
  const random = seededRandom(request.seed);
  let failure: Error | undefined;
  try {
    while (!request.isOver() && !request.isDone(counts.days)) {
      await liveAndRest(soaking, random.fork(`day ${counts.days}`), request);
      if (request.isOver()) break;
      vitals.push(await takeVitals(stage));
      counts.days += 1;
    }
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  return { progress: { ...counts, moves: laws.moves, faults: await weather.struck() }, vitals, failure };
}

function beginSoaking(stage: SoakStage, { tell, isOver, onProgress }: SoakRequest): Soaking {
  const chronicle = new Chronicle();
  const laws = new Laws(chronicle, stage.names.get('$foreignEip') ?? '');
  const weather = new Weather(stage.control, stage.functionKeys);
  const counts: Counts = { days: 0, steps: 0, looks: 0, invocations: 0, killed: 0, deadLetters: 0 };
  stage.cloud.rooms.lambda.onInvocation(({ outcome }) => {
    if (outcome === undefined) return;
    counts.invocations += 1;
    if (outcome.kind === 'crash') counts.killed += 1;
  });
  let toldMs = performance.now();
  const onGoingOn = async () => {
    if (performance.now() - toldMs < progressIntervalMs) return;
    toldMs = performance.now();
    onProgress({ ...counts, moves: laws.moves, faults: await weather.struck() });
  };
  return { stage, chronicle, laws, weather, counts, tell, isOver, onGoingOn };
}

/** One day of the cloud, with its night. */
async function liveAndRest(
  soaking: Soaking,
  random: ReturnType<typeof seededRandom>,
  { stepsPerDay }: SoakRequest,
): Promise<void> {
  const { stage, isOver } = soaking;
  const startMs = stage.cloud.clock.now();
  await tidyUp(soaking);
  const lateMs = await liveThroughDay(soaking, random, stepsPerDay);
  if (!isOver()) await comeToRest(soaking, lateMs);
  if (!isOver()) await sleepUntil(soaking, startMs + dayMs);
  await expireItems(stage);
}
