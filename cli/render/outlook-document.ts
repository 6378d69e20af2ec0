import type { RoleOutlook } from '../role-outlook.ts';
import { drainsIn } from '../role-outlook.ts';
import type { SlotOutlook } from '../slot-outlook.ts';

/** One role of `status`, `plan` and `explain` for `--json`; what is not there is null, times are ISO 8601. */
export function outlookDocument(outlook: RoleOutlook): object {
  const { role, condition, reason, slots, verdicts, words } = outlook;
  const [first] = slots;
  return {
    role,
    state: condition,
    reason,
    // Of slot 0, which is the only one of most roles.
    holder: first?.holder ?? null,
    generation: first?.generation ?? 0,
    since: time(first?.sinceMs),
    slots: slots.map(slotDocument),
    candidates: verdicts.map(({ instanceId, kind, words: why, isUnauthorized = false }) => ({
      instanceId,
      verdict: kind,
      words: why,
      unauthorized: isUnauthorized,
    })),
    frozen: words.frozen === undefined ? null : { by: words.frozen.by, at: time(words.frozen.atMs) },
    pinned:
      words.pin === undefined
        ? null
        : { instanceId: words.pin.instanceId, by: words.pin.by, at: time(words.pin.atMs) },
    drained: drainsIn(outlook).map(({ instanceId, words: why, atMs }) => ({
      instanceId,
      words: why,
      at: time(atMs),
    })),
  };
}

function slotDocument(slot: SlotOutlook): object {
  const { condition, reason, holder, generation, sinceMs, next, changes, refusals } = slot;
  return {
    slot: slot.slot,
    state: condition,
    reason,
    holder: holder ?? null,
    generation,
    since: time(sinceMs),
    next: { holder: next.holder ?? null, generation: next.generation },
    changes,
    addresses: slot.addresses.map(({ kind, wanted, thing, allocationId, on, privateIp }) => ({
      kind,
      wanted,
      address: thing ?? null,
      allocationId: allocationId ?? null,
      on: on ?? null,
      privateIp: privateIp ?? null,
    })),
    records: slot.records.map(({ zoneId, zone, name, type, setIdentifier, content, isToStay }) => ({
      zoneId,
      zone,
      name,
      type,
      setIdentifier: setIdentifier ?? null,
      values: content?.kind === 'values' ? content.values : [],
      ttl: content?.kind === 'values' ? content.ttlSeconds : null,
      alias: content?.kind === 'alias' ? content.target : null,
      asDesired: isToStay,
    })),
    refusals,
  };
}

function time(timeMs: number | undefined): string | null {
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}
