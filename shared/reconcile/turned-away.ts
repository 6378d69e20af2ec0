import type { HistoryEntry } from '../model/history-entry.ts';
import type { Memories } from './ports.ts';
import type { Reconciled } from './reconcile-roles.ts';

/**
 * A line of history for each instance that asks for a role for the first time and may not hold it: somebody should know
 * who tried. Its later events add none.
 */
export function turnedAway(
  { finished }: Pick<Reconciled, 'finished'>,
  asked: Memories['asked'],
  cause: (role: HistoryEntry['role']) => string,
  nowMs: number,
): readonly HistoryEntry[] {
  return asked.flatMap(({ instanceId, roles }) =>
    roles.flatMap((name) => {
      const role = finished.get(name);
      const verdict = role?.verdicts.find((each) => each.instanceId === instanceId);
      const slot = role?.slots[0];
      if (role === undefined || slot === undefined || verdict?.isUnauthorized !== true) return [];
      return {
        role: name,
        slot: slot.slot,
        timeMs: nowMs,
        generation: role.generationOf(slot),
        outcome: 'refused' as const,
        cause: cause(name),
        from: slot.holder,
        to: slot.holder,
        changes: [],
        refusals: [`${instanceId} ${verdict.words}`],
        verdicts: [],
        steps: { observeMs: 0, claimMs: 0, applyMs: 0 },
      };
    }),
  );
}
