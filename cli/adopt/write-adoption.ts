import type { HistoryEntry } from '../../shared/model/history-entry.ts';
import type { Observed } from '../../shared/model/observed.ts';
import type { SlotState } from '../../shared/model/role-state.ts';
import type { Ports, Settings } from '../../shared/reconcile/ports.ts';
import type { Adoption } from './adoption.ts';
import { stateWith } from './adoption.ts';

/**
 * Claims the role as it was read, remembers its holders and tells the history, and settles: the same writes under the same
 * conditions as any claim. False when somebody else wrote first, and nothing was changed.
 */
export async function writeAdoption(
  { ports, settings }: { readonly ports: Ports; readonly settings: Settings },
  { role, state }: Observed,
  adopted: readonly SlotState[],
  { foreign }: Adoption,
): Promise<boolean> {
  const { store, surroundings } = ports;
  const nowMs = surroundings.now();
  const { slots } = stateWith(state, adopted);
  const lease = { owner: surroundings.uniqueName(), expiresAtMs: nowMs + settings.leaseDurationMs };
  const claimed = await store.claim({ role: role.name, seen: state, lease, slots, unfit: state.unfit });
  if (claimed.kind === 'lost') return false;
  await store.remember({
    asked: adopted.flatMap(({ holder }) =>
      holder === undefined ? [] : [{ instanceId: holder, roles: [role.name] }],
    ),
    gone: [],
    history: adopted.map((slot): HistoryEntry => {
      return {
        role: role.name,
        slot: slot.slot,
        timeMs: slot.claimedAtMs,
        generation: slot.generation,
        outcome: foreign.length === 0 ? 'converged' : 'refused',
        cause: slot.move?.cause ?? 'adopted',
        from: undefined,
        to: slot.holder,
        changes: [],
        refusals: foreign,
        verdicts: [],
        steps: { observeMs: 0, claimMs: 0, applyMs: 0 },
      };
    }),
  });
  const settled = await store.settle(
    role.name,
    claimed.state,
    stateWith(state, adopted.map(withoutMove)).slots,
    [],
  );
  return settled.kind === 'claimed';
}

/** A move is settled, and told. */
function withoutMove({ move: _, ...slot }: SlotState): SlotState {
  return slot;
}
