import type { EventBridgeClient, ReplayState } from '@aws-sdk/client-eventbridge';
import {
  DescribeArchiveCommand,
  DescribeReplayCommand,
  ListRulesCommand,
  ResourceNotFoundException,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { CliError, usageError } from './cli-error.ts';
import type { StackParts } from './stack-parts.ts';

/** What keeps the events of the rules. */
export interface Archive {
  readonly arn: string;
  readonly busArn: string;
  readonly createdMs: number;
  /** 0 keeps them for ever. */
  readonly retentionDays: number;
}

/** A span of the events' own time, in milliseconds since the epoch. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** How far a replay has come. */
export interface ReplayProgress {
  readonly state: ReplayState | undefined;
  /** Why it is in that state, where EventBridge says so. */
  readonly reason: string | undefined;
  /** Time of the event that was replayed last. */
  readonly lastReplayedMs: number | undefined;
}

/** How long an event may be on its way into the archive. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html */
export const archiveLagMs = 600_000;

const dayMs = 86_400_000;

/** @throws CliError `ArchiveMissing` */
export async function findArchive(client: EventBridgeClient, { archive }: StackParts): Promise<Archive> {
  try {
    const found = await client.send(new DescribeArchiveCommand({ ArchiveName: archive }));
    return {
      arn: found.ArchiveArn ?? '',
      busArn: found.EventSourceArn ?? '',
      createdMs: found.CreationTime?.getTime() ?? 0,
      retentionDays: found.RetentionDays ?? 0,
    };
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new CliError(`there is no archive "${archive}"`, {
      code: 'ArchiveMissing',
      hint: 'is the stack deployed, and in this region? --table names the stack',
      cause: error,
    });
  }
}

/**
 * Refuses what cannot be replayed.
 * @throws CliError `InvalidSpan`
 */
export function checkSpan({ startMs, endMs }: Span, { retentionDays }: Archive, nowMs: number): void {
  if (endMs > nowMs) throw invalidSpan('--until is in the future', 'there is nothing to replay from there');
  if (startMs >= endMs) throw invalidSpan('--since is not before --until', 'such as --since 2h --until 1h');
  if (retentionDays > 0 && startMs < nowMs - retentionDays * dayMs) {
    throw invalidSpan(
      `--since is longer ago than the archive keeps events, which is ${retentionDays} days`,
      `--since ${retentionDays}d at the most; older events would tell nothing that a resync does not see`,
    );
  }
}

function invalidSpan(message: string, hint: string): CliError {
  return usageError(message, 'InvalidSpan', hint);
}

/**
 * The ARNs of the stack's rules for events, by which a replay wakes nobody else.
 * @throws CliError `RulesMissing` when there is none: a replay without any would wake every rule of the bus
 */
export async function eventRuleArns(
  client: EventBridgeClient,
  stackName: string,
  { eventRules }: StackParts,
): Promise<readonly string[]> {
  const arns: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListRulesCommand({ NamePrefix: `${stackName}-`, NextToken }));
    const ours = (page.Rules ?? []).filter(({ Name = '' }) => eventRules.includes(Name));
    arns.push(...ours.flatMap(({ Arn }) => Arn ?? []));
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  if (arns.length > 0) return arns;
  throw new CliError(`the default bus has none of the rules of "${stackName}"`, {
    code: 'RulesMissing',
    hint: 'is the stack deployed, and in this region? understudy doctor looks closer',
  });
}

/** Starts a replay to these rules only. */
export async function startReplay(
  client: EventBridgeClient,
  replay: Span & {
    readonly name: string;
    readonly archive: Archive;
    readonly ruleArns: readonly string[];
    readonly caller: string;
  },
): Promise<void> {
  await client.send(
    new StartReplayCommand({
      ReplayName: replay.name,
      Description: `understudy replay by ${replay.caller}`.slice(0, 512),
      EventSourceArn: replay.archive.arn,
      EventStartTime: new Date(replay.startMs),
      EventEndTime: new Date(replay.endMs),
      Destination: { Arn: replay.archive.busArn, FilterArns: [...replay.ruleArns] },
    }),
  );
}

/** A name that no other replay has: at most 64 characters. */
export function replayName(stackName: string, nowMs: number, uniqueName: string): string {
  const time = new Date(nowMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return `${stackName.slice(0, 32)}-${time}-${uniqueName.replaceAll('-', '').slice(0, 8)}`;
}

export async function replayProgress(client: EventBridgeClient, name: string): Promise<ReplayProgress> {
  const { State, StateReason, EventLastReplayedTime } = await client.send(
    new DescribeReplayCommand({ ReplayName: name }),
  );
  return { state: State, reason: StateReason, lastReplayedMs: EventLastReplayedTime?.getTime() };
}
