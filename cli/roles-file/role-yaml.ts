import { stringify } from 'yaml';
import type { Role } from '../../shared/model/observed.ts';
import type { RoleSpec } from '../../shared/model/role-spec.ts';

/** The role as a file that `roles apply` takes, and that changes nothing when it does. */
export function roleYaml({ name, spec, version, zoneIds }: Role): string {
  const zones = Object.entries(zoneIds).filter(([text, id]) => text !== id);
  const comments = [`# version ${version}`, ...zones.map(([text, id]) => `# the zone ${text} is ${id}`)];
  const yaml = stringify({ roles: { [name]: written(spec) } }, { lineWidth: 0 });
  return `${comments.join('\n')}\n${yaml}`;
}

/** Without what says nothing: empty lists, and an adopt that is not meant. */
function written({ addresses, records }: RoleSpec): object {
  return {
    ...(addresses.length === 0 ? {} : { addresses: addresses.map(withoutIdleAdopt) }),
    ...(records.length === 0 ? {} : { records: records.map(withoutIdleAdopt) }),
  };
}

function withoutIdleAdopt<Part extends { readonly adopt: boolean }>({ adopt, ...rest }: Part): object {
  return adopt ? { ...rest, adopt } : rest;
}
