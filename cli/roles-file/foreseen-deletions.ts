import type { RoleName } from '../../shared/model/ids.ts';
import type { Role } from '../../shared/model/observed.ts';
import type { RecordSet } from '../../shared/model/record-set.ts';
import { describeRecordSet, recordKey } from '../../shared/model/record-set.ts';
import type { RoleState } from '../../shared/model/role-state.ts';
import { recordIdentities } from '../../shared/plan/desired-records.ts';
import type { CommandContext } from '../command-context.ts';
import type { Aws } from '../compose.ts';
import { foresee } from '../foresee.ts';
import type { RoleDifference } from './role-difference.ts';

/** A record that the controller deletes once a role is as the file has it. */
export interface ForeseenDeletion {
  readonly role: RoleName;
  /** As in a zone file. */
  readonly record: string;
}

/** What the controller deletes once the roles are as the file has them, by the plan that it would make. */
export async function foreseenDeletions(
  context: Pick<CommandContext, 'sleep'>,
  aws: Pick<Aws, 'ports' | 'settings'>,
  differences: readonly RoleDifference[],
): Promise<readonly ForeseenDeletion[]> {
  const changed = differences.filter(({ kind }) => kind === 'changed').map(({ role }) => role);
  const { stored } = await aws.ports.store.readRoles(changed.map(({ name }) => name));
  const states = new Map(stored.map(({ role, state }) => [role.name, state]));
  const deletions: ForeseenDeletion[] = [];
  for (const role of changed) {
    const state = states.get(role.name);
    if (state === undefined || !letsGo(role, state)) continue;
    const { plan } = await foresee(context, aws, role.name, { roleOf: () => role });
    const deleted = plan.slots
      .flatMap(({ changes }) => changes)
      .flatMap((change) => {
        const isDeletion = change.kind === 'change-record' && change.after === undefined;
        return isDeletion && change.before !== undefined ? [change.before] : [];
      });
    deletions.push(...deleted.map((record) => ({ role: role.name, record: describeRecordSet(record) })));
  }
  return deletions;
}

/** Whether something was written that the role no longer names; only then all of it needs to be read. */
function letsGo(role: Role, { slots }: RoleState): boolean {
  const wanted = new Set(recordIdentities(role).map(recordKey));
  const reverses = role.spec.records.some(({ reverse }) => reverse);
  const isWanted = (record: RecordSet) =>
    wanted.has(recordKey(record)) || (reverses && record.type === 'PTR');
  return slots.some(({ written }) => !written.records.every(isWanted));
}
