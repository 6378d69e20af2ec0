import type { Role } from '../../shared/model/observed.ts';
import type { ElasticIpSpec, RecordSpec } from '../../shared/model/role-spec.ts';
import type { Style } from '../terminal.ts';
import { valueText } from './apply-lines.ts';
import { tableLines } from './table-lines.ts';

export const noRolesLine = 'no roles are defined; understudy roles apply FILE defines some';

/** One row per role. */
export function roleTableLines(roles: readonly Role[], style: Style): readonly string[] {
  const rows = roles.map(({ name, version, spec }) => [
    style.bold(name),
    String(version),
    spec.addresses.map(addressText).join('\n'),
    spec.records.map(recordText).join('\n'),
  ]);
  return tableLines(['ROLE', 'VERSION', 'ADDRESSES', 'RECORDS'], rows, style);
}

function addressText({ elasticIp }: ElasticIpSpec): string {
  return typeof elasticIp === 'string' ? elasticIp : `Elastic IP with tags ${valueText(elasticIp.tags)}`;
}

function recordText({ name, value, ttl }: RecordSpec): string {
  return `${name} ${value}, ${ttl} s`;
}

/** For `--json`. */
export function roleDocument({ name, version, spec, zoneIds }: Role): object {
  return { role: name, version, spec, zoneIds };
}
