import { stringify } from 'yaml';
import type { Role } from '../../shared/model/observed.ts';
import { withoutDefaults } from './without-defaults.ts';

/** The role as a file that `roles apply` takes, and that changes nothing when it does. */
export function roleYaml({ name, spec, version, zoneIds }: Role): string {
  const zones = Object.entries(zoneIds).filter(([text, id]) => text !== id);
  const comments = [`# version ${version}`, ...zones.map(([text, id]) => `# the zone ${text} is ${id}`)];
  const yaml = stringify({ roles: { [name]: withoutDefaults(spec) } }, { lineWidth: 0 });
  return `${comments.join('\n')}\n${yaml}`;
}
