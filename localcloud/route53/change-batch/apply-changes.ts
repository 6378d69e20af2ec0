import type { Route53Account } from '../account.ts';
import type { RecordEffect } from '../changes.ts';
import type { HostedZone } from '../hosted-zone.ts';
import { isSameRecordSet, type RecordSet, recordKey } from '../record-set.ts';
import { aliasProblems } from './alias-targets.ts';
import { conflictProblems } from './conflicts.ts';
import { invalidChangeBatch } from './invalid-change-batch.ts';
import type { RecordChange } from './read-changes.ts';

/**
 * Applies all changes in their order or none of them: when anything is wrong, the zone is as it was and
 * InvalidChangeBatch tells everything that was wrong.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
export function applyChanges(
  account: Route53Account,
  zone: HostedZone,
  changes: readonly RecordChange[],
): readonly RecordEffect[] {
  const effects: RecordEffect[] = [];
  const inverses: RecordEffect[] = [];
  const problems: string[] = [];
  for (const change of changes) {
    const found = changeProblems(zone, change);
    problems.push(...found);
    if (found.length > 0) continue;
    const { recordSet } = change;
    const former = zone.records.get(recordKey(recordSet));
    const effect: RecordEffect = { kind: change.action === 'DELETE' ? 'delete' : 'put', recordSet };
    inverses.push(former === undefined ? { kind: 'delete', recordSet } : { kind: 'put', recordSet: former });
    perform(zone, effect);
    effects.push(effect);
  }
  problems.push(...zoneProblems(account, zone));
  if (problems.length === 0) return effects;
  for (const inverse of inverses.reverse()) perform(zone, inverse);
  throw invalidChangeBatch(problems);
}

function perform(zone: HostedZone, { kind, recordSet }: RecordEffect): void {
  if (kind === 'put') zone.records.put(recordSet);
  else zone.records.delete(recordKey(recordSet));
}

function changeProblems(zone: HostedZone, { action, recordSet }: RecordChange): readonly string[] {
  const current = zone.records.get(recordKey(recordSet));
  if (action === 'DELETE') {
    const tried = `Tried to delete resource record set ${described(recordSet)}`;
    if (current === undefined) return [`${tried} but it was not found`];
    const isExact = isSameRecordSet(current, recordSet);
    return isExact ? [] : [`${tried} but the values provided do not match the current values`];
  }
  if (action === 'CREATE' && current !== undefined) {
    return [`Tried to create resource record set ${described(recordSet)} but it already exists`];
  }
  return [...conflictProblems(zone, recordSet), ...aliasProblems(zone, recordSet)];
}

// What must hold for the zone once all changes are made.
function zoneProblems(account: Route53Account, zone: HostedZone): readonly string[] {
  const problems: string[] = [];
  if (zone.records.of(zone.name, 'NS').length === 0) {
    problems.push('A HostedZone must contain at least one NS record for the zone itself.');
  }
  if (zone.records.of(zone.name, 'SOA').length !== 1) {
    problems.push('A HostedZone must contain exactly one SOA record.');
  }
  if (zone.records.size > account.quotas.recordSetsPerZone) {
    problems.push(`Exceeded limit MAX_RRSETS_BY_ZONE for zone: ${zone.id}`);
  }
  return problems;
}

function described({ name, type, setIdentifier }: RecordSet): string {
  const identifier = setIdentifier === undefined ? '' : `, set-identifier='${setIdentifier}'`;
  return `[name='${name.text}', type='${type}'${identifier}]`;
}
