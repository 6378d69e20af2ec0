import type { RoleOutlook } from '../role-outlook.ts';

/** One role of `status` and `plan` for `--json`; what is not there is null, times are ISO 8601. */
export function outlookDocument(outlook: RoleOutlook): object {
  const { role, slot, condition, reason, holder, generation, sinceMs, next } = outlook;
  return {
    role,
    slot,
    state: condition,
    reason,
    holder: holder ?? null,
    generation,
    since: sinceMs === undefined ? null : new Date(sinceMs).toISOString(),
    next: { holder: next.holder ?? null, generation: next.generation },
    changes: outlook.changes,
    addresses: outlook.addresses.map(({ wanted, allocationId, publicIp, on, privateIp }) => ({
      wanted,
      allocationId: allocationId ?? null,
      publicIp: publicIp ?? null,
      on: on ?? null,
      privateIp: privateIp ?? null,
    })),
    records: outlook.records.map(({ zoneId, name, type, values, ttlSeconds, isToStay }) => ({
      zoneId,
      name,
      type,
      values,
      ttl: ttlSeconds ?? null,
      asDesired: isToStay,
    })),
    candidates: outlook.verdicts.map(({ instanceId, kind, words }) => ({
      instanceId,
      verdict: kind,
      words,
    })),
    refusals: outlook.refusals,
  };
}
