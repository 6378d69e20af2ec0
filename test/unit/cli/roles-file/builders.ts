import type { ResolvedRole } from '../../../../cli/roles-file/resolve-roles.ts';
import type { NamedSpec } from '../../../../cli/roles-file/roles-file.ts';
import { hostedZoneIdSchema, roleNameSchema } from '../../../../shared/model/ids.ts';
import type { Role } from '../../../../shared/model/observed.ts';
import { zoneKey } from '../../../../shared/model/record-spec.ts';
import { roleSpecSchema } from '../../../../shared/model/role-spec.ts';

export const publicZoneId = hostedZoneIdSchema.parse('ZPUBLIC1');
export const privateZoneId = hostedZoneIdSchema.parse('ZPRIVATE1');

export const allocationId = 'eipalloc-0123456789abcdef0';

/** A role of a file, by what an operator would write. */
export function aSpec(name: string, spec: object): NamedSpec {
  return { name: roleNameSchema.parse(name), spec: roleSpecSchema.parse(spec) };
}

/** The same with its zones resolved: example.com is public, corp.internal private, an id is itself. */
export function aResolvedRole(name: string, spec: object): ResolvedRole {
  const named = aSpec(name, spec);
  const ids: Readonly<Record<string, typeof publicZoneId>> = {
    'example.com': publicZoneId,
    'corp.internal': privateZoneId,
  };
  const zones = named.spec.records.map(({ zone }) => zoneKey(zone));
  return {
    ...named,
    zoneIds: Object.fromEntries(zones.map((zone) => [zone, ids[zone] ?? hostedZoneIdSchema.parse(zone)])),
    reverseZones: [],
  };
}

export function aRole(name: string, spec: object, version = 1): Role {
  return { ...aResolvedRole(name, spec), version };
}
