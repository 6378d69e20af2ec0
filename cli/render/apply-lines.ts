import type { FieldDifference, RoleDifference } from '../roles-file/role-difference.ts';
import type { Style } from '../terminal.ts';

/** What `roles apply` did, or with a dry run would do. */
export interface AppliedFile {
  readonly file: string;
  readonly isDryRun: boolean;
  readonly differences: readonly RoleDifference[];
}

/** The difference per role, and a last line that counts. */
export function applyLines({ isDryRun, differences }: AppliedFile, style: Style): readonly string[] {
  const changes = differences.filter(({ kind }) => kind !== 'unchanged');
  const verb = isDryRun ? 'would be written' : 'written';
  const unchanged = differences.length - changes.length;
  return [
    ...differences.flatMap((difference) => roleLines(difference, style)),
    '',
    `${countText(changes.length)} ${verb}, ${unchanged} unchanged`,
    ...(changes.length === 0 || isDryRun
      ? []
      : [style.dim('The next resync brings it about; understudy plan shows what it will do.')]),
  ];
}

function countText(count: number): string {
  return count === 1 ? '1 role' : `${count} roles`;
}

function roleLines({ kind, role, fields }: RoleDifference, style: Style): readonly string[] {
  const { name, version } = role;
  switch (kind) {
    case 'added':
      return [
        `${style.green('+')} ${style.bold(name)}  added`,
        ...fields.map((field) => `    ${fieldText(field, style)}`),
      ];
    case 'changed':
      return [
        `${style.yellow('~')} ${style.bold(name)}  changed, version ${version - 1} to ${version}`,
        ...fields.map((field) => `    ${fieldText(field, style)}`),
      ];
    case 'unchanged':
      return [`  ${style.bold(name)}  ${style.dim('unchanged')}`];
  }
}

function fieldText({ path, before, after }: FieldDifference, style: Style): string {
  if (before === undefined) return `${style.green('+')} ${path}: ${valueText(after)}`;
  if (after === undefined) return `${style.red('-')} ${path}: ${valueText(before)}`;
  return `${style.yellow('~')} ${path}: ${valueText(before)} -> ${valueText(after)}`;
}

/** As YAML writes it on one line. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  // What is not to be adopted need not be said.
  const said = Object.entries(value).filter(([key, each]) => !(key === 'adopt' && each === false));
  const fields = said.map(([key, each]) => `${key}: ${valueText(each)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** For `--json`. */
export function applyDocument({ file, isDryRun, differences }: AppliedFile): object {
  return {
    file,
    dryRun: isDryRun,
    roles: differences.map(({ kind, role, fields }) => ({
      role: role.name,
      difference: kind,
      version: role.version,
      fields: fields.map(({ path, before = null, after = null }) => ({ path, before, after })),
    })),
  };
}
