import type { RoleName } from '../../shared/model/ids.ts';
import type { ForeseenDeletion } from '../roles-file/foreseen-deletions.ts';
import type { FieldDifference, RoleDifference } from '../roles-file/role-difference.ts';
import type { Style } from '../terminal.ts';
import { countText } from './count-text.ts';
import { valueText } from './spec-texts.ts';

/** What `roles apply` did, or with a dry run would do. */
export interface AppliedFile {
  readonly file: string;
  readonly isDryRun: boolean;
  readonly differences: readonly RoleDifference[];
  readonly deletions: readonly ForeseenDeletion[];
}

/** The difference per role, and a last line that counts. */
export function applyLines(
  { isDryRun, differences, deletions }: AppliedFile,
  style: Style,
): readonly string[] {
  const changes = differences.filter(({ kind }) => kind !== 'unchanged');
  const verb = isDryRun ? 'would be written' : 'written';
  const unchanged = differences.length - changes.length;
  return [
    ...differences.flatMap((difference) => roleLines(difference, style)),
    ...(deletions.length === 0
      ? []
      : ['', isDryRun ? 'These records would be deleted:' : 'These records are deleted:']),
    ...deletions.map(({ role, record }) => `  ${style.red('-')} ${record}  ${style.dim(`of ${role}`)}`),
    '',
    `${countText(changes.length, 'role')} ${verb}, ${unchanged} unchanged`,
    ...(changes.length === 0 || isDryRun
      ? []
      : [style.dim('The next resync brings it about; understudy plan shows what it will do.')]),
    ...unguarded(differences).flatMap((role) => allowHint(role, style)),
  ];
}

/** Roles of the file that any instance may hold. */
function unguarded(differences: readonly RoleDifference[]): readonly RoleName[] {
  return differences.filter(({ role }) => role.spec.allow === undefined).map(({ role }) => role.name);
}

function allowHint(role: RoleName, style: Style): readonly string[] {
  return [
    '',
    `${style.yellow('warning:')} "${role}" has no allow: whoever may tag an instance decides who holds it`,
    style.dim('  one more key says who may, such as'),
    style.dim('  allow: { instanceProfile: arn:aws:iam::111122223333:instance-profile/NAME }'),
    style.dim('  or autoScalingGroup, subnets, image, launchTemplate; all that are given must hold'),
  ];
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

/** For `--json`. */
export function applyDocument({ file, isDryRun, differences, deletions }: AppliedFile): object {
  return {
    file,
    dryRun: isDryRun,
    roles: differences.map(({ kind, role, fields }) => ({
      role: role.name,
      difference: kind,
      version: role.version,
      fields: fields.map(({ path, before = null, after = null }) => ({ path, before, after })),
    })),
    deletions,
    warnings: unguarded(differences).map((role) => ({ role, code: 'NoAllow' })),
  };
}
