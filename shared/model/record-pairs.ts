import type { DnsName } from './dns-name.ts';
import type { RecordSpec } from './record-spec.ts';
import { recordNameOf, recordTypeOf, zoneKey } from './record-spec.ts';
import type { CombinationProblem, SpecParts } from './spec-parts.ts';

/** What is impossible between the records of a role, told at the later one. Zones are the same when they are written so. */
export function recordPairProblems({ records, slots }: SpecParts): readonly CombinationProblem[] {
  const earlier = new Map<string, Set<string>>();
  return records.flatMap((record, index) => {
    const type = recordTypeOf(record);
    const conflicts = namesOf(record, slots).flatMap((name) => {
      const key = `${zoneKey(record.zone)} ${name}`;
      const types = earlier.get(key) ?? new Set<string>();
      earlier.set(key, types);
      if (types.has(type)) return `already has another ${type} record in this zone`;
      types.add(type);
      return types.size > 1 && types.has('CNAME')
        ? 'cannot have a CNAME beside other records (RFC 1034)'
        : [];
    });
    return conflicts.slice(0, 1).map((message) => ({ path: ['records', index, 'name'], message }));
  });
}

/** The record's names over all slots. */
export function namesOf(record: RecordSpec, slots: number): readonly DnsName[] {
  if (!record.name.includes('{slot}')) return [recordNameOf(record, 0)];
  return Array.from({ length: slots }, (_, slot) => recordNameOf(record, slot));
}
