import pLimit from 'p-limit';
import type { HistoryEntry } from '../shared/model/history-entry.ts';
import type { RoleName } from '../shared/model/ids.ts';
import { awaitGoals, isAtRest } from './await-goals.ts';
import { waitUntil, waitUntilTaken } from './await-queue.ts';
import type { CommandContext } from './command-context.ts';
import type { Aws } from './compose.ts';
import { Queue } from './queue.ts';
import type { ReplayOutcome } from './render/replay-lines.ts';
import { progressLine } from './render/replay-lines.ts';
import type { ReplayProgress } from './replays.ts';
import { replayProgress } from './replays.ts';

/** Lines of history that are read of each role, and reads side by side. */
const movesMax = 20;
const readsMax = 8;

/** A replay that was started. */
interface Started {
  readonly name: string;
  /** Of these the outcome is told. */
  readonly roles: readonly RoleName[];
  readonly startedMs: number;
  readonly timeoutMs: number;
}

/** Waits for EventBridge, for the controller to take what it sent, and for the roles to come to rest. */
export async function awaitReplay(
  context: CommandContext,
  aws: Aws,
  { name, roles, startedMs, timeoutMs }: Started,
): Promise<ReplayOutcome> {
  const { now, sleep, tell } = context;
  const leftMs = (): number => Math.max(0, startedMs + timeoutMs - now());
  let progress: ReplayProgress | undefined;
  const hasEnded = await waitUntil({ now, sleep, timeoutMs: leftMs() }, async () => {
    const before = progress && progressLine(progress);
    progress = await replayProgress(aws.clients.eventBridge, name);
    if (progressLine(progress) !== before) tell(progressLine(progress));
    return progress.state === 'COMPLETED' || progress.state === 'FAILED' || progress.state === 'CANCELLED';
  });
  const queue = await Queue.require(aws.clients.sqs, aws.eventsQueue.queueName);
  const isTaken = hasEnded && (await waitUntilTaken(queue, { now, sleep, timeoutMs: leftMs() }));
  const { outlooks, isDone } = await awaitGoals(context, aws, roles.map(isAtRest), leftMs());
  return {
    progress: progress ?? (await replayProgress(aws.clients.eventBridge, name)),
    outlooks,
    isDone: isTaken && isDone,
    moves: await movesSince(aws, roles, startedMs),
  };
}

async function movesSince(
  { catalogue }: Aws,
  roles: readonly RoleName[],
  sinceMs: number,
): Promise<ReadonlyMap<RoleName, readonly HistoryEntry[]>> {
  const limit = pLimit(readsMax);
  const histories = roles.map((role) =>
    limit(async () => {
      const entries = await catalogue.history(role, movesMax);
      return [role, entries.filter(({ timeMs }) => timeMs >= sinceMs)] as const;
    }),
  );
  return new Map(await Promise.all(histories));
}
