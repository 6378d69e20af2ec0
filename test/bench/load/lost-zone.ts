import type { LoadStage } from './load-stage.ts';
import { openLoadStage } from './load-stage.ts';
import type { CallCounts } from './load-wire.ts';
import type { LoadSettings } from './settings.ts';
import { faultOf, privateIpsOf, readStandings } from './standing.ts';

/** What came of the loss of an Availability Zone. Times are virtual. */
export interface LostZone {
  readonly roles: number;
  /** No way of doing it takes less: the worst of the request limits over the calls that are needed. */
  readonly boundMs: number;
  /** From the loss until the last address and record was right. */
  readonly convergedMs: number;
  /** Roles that are not with their standby, in words; none when nothing is lost. */
  readonly lost: readonly string[];
  readonly medianMs: number;
  readonly deadLetters: number;
  /** Messages that a function got more than once. */
  readonly redeliveries: number;
  /** How often the most unlucky message was received; as often as the queue allows, and it is a dead letter. */
  readonly receivesMax: number;
  readonly timedOut: number;
  readonly failedResyncs: number;
  readonly counts: CallCounts;
}

export type Progress = (words: string) => void;

/** The instances of the zone go within this time. */
const lossMs = 2_000;
const lossSteps = 10;
const stepMs = 1_000;
const stepsBetweenLooks = 10;
const giveUpMs = 1_800_000;

export async function measureLostZone(
  rolesCount: number,
  settings: LoadSettings,
  progress: Progress = () => undefined,
): Promise<LostZone> {
  using stage = await openLoadStage(settings);
  const { time, world, wire, lambda } = stage;
  progress(`building ${rolesCount} roles`);
  await world.grow(rolesCount, { instancesPerRole: 2, rolesPerElasticIp: 1 });
  const before = await faultsWith(stage, 0);
  if (before.length > 0) throw new Error(`the world is not built: ${before[0]}`);
  await stage.goLive();
  // Neither right before a scheduled pass nor right after it.
  await time.passUntil(time.now() + 90_000);
  wire.takeCounts();
  wire.forgetMoves();
  const startedMs = time.now();
  await loseZone(stage);
  await untilConverged(stage, startedMs, progress);
  const moves = wire.moves.map((atMs) => atMs - startedMs).toSorted((a, b) => a - b);
  const { visible, inFlight } = stage.deadLetters.counts();
  return {
    roles: rolesCount,
    boundMs: boundMsOf(rolesCount),
    convergedMs: moves.at(-1) ?? 0,
    lost: await faultsWith(stage, 1),
    medianMs: moves[Math.floor(moves.length / 2)] ?? 0,
    deadLetters: visible + inFlight,
    redeliveries: lambda.redeliveries,
    receivesMax: lambda.receivesMax,
    timedOut: lambda.ends.timedOut,
    failedResyncs: lambda.ends.failed,
    counts: wire.takeCounts(),
  };
}

/** Half of the instances stop and half are terminated, in steps. */
async function loseZone({ ask, time, world }: LoadStage): Promise<void> {
  const holders = world.roles.flatMap(({ instanceIds: [first = ''] }) => first);
  const ofStep = Math.ceil(holders.length / lossSteps);
  for (let first = 0; first < holders.length; first += ofStep) {
    const some = holders.slice(first, first + ofStep);
    const middle = Math.ceil(some.length / 2);
    await ask('ec2', 'TerminateInstances', { InstanceIds: some.slice(0, middle) });
    if (middle < some.length) await ask('ec2', 'StopInstances', { InstanceIds: some.slice(middle) });
    await time.passUntil(time.now() + lossMs / lossSteps);
  }
}

async function untilConverged(stage: LoadStage, startedMs: number, progress: Progress): Promise<void> {
  const { time, queue, wire } = stage;
  while (time.now() - startedMs < giveUpMs) {
    for (let step = 0; step < stepsBetweenLooks; step += 1) await time.passUntil(time.now() + stepMs);
    const { visible, inFlight } = queue.counts();
    const seconds = Math.round((time.now() - startedMs) / 1_000);
    progress(`${seconds} s after the loss: ${wire.moves.length} moves, ${visible} messages wait`);
    const faults = visible + inFlight === 0 ? await faultsWith(stage, 1) : [];
    if (visible + inFlight === 0 && faults.length === 0) return;
  }
}

/** The roles that their first instance (0), or their standby (1), does not hold as it should. */
async function faultsWith(stage: LoadStage, index: 0 | 1): Promise<readonly string[]> {
  const privateIps = privateIpsOf(stage);
  const standings = await readStandings(stage);
  return standings.flatMap((standing) => {
    const instanceId = standing.role.instanceIds[index] ?? '';
    return faultOf(standing, { instanceId, privateIp: privateIps.get(instanceId) ?? '' }) ?? [];
  });
}

/**
 * Each role takes one AssociateAddress, and a DELETE with a CREATE of its record; see localcloud/core/aws-limits.ts. The
 * requests to Route 53 take less, at hundreds of records a batch.
 */
function boundMsOf(roles: number): number {
  const associating = (roles - 50) / 5;
  const changing = (2 * roles - 1_500) / 100;
  return 1_000 * Math.max(0, associating, changing);
}
