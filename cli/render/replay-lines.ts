import type { HistoryEntry } from '../../shared/model/history-entry.ts';
import type { RoleName } from '../../shared/model/ids.ts';
import type { ReplayProgress, Span } from '../replays.ts';
import { archiveLagMs } from '../replays.ts';
import type { RoleOutlook } from '../role-outlook.ts';
import type { Style } from '../terminal.ts';
import { historyDocument } from './history-lines.ts';
import { outlookDocument } from './outlook-document.ts';
import { statusLines } from './status-lines.ts';
import { timeText } from './times.ts';

/** A replay that was started. */
export interface StartedReplay extends Span {
  readonly name: string;
  readonly ruleCount: number;
}

/** What came of a replay, role by role. */
export interface ReplayOutcome {
  readonly progress: ReplayProgress;
  readonly outlooks: readonly RoleOutlook[];
  /** What happened to the roles since the replay began, newest first. */
  readonly moves: ReadonlyMap<RoleName, readonly HistoryEntry[]>;
  readonly isDone: boolean;
}

/** What everybody should know who starts a replay, or asks what one would do. */
export function replayNotes(
  { endMs }: Span,
  { nowMs, isOfSomeRoles }: { readonly nowMs: number; readonly isOfSomeRoles: boolean },
  style: Style,
): readonly string[] {
  return [
    ...(endMs > nowMs - archiveLagMs
      ? [
          'Events of about the last ten minutes may not be in the archive yet; understudy resync needs none of them.',
        ]
      : []),
    ...(isOfSomeRoles ? ['A replay cannot be kept to some roles: --role only chooses what is shown.'] : []),
  ].map((line) => style.dim(line));
}

export function spanText({ startMs, endMs }: Span): string {
  return `events from ${timeText(startMs)} to ${timeText(endMs)}`;
}

export function startedLine(replay: StartedReplay): string {
  return `replaying ${spanText(replay)} to ${replay.ruleCount} rules as ${replay.name}`;
}

/** How far it has come, in one line; changes as it goes on. */
export function progressLine({ state, lastReplayedMs }: ReplayProgress): string {
  const how = (state ?? 'UNKNOWN').toLowerCase();
  return lastReplayedMs === undefined ? how : `${how}, events up to ${timeText(lastReplayedMs)}`;
}

/** Where each role is afterwards, and what moved meanwhile. */
export function outcomeLines(
  { progress, outlooks, moves, isDone }: ReplayOutcome,
  nowMs: number,
  style: Style,
): readonly string[] {
  const moved = outlooks.flatMap(({ role }) =>
    (moves.get(role) ?? []).map((entry) => moveText(entry, style)),
  );
  const reason = progress.reason === undefined ? '' : `: ${progress.reason}`;
  return [
    `the replay is ${progressLine(progress)}${reason}`,
    '',
    ...statusLines(outlooks, { nowMs, showsSlots: false }, style),
    '',
    ...(moved.length === 0 ? ['nothing moved meanwhile'] : ['moved meanwhile:', ...moved]),
    ...(isDone ? [] : [style.yellow('something is still to be done; time ran out')]),
  ];
}

function moveText({ role, timeMs, from, to, outcome, cause, changes }: HistoryEntry, style: Style): string {
  const what = from === to ? `stayed with ${to ?? 'nobody'}` : `${from ?? 'nobody'} -> ${to ?? 'nobody'}`;
  const done = changes.length === 0 ? '' : `: ${changes.join('; ')}`;
  return `  ${timeText(timeMs)} ${style.bold(role)} ${what}, ${outcome} (${cause})${done}`;
}

/** For `--json`. */
export function replayDocument(
  { name, startMs, endMs, ruleCount }: StartedReplay,
  outcome: ReplayOutcome | undefined,
): object {
  const replay = {
    name,
    from: new Date(startMs).toISOString(),
    until: new Date(endMs).toISOString(),
    rules: ruleCount,
  };
  if (outcome === undefined) return { replay };
  const { state, reason, lastReplayedMs } = outcome.progress;
  return {
    replay: {
      ...replay,
      state: state ?? null,
      reason: reason ?? null,
      lastReplayed: lastReplayedMs === undefined ? null : new Date(lastReplayedMs).toISOString(),
    },
    done: outcome.isDone,
    roles: outcome.outlooks.map((outlook) => ({
      ...outlookDocument(outlook),
      moves: (outcome.moves.get(outlook.role) ?? []).map(historyDocument),
    })),
  };
}
