import type { HistoryEntry } from '../shared/model/history-entry.ts';
import type { RoleName } from '../shared/model/ids.ts';
import type { RoleState } from '../shared/model/role-state.ts';
import { slotOf } from '../shared/model/role-state.ts';
import { CliError } from './cli-error.ts';
import type { Aws } from './compose.ts';
import { explainError } from './explain-error.ts';
import { wakeRoles } from './wake-roles.ts';

/** A role of which an operator asks something. */
export interface Asked {
  readonly role: RoleName;
  readonly state: RoleState;
  /** The slot that it is about; 0 of one without groups. */
  readonly slot?: number;
  /** Whether a move is to follow: the history of that has the words, and no line of their own is needed. */
  readonly moves: boolean;
}

/**
 * Leaves the operator's words in the history of roles that nothing moves in now, and wakes the controller for all. What
 * was asked stands in the state already: where nobody can be woken, the next resync acts on it.
 * @throws CliError `NotWoken`
 */
export async function wakeFor(
  { ports, eventsQueue }: Pick<Aws, 'ports' | 'eventsQueue'>,
  asked: readonly Asked[],
  words: string,
): Promise<void> {
  const timeMs = eventsQueue.surroundings.now();
  const history = asked.filter(({ moves }) => !moves).map((each) => wordsEntry(each, words, timeMs));
  if (history.length > 0) await ports.store.remember({ asked: [], gone: [], history });
  try {
    await wakeRoles(
      eventsQueue,
      asked.map(({ role }) => role),
      words,
    );
  } catch (error) {
    const { message, code } = explainError(error);
    throw new CliError(`it is asked, but the controller could not be woken: ${message}`, {
      code: code === 'QueueMissing' ? code : 'NotWoken',
      hint: 'the next resync does it, within a minute; --queue names the queue',
      cause: error,
    });
  }
}

/** Words that move nothing, as a line of history. */
export function wordsEntry({ role, state, slot = 0 }: Asked, words: string, timeMs: number): HistoryEntry {
  const { holder, generation } = slotOf(state, slot);
  return {
    role,
    slot,
    timeMs,
    generation,
    outcome: 'noop',
    cause: words,
    from: holder,
    to: holder,
    changes: [],
    refusals: [],
    verdicts: [],
    steps: { observeMs: 0, claimMs: 0, applyMs: 0 },
  };
}
