import type { Adoption } from '../adopt/adoption.ts';
import type { RoleDifference } from '../roles-file/role-difference.ts';
import type { Style } from '../terminal.ts';
import { countText } from './count-text.ts';

/** What `adopt` found and wrote, or with a dry run would write. */
export interface AdoptReport {
  readonly isDryRun: boolean;
  readonly adoptions: readonly Adoption[];
  /** Of the roles of the file, where one was given: those that are new or differ are defined as it says. */
  readonly differences: readonly RoleDifference[];
}

/** Role by role what was found, what differs, and a last line that counts. */
export function adoptLines(
  { isDryRun, adoptions, differences }: AdoptReport,
  style: Style,
): readonly string[] {
  const adopted = adoptions.filter(({ outcome }) => outcome === 'adopted');
  const written = differences.filter(({ kind }) => kind !== 'unchanged');
  return [
    ...adoptions.flatMap((adoption) => roleLines(adoption, style)),
    '',
    `${countText(adopted.length, 'role')} ${isDryRun ? 'would be adopted' : 'adopted'}`,
    ...(written.length === 0
      ? []
      : [
          `${countText(written.length, 'role')} ${isDryRun ? 'would be defined' : 'defined'} as the file says`,
        ]),
  ];
}

function roleLines(
  { role, outcome, reason, slots, toDo, foreign }: Adoption,
  style: Style,
): readonly string[] {
  const name = style.bold(role);
  const colour = outcome === 'adopted' ? style.green : outcome === 'held' ? style.dim : style.yellow;
  return [
    `${name} ${colour(outcome)}${reason === '' ? '' : `: ${reason}`}`,
    ...slots.flatMap(({ slot, holder, generation, things }) => [
      `  ${slots.length > 1 ? `slot ${slot}: ` : ''}${holder ?? 'nobody'} holds it, generation ${generation}`,
      ...things.map((thing) => `    ${style.green('=')} ${thing}`),
    ]),
    ...toDo.map((words) => `    ${style.yellow('~')} the controller will: ${words}`),
    ...foreign.map((words) => `    ${style.red('!')} left as it is: ${words}`),
  ];
}

/** For `--json`. */
export function adoptDocument({ isDryRun, adoptions, differences }: AdoptReport): object {
  return {
    dryRun: isDryRun,
    defined: differences.filter(({ kind }) => kind !== 'unchanged').map(({ role }) => role.name),
    roles: adoptions.map(({ role, outcome, reason, slots, toDo, foreign }) => ({
      role,
      outcome,
      reason,
      slots: slots.map(({ slot, holder, generation, things }) => ({
        slot,
        holder: holder ?? null,
        generation,
        things,
      })),
      toDo,
      foreign,
    })),
  };
}
