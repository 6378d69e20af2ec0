import type { HistoryEntry } from '../../../shared/model/history-entry.ts';
import { roleNameSchema } from '../../../shared/model/ids.ts';
import type { SlotState } from '../../../shared/model/role-state.ts';
import { slotOf } from '../../../shared/model/role-state.ts';
import type { StagedController } from '../engine/stage.ts';
import { slotWords } from './holders.ts';
import type { StateLog } from './state-log.ts';

const entriesMax = 1_000;

/**
 * History tells the truth: per slot its moves form one chain, each from whom the last one went to; no generation is told
 * twice with different ends, and the chain ends at whoever holds the slot.
 */
export async function whatHistoryGetsWrong(
  { stack, catalogue }: StagedController,
  log: StateLog,
  roles: Iterable<string>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const text of roles) {
    const role = roleNameSchema.parse(text);
    const entries = await catalogue.history(role, entriesMax);
    const state = log.stateOf(stack.name, role);
    const slots = new Set([...entries, ...state.slots].map(({ slot }) => slot));
    for (const slot of slots) {
      const moves = entries.filter((each) => each.slot === slot && each.from !== each.to);
      wrong.push(...chainProblems(slotWords(role, slot), moves, endsOf(slotOf(state, slot))));
    }
  }
  return wrong;
}

/** Whom the last move that is told may have gone to: one that is not settled yet may be told or not. */
function endsOf({ holder, move }: SlotState): readonly (string | undefined)[] {
  if (move === undefined) return [holder];
  return [holder, move.from, ...(move.replaced ?? []).map(({ from }) => from)];
}

function chainProblems(
  words: string,
  moves: readonly HistoryEntry[],
  ends: readonly (string | undefined)[],
): readonly string[] {
  const ordered = moves.toSorted((a, b) => a.generation - b.generation);
  const problems: string[] = [];
  let last: HistoryEntry | undefined;
  for (const move of ordered) {
    if (last?.generation === move.generation) {
      problems.push(
        `${words} has two moves of generation ${move.generation}: ${inWords(last)}; ${inWords(move)}`,
      );
    } else if (move.from !== last?.to) {
      problems.push(
        `${words} has a gap: ${last === undefined ? 'nothing' : inWords(last)}; then ${inWords(move)}`,
      );
    }
    last = move;
  }
  if (!ends.includes(last?.to)) {
    problems.push(
      `${words} is held by ${ends[0] ?? 'nobody'}, and its history ends with ${last === undefined ? 'nothing' : inWords(last)}`,
    );
  }
  return problems;
}

function inWords({ generation, from, to, cause }: HistoryEntry): string {
  return `${from ?? 'nobody'} to ${to ?? 'nobody'}, generation ${generation} (${cause})`;
}
