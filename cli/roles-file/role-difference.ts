import { isDeepStrictEqual } from 'node:util';
import type { Role } from '../../shared/model/observed.ts';
import { recordKey } from '../../shared/model/record-set.ts';
import { zoneKey } from '../../shared/model/record-spec.ts';
import { recordIdentity } from '../../shared/plan/desired-records.ts';
import type { ResolvedRole } from './resolve-roles.ts';
import { withoutDefaults } from './without-defaults.ts';

/** One thing that differs; `before` is missing where it was added, `after` where it was removed. */
export interface FieldDifference {
  /** Such as `records[db.example.com A].ttl`. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What applying does to one role. */
export interface RoleDifference {
  readonly kind: 'added' | 'changed' | 'unchanged';
  /** As it will be stored; an unchanged one keeps its version. */
  readonly role: Role;
  readonly fields: readonly FieldDifference[];
}

/**
 * Compares field by field. Records are matched by zone, name and type, so their order means nothing; nor does the order
 * of keys.
 */
export function roleDifference(before: Role | undefined, after: ResolvedRole): RoleDifference {
  const role = { ...after, version: (before?.version ?? 0) + 1 };
  if (before === undefined) return { kind: 'added', role, fields: compare(new Map(), partsOf(role)) };
  const fields = compare(partsOf(before), partsOf(role));
  return fields.length === 0
    ? { kind: 'unchanged', role: before, fields }
    : { kind: 'changed', role, fields };
}

/** A part of a role that is there or not: a record, an address, the id of a zone. */
interface Part {
  readonly path: string;
  readonly value: unknown;
}

function partsOf(role: Role): ReadonlyMap<string, Part> {
  const addresses = role.spec.addresses.map((value, index) => {
    const path = `addresses[${index}]`;
    return [path, { path, value }] as const;
  });
  const { slots, allow, election, vacant } = withoutDefaults(role.spec);
  const others = Object.entries({ slots, allow, election, vacant }).flatMap(([path, value]) =>
    value === undefined ? [] : [[path, { path, value }] as const],
  );
  const zones = Object.entries(role.zoneIds)
    .filter(([text, id]) => text !== id)
    .map(([text, value]) => [`zone ${text}`, { path: `zones[${text}]`, value }] as const);
  const reverseZones = role.reverseZones.map(({ name, zoneId }) => {
    return [`reverse zone ${zoneId}`, { path: `zones[${name}]`, value: zoneId }] as const;
  });
  return new Map<string, Part>([...others, ...addresses, ...recordParts(role), ...zones, ...reverseZones]);
}

function recordParts(role: Role): readonly (readonly [string, Part])[] {
  const { records } = role.spec;
  return records.map((record) => {
    const identity = recordIdentity(role, record);
    const isAlone = records.filter(({ name }) => name === record.name).length === 1;
    const zone = isAlone ? '' : ` in ${zoneKey(record.zone)}`;
    const path = `records[${record.name} ${identity.type}${zone}]`;
    // The name stands in the path already.
    const { name: _, ...value } = record;
    return [recordKey(identity), { path, value }] as const;
  });
}

function compare(
  before: ReadonlyMap<string, Part>,
  after: ReadonlyMap<string, Part>,
): readonly FieldDifference[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => compareParts(before.get(key), after.get(key)));
}

function compareParts(before: Part | undefined, after: Part | undefined): readonly FieldDifference[] {
  if (after === undefined) return before === undefined ? [] : [{ path: before.path, before: before.value }];
  if (before === undefined) return [{ path: after.path, after: after.value }];
  if (isDeepStrictEqual(before.value, after.value)) return [];
  const [old, young] = [fieldsOf(before.value), fieldsOf(after.value)];
  if (old === undefined || young === undefined) {
    return [{ path: after.path, before: before.value, after: after.value }];
  }
  const names = new Set([...Object.keys(old), ...Object.keys(young)]);
  return [...names]
    .filter((name) => !isDeepStrictEqual(old[name], young[name]))
    .map((name) => ({ path: `${after.path}.${name}`, before: old[name], after: young[name] }));
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}
