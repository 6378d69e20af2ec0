import type { InstanceId, RoleName } from '../../model/ids.ts';

/** A primary key of the one table. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export const rolePartition = (role: RoleName): string => `ROLE#${role}`;
export const instancePartition = (instanceId: InstanceId): string => `INSTANCE#${instanceId}`;

export const specKey = (role: RoleName): Key => ({ pk: rolePartition(role), sk: 'SPEC' });
export const stateKey = (role: RoleName): Key => ({ pk: rolePartition(role), sk: 'STATE' });
export const historyPrefix = 'HISTORY#';

/** The names of all roles stand in one partition, so that listing them never walks over history. */
export const directoryPartition = 'ROLES';
export const directoryKey = (role: RoleName): Key => ({ pk: directoryPartition, sk: role });

export const instanceRolePrefix = 'ROLE#';
export const instanceRoleKey = (instanceId: InstanceId, role: RoleName): Key => ({
  pk: instancePartition(instanceId),
  sk: `${instanceRolePrefix}${role}`,
});
export const instanceFactsKey = (instanceId: InstanceId): Key => ({
  pk: instancePartition(instanceId),
  sk: 'FACTS',
});

export const resyncCursorKey: Key = { pk: 'RESYNC', sk: 'CURSOR' };

/** Attributes of a STATE item: what is learnt of one candidate, the last word of one alarm, one word of an operator. */
export const factsAttribute = (instanceId: string): string => `facts ${instanceId}`;
export const alarmAttribute = (alarmName: string): string => `alarm ${alarmName}`;
export const wordAttribute = (word: string): string => `word ${word}`;
