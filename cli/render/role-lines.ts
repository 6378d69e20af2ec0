import type { Role } from '../../shared/model/observed.ts';
import type { Style } from '../terminal.ts';
import { addressSpecText, recordSpecText } from './spec-texts.ts';
import { tableLines } from './table-lines.ts';

export const noRolesLine =
  'no roles are defined; such as understudy roles apply examples/db.yaml defines one';

/** One row per role. */
export function roleTableLines(roles: readonly Role[], style: Style): readonly string[] {
  const rows = roles.map(({ name, version, spec }) => [
    style.bold(name),
    String(version),
    String(spec.slots),
    spec.addresses.map(addressSpecText).join('\n'),
    spec.records.map(recordSpecText).join('\n'),
  ]);
  return tableLines(['ROLE', 'VERSION', 'SLOTS', 'ADDRESSES', 'RECORDS'], rows, style);
}

/** For `--json`. */
export function roleDocument({ name, version, spec, zoneIds, reverseZones }: Role): object {
  return { role: name, version, spec, zoneIds, reverseZones };
}
